import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { journalCommand } from './command.ts';
import { asideBatch } from './contract.ts';
import { Drain, drainJournal } from './drain.ts';
import type { DrainHouse } from './identities.ts';
import { appendPortions, selectWaitingBytes } from './records.ts';
import { countOf, lineOf, seen, send, skus } from './test-support.ts';
import { LAST_TRY, LONGEST_PAUSE_MS } from './vocabulary.ts';

const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let world: World;

beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());

const list = z.object({ items: z.array(asideBatch), nextCursor: z.string().nullable() });

async function aside(shop: TestWorkspace, query = '') {
  return list.parse((await world.api(shop.secretKey).get(`/api/v1/journal/set-aside${query}`)).body);
}

function retry(shop: TestWorkspace, id = '') {
  return world.api(shop.secretKey).post(`/api/v1/journal/set-aside/${id}/retry`);
}

/** Twenty tries: seconds, but on a machine that does much else. */
const LONG = { timeout: 180_000 };

/** Until the last try of what fails: how long the clock went on before each. */
async function tryToTheEnd(drain: Drain): Promise<number[]> {
  const pauses: number[] = [];
  let waited = 0;
  while (pauses.length < LAST_TRY) {
    if ((await drain.turn()) === 'drained') {
      pauses.push(waited);
      waited = 0;
    } else {
      // Half of the pause that is due, so that one that ends too early shows.
      const step = Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** (pauses.length - 1)) / 2;
      clock.advance(step);
      waited += step;
    }
  }
  return pauses;
}

const order = (id: string) => ({ event: 'Order Completed', properties: { order_id: id, sku: id } });
const review = { event: 'Review Submitted', properties: { rating: 2, review_body: 'Broken.', sku: 'review' } };

/** The facts store refuses an order of this id, for as long as `work` takes. */
async function refusingOrder(id: string, work: () => Promise<void>): Promise<void> {
  const { facts } = world.house;
  await facts.command(`ALTER TABLE orders ADD CONSTRAINT refused CHECK order_id != '${id}'`);
  try {
    await work();
  } finally {
    await facts.command('ALTER TABLE orders DROP CONSTRAINT refused');
  }
}

describe('batches that are told of at once', () => {
  test('[JR13] one with an order that cannot be made keeps no other from its orders', async () => {
    const shop = await world.workspace();
    const commands: string[] = [];
    const { facts } = world.house;
    const counted: DrainHouse = {
      ...world.house,
      facts: {
        ...facts,
        command: (sql, ...rest) => {
          commands.push(sql);
          return facts.command(sql, ...rest);
        },
      },
    };
    // A request a batch.
    const drain = new Drain(counted, { journalRows: 1, bytes: 12_000_000 });
    const made = () => commands.filter((sql) => sql.startsWith('INSERT INTO orders')).length;
    for (const id of ['a', 'b', 'c']) await send(world, shop, seen(`whole-${id}`, order(`whole-${id}`)));
    while ((await drain.turn()) !== 'idle');
    expect(await countOf(world, 'v_orders', shop)).toBe(3);
    expect(made()).toBe(1);

    await refusingOrder('refuse-me', async () => {
      for (const id of ['d', 'refuse-me', 'e']) await send(world, shop, seen(`one-${id}`, order(id)));
      await drain.turn();
      expect(await countOf(world, 'v_orders', shop)).toBe(5);
    });
    clock.advance(1_000);
    await drain.turn();
    expect(await countOf(world, 'v_orders', shop)).toBe(6);
  });
});

