import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { Drain } from './drain.ts';
import { storedMoment } from './moment.ts';
import { selectWaitingBytes } from './records.ts';
import { type Message, countOf, cutAt, seen, send, skus } from './test-support.ts';

const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let world: World;
let other: TestWorkspace;

beforeAll(async () => {
  world = await openWorld({ clock });
  other = await world.workspace();
  // Of ten thousand inserts that a token outlives, one is left.
  for (const table of ['events', 'feedback']) {
    await world.house.facts.command(`ALTER TABLE ${table} MODIFY SETTING non_replicated_deduplication_window = 1`);
  }
});
afterAll(() => world.close());

/** Other inserts come between, and the tables forget the tokens they knew. */
async function forgetTokens(): Promise<void> {
  const { facts } = world.house;
  const row = { workspace: other.id, at: storedMoment(clock.now().getTime()), props: '{}' };
  for (let i = 0; i < 2; i++) {
    await facts.insert('events', [{ ...row, event_id: randomUUID(), received_at: row.at }], { token: randomUUID() });
    await facts.insert('feedback', [{ ...row, feedback_id: randomUUID() }], { token: randomUUID() });
  }
}

/** Two of one messageId, and one for each who lives on a batch; all of a person of their own. */
function batchOf(n: number): Message[] {
  const of = (letter: string, more: object) => seen(`${n} ${letter}`, { userId: `u${n}`, ...more });
  return [
    of('a', {}),
    of('a', {}),
    of('b', { type: 'identify', anonymousId: `v${n}`, traits: { plan: 'pro' } }),
    of('c', { event: 'Order Completed', properties: { order_id: `o${n}` } }),
    of('d', { event: 'Review Submitted', properties: { rating: 4, review_body: 'Good.' } }),
  ];
}

/** Twenty batches, each drained twice: seconds, but on a machine that does much else. */
const LONG = { timeout: 180_000 };

describe('[JR9] a batch that is cut off', () => {
  /** Until a turn is whole: the cut before every statement of the drain, and before some of those whom it tells. */
  async function cutEverywhere(counted: 'statements' | 'inserts', between: () => Promise<void>): Promise<number> {
    const shop = await world.workspace();
    let rounds = 0;
    for (let n = 1, whole = false; !whole; n += n < 14 || counted === 'inserts' ? 1 : 13) {
      await send(world, shop, ...batchOf(++rounds));
      const cut = cutAt(world.house, n, counted);
      await new Drain(cut.house).turn().catch((error: unknown) => {
        if (!cut.happened) throw error;
      });
      whole = !cut.happened;
      await between();
      await world.drain();
    }
    expect(await countOf(world, 'v_events', shop)).toBe(rounds * 4);
    expect(await countOf(world, 'v_orders', shop)).toBe(rounds);
    expect(await countOf(world, 'v_feedback', shop)).toBe(rounds);
    expect(await selectWaitingBytes(world.house.records.db)).toBe(0);
    return rounds;
  }

  test('before or after any statement is finished as the same batch', LONG, async () => {
    expect(await cutEverywhere('statements', async () => undefined)).toBeGreaterThan(15);
  });

  test('[JR17] after any insert is finished as the same batch long after its tokens were forgotten', LONG, async () => {
    const odd = await world.workspace();
    const fact = { workspace: odd.id, event_id: randomUUID(), at: storedMoment(0), received_at: storedMoment(0) };
    for (let i = 0; i < 2; i++) {
      await world.house.facts.insert('events', [fact], { token: 'the same' });
      await forgetTokens();
    }
    expect(await countOf(world, 'v_events', odd)).toBe(2);
    expect(await cutEverywhere('inserts', forgetTokens)).toBeGreaterThan(3);
  });
});

describe('[JR9] several batches that are under way in one turn', () => {
  /** One journal row a batch: every request is one. */
  const most = { journalRows: 1, bytes: 12_000_000 };

  test('say each message once, though the next repeats what is still being brought', async () => {
    const shop = await world.workspace();
    await send(world, shop, seen('a'), seen('b'));
    await send(world, shop, seen('b'), seen('c'));
    await send(world, shop, seen('a'), seen('c'), seen('d'));
    expect(await new Drain(world.house, most).turn()).toBe('full');
    expect(await skus(world, shop)).toEqual(['a', 'b', 'c', 'd']);
    expect(await selectWaitingBytes(world.house.records.db)).toBe(0);
  });

  test('are each finished as the same batch wherever the turn is cut off', LONG, async () => {
    const shop = await world.workspace();
    let rounds = 0;
    for (let n = 9, whole = false; !whole; n += 12) {
      const batch = batchOf(++rounds);
      await send(world, shop, ...batch.slice(0, 3));
      await send(world, shop, ...batch.slice(2));
      await send(world, shop, ...batch);
      const cut = cutAt(world.house, n);
      await new Drain(cut.house, most).turn().catch((error: unknown) => {
        if (!cut.happened) throw error;
      });
      whole = !cut.happened;
      await forgetTokens();
      await world.drain();
    }
    expect(rounds).toBeGreaterThan(5);
    expect(await countOf(world, 'v_events', shop)).toBe(rounds * 4);
    expect(await countOf(world, 'v_orders', shop)).toBe(rounds);
    expect(await countOf(world, 'v_feedback', shop)).toBe(rounds);
  });
});

describe('[JR8] what came before', () => {
  test('is known after the server was away for longer than seven days', async () => {
    const shop = await world.workspace();
    await send(world, shop, seen('a'), seen('b'));
    await world.drain();
    clock.advance(6 * 86_400_000);
    await send(world, shop, seen('a'));
    const cut = cutAt(world.house, 6);
    await expect(new Drain(cut.house).turn()).rejects.toThrow('cut off');
    await send(world, shop, seen('b'), seen('c'));
    clock.advance(3 * 86_400_000);
    await world.drain();
    expect(await skus(world, shop)).toEqual(['a', 'b', 'c']);
  });

  test('is known to a drain that goes on after it finished what was eight days old', async () => {
    const shop = await world.workspace();
    const drain = new Drain(world.house);
    await drain.turn();
    await send(world, shop, seen('a'));
    clock.advance(8 * 86_400_000);
    await send(world, shop, seen('b'));
    while ((await drain.turn()) === 'drained');
    clock.advance(6 * 86_400_000);
    await send(world, shop, seen('b'), seen('c'));
    while ((await drain.turn()) === 'drained');
    expect(await skus(world, shop)).toEqual(['a', 'b', 'c']);
  });
});

test('[JR9] a clock that is set back holds up no batch', async () => {
  const shop = await world.workspace();
  await send(world, shop, seen('a'));
  const cut = cutAt(world.house, 5);
  await expect(new Drain(cut.house).turn()).rejects.toThrow('cut off');
  clock.advance(-86_400_000);
  await send(world, shop, seen('b'));
  await world.drain();
  expect(await skus(world, shop)).toEqual(['a', 'b']);
  clock.advance(86_400_000);
});
