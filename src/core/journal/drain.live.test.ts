import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { openWorld, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { openFacts } from '../../platform/stores/facts.ts';
import { Drain, drainJournal } from './drain.ts';
import type { DrainHouse } from './identities.ts';
import { DrainLoop } from './loop.ts';
import { appendPortions } from './records.ts';
import { lineOf, seen, send, skus } from './test-support.ts';

const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let world: World;

beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());

describe('[JR8] the same messageId is the same message', () => {
  test('in one batch, in a later one, for another drain, after a restart, six days on', async () => {
    const shop = await world.workspace();
    const drain = new Drain(world.house);
    const other = new Drain(world.house);
    await drainJournal(world.house, other);
    await send(world, shop, seen('a'), seen('a', { event: 'Product Added' }), seen('b'));
    await drainJournal(world.house, drain);
    await send(world, shop, seen('a'), seen('c'));
    await drainJournal(world.house, drain);
    await send(world, shop, seen('b'), seen('d'));
    await drainJournal(world.house, other);
    clock.advance(6 * 86_400_000);
    await send(world, shop, seen('a'), seen('d'), seen('e'));
    await drainJournal(world.house, new Drain(world.house));
    expect(await skus(world, shop)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('but not in another workspace', async () => {
    const [one, two] = [await world.workspace(), await world.workspace()];
    await send(world, one, seen('a'));
    await send(world, two, seen('a'));
    await world.drain();
    expect([await skus(world, one), await skus(world, two)]).toEqual([['a'], ['a']]);
  });
});

describe('[JR10] two drains side by side', () => {
  test('lose nothing and double nothing while transactions commit out of order', async () => {
    const shop = await world.workspace();
    const { records } = world.house;
    const drains = [new Drain(world.house), new Drain(world.house)];
    const lines = (names: readonly string[]) => names.map((name) => lineOf(world, shop, name)).join('');
    const expected = new Set<string>();

    /** Takes its number now and commits when `commit` is called. */
    async function begin(names: readonly string[]): Promise<{ commit(): Promise<void> }> {
      let commit: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (commit = resolve));
      let numbered: () => void = () => undefined;
      const hasNumber = new Promise<void>((resolve) => (numbered = resolve));
      const done = records.transaction(async (tx) => {
        const portion = { workspaceId: shop.id, body: lines(names), rows: names.length, refused: [] };
        await appendPortions({ ...records, db: tx }, [portion], clock.now());
        numbered();
        await held;
      });
      await hasNumber;
      return {
        commit: () => {
          commit();
          return done;
        },
      };
    }

    for (let round = 0; round < 8; round++) {
      const begun = [];
      for (let i = 0; i < 4; i++) {
        // Each shares one message with the one before it.
        const names = [`${round} ${i}`, `${round} ${i + 1}`, `${round} ${i} own`];
        for (const name of names) expected.add(name);
        begun.push(await begin(names));
      }
      for (const transaction of begun.toReversed()) {
        await Promise.all([transaction.commit(), ...drains.map((drain) => drain.turn())]);
      }
    }
    await Promise.all(drains.map((drain) => drainJournal(world.house, drain)));
    await world.drain();
    expect(await skus(world, shop)).toEqual([...expected].sort());
  });
});

describe('[JR11] while the facts store is away', () => {
  test('the journal keeps what it has and takes more; then all of it is drained', async () => {
    const shop = await world.workspace();
    const away = openFacts({ ...world.house.addresses.facts, url: 'http://127.0.0.1:1' });
    const drain = new Drain({ ...world.house, facts: away });
    await send(world, shop, seen('a'));
    await expect(drain.turn()).rejects.toThrow();
    await send(world, shop, seen('b'));
    await expect(drain.turn()).rejects.toThrow();
    await away.close();
    expect(await skus(world, shop)).toEqual([]);
    await world.drain();
    expect(await skus(world, shop)).toEqual(['a', 'b']);
  });

  test('a drain that runs by itself goes on when it is back', async () => {
    const shop = await world.workspace();
    let here = false;
    const { facts } = world.house;
    const away = () => (here ? facts : openFacts({ ...world.house.addresses.facts, url: 'http://127.0.0.1:1' }));
    const house: DrainHouse = {
      ...world.house,
      facts: {
        ...facts,
        insert: (...args) => away().insert(...args),
        stream: (...args) => away().stream(...args),
      },
    };
    const loop = new DrainLoop(house);
    try {
      await send(world, shop, seen('a'));
      loop.wake();
      here = true;
      await until('the drain to go on', async () => (await skus(world, shop)).length === 1);
      await send(world, shop, seen('b'));
      loop.wake();
      await until('the drain to be woken', async () => (await skus(world, shop)).length === 2);
    } finally {
      await loop.stop();
    }
  });
});