describe('a batch of which one step fails for good', () => {
  test(
    '[JR16][JR17] is tried ever later, then set aside, told what else there is to tell once, and retried when asked',
    LONG,
    async () => {
      const [shop, other] = [await world.workspace(), await world.workspace()];
      const inserts: string[] = [];
      const { facts } = world.house;
      const counted: DrainHouse = {
        ...world.house,
        facts: {
          ...facts,
          insert: (table, ...rest) => {
            inserts.push(table);
            return facts.insert(table, ...rest);
          },
        },
      };
      const drain = new Drain(counted);
      await refusingOrder('refuse-me', async () => {
        await send(world, shop, seen('1', { type: 'identify', anonymousId: 'v1', traits: { plan: 'pro' } }));
        await send(world, shop, seen('2', order('refuse-me')), seen('3', review));
        await send(world, other, seen('1', order('good')), seen('2', review));
        const pauses = await tryToTheEnd(drain);
        expect(pauses.slice(0, 5)).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
        expect(pauses.slice(-3)).toEqual([LONGEST_PAUSE_MS, LONGEST_PAUSE_MS, LONGEST_PAUSE_MS]);
        // Facts, traits and the answers of both came in at the first try, and not again.
        expect(inserts.filter((table) => table === 'events')).toHaveLength(1);
        expect(inserts.filter((table) => table === 'feedback')).toHaveLength(2);
        expect(inserts.filter((table) => table === 'person_traits')).toHaveLength(1);
        for (const each of [shop, other]) expect(await countOf(world, 'v_feedback', each)).toBe(1);

        const [batch, ...others] = (await aside(shop)).items;
        expect(others).toEqual([]);
        expect(batch).toMatchObject({ messages: 3, inserted: true, steps: ['orders'], tries: LAST_TRY });
        expect(batch?.reason).toMatch(/^orders: .*refused/i);
        expect(batch?.reason).not.toContain('refuse-me');
        expect((await aside(other)).items).toEqual([]);
        expect(await countOf(world, 'v_orders', other)).toBe(1);

        // It holds up nothing and takes no room.
        expect(await selectWaitingBytes(world.house.records.db)).toBe(0);
        await send(world, shop, seen('4', order('later')));
        await drainJournal(counted, drain);
        expect(await countOf(world, 'v_orders', shop)).toBe(1);
        const status = await world.api(shop.secretKey).get('/api/v1/journal');
        expect(status.body).toMatchObject({ waitingMessages: 0, oldestWaitingAt: null, setAsideMessages: 3 });

        // Asked too early, its tries begin anew.
        expect((await retry(shop, batch?.id)).status).toBe(200);
        expect(await drain.turn()).toBe('drained');
        expect(await drain.turn()).toBe('idle');
        expect((await aside(shop)).items).toEqual([]);
      });
      clock.advance(1_000);
      await drainJournal(counted, drain);
      expect(await countOf(world, 'v_orders', shop)).toBe(2);
      expect(await countOf(world, 'v_feedback', shop)).toBe(1);
      expect(await countOf(world, 'v_events', shop)).toBe(4);
      const after = await world.api(shop.secretKey).get('/api/v1/journal');
      expect(after.body).toMatchObject({ waitingMessages: 0, setAsideMessages: 0 });
    },
  );

  test('[JR16] tries are not counted while the facts store is away', async () => {
    const shop = await world.workspace();
    const { facts } = world.house;
    const gone = () => Promise.reject(new Error('connect ECONNREFUSED'));
    const away: DrainHouse = { ...world.house, facts: { ...facts, command: gone, ping: gone } };
    await send(world, shop, seen('1', order('o1')));
    const drain = new Drain(away);
    for (let i = 0; i < 3; i++) await expect(drain.turn()).rejects.toThrow('ECONNREFUSED');
    await world.drain();
    expect(await countOf(world, 'v_orders', shop)).toBe(1);
  });
});

describe('[JR18] a row of the journal that cannot be read', () => {
  const append = (shop: TestWorkspace, body: string) =>
    appendPortions(world.house.records, [{ workspaceId: shop.id, body, rows: 1, refused: [] }], clock.now());

  test('is set aside by itself, and drained when it can be read', async () => {
    const shop = await world.workspace();
    const { db } = world.house.records;
    await append(shop, lineOf(world, shop, 'a'));
    await append(shop, 't{"workspace": cut o\n');
    await append(shop, lineOf(world, shop, 'b'));
    await world.drain();
    expect(await skus(world, shop)).toEqual(['a', 'b']);
    const [batch] = (await aside(shop)).items;
    expect(batch).toMatchObject({ messages: 1, inserted: false, steps: ['links', 'traits', 'orders', 'answers'] });
    expect(batch?.reason).toContain('no JSON');
    // A later version can read it: it is as if it came now, and knows what came meanwhile.
    await db.execute(`UPDATE journal SET body = '${lineOf(world, shop, 'b')}${lineOf(world, shop, 'c')}'`);
    clock.advance(9 * 86_400_000);
    expect((await retry(shop, batch?.id)).status).toBe(200);
    await world.drain();
    expect(await skus(world, shop)).toEqual(['a', 'b', 'c']);
    expect(await selectWaitingBytes(db)).toBe(0);
  });

  test('is listed in pages, retried by itself, and of no other workspace', async () => {
    const [shop, other] = [await world.workspace(), await world.workspace()];
    for (let n = 0; n < 3; n++) {
      await append(shop, 'what is this?\n');
      await world.drain();
    }
    const first = await aside(shop, '?limit=2');
    const second = await aside(shop, `?limit=2&cursor=${first.nextCursor}`);
    const ids = [...first.items, ...second.items].map((b) => b.id);
    expect(new Set(ids).size).toBe(3);
    expect(second.nextCursor).toBeNull();
    for (const id of [ids[0], '0', 'x', '9'.repeat(15)]) expect((await retry(other, id)).status, id).toBe(404);
    expect((await retry(shop, ids[1])).status).toBe(200);
    expect((await retry(shop, ids[1])).status).toBe(404);
    expect((await aside(shop)).items.map((b) => b.id)).toEqual([ids[0], ids[2]]);
    await world.drain();
    expect((await aside(shop)).items).toHaveLength(3);
  });

  test('[JR16] is retried by the command, one or all', async () => {
    const shop = await world.workspace();
    const headers = { authorization: `Bearer ${shop.secretKey}` };
    const connect = async () => ({
      to: 'the test',
      request: (path: string, init: RequestInit = {}) => world.app.request(path, { ...init, headers }),
      close: async () => undefined,
    });
    for (let n = 0; n < 2; n++) {
      await append(shop, 'what is this?\n');
      await world.drain();
    }
    const [newest, oldest] = (await aside(shop)).items;
    expect(await journalCommand.run(['--retry', newest?.id ?? ''], {}, connect)).toBe(0);
    expect((await aside(shop)).items.map((b) => b.id)).toEqual([oldest?.id]);
    await world.drain();
    expect(await journalCommand.run(['--retry', 'all', '--json'], {}, connect)).toBe(0);
    expect((await aside(shop)).items).toEqual([]);
    await expect(journalCommand.run(['--retry', '0'], {}, connect)).rejects.toThrow();
    await world.drain();
  });
});
