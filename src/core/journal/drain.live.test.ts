import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { eventId } from '../../platform/kernel/ids.ts';
import { openFacts } from '../../platform/stores/facts.ts';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { until } from '../../../test/support/until.ts';
import { compileRules, loadRules } from '../catalogue/facade.ts';
import { Drain, drainJournal } from './drain.ts';
import type { DrainHouse } from './identities.ts';
import { DrainLoop } from './loop.ts';
import { storedMoment } from './moment.ts';
import { appendPortions, selectWaitingBytes } from './records.ts';
import { cutAt } from './test-support.ts';

const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let world: World;

beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());

interface Message {
  readonly messageId: string;
  readonly type?: string;
  readonly event?: string;
  readonly [field: string]: unknown;
}

async function send(shop: TestWorkspace, ...batch: readonly Message[]): Promise<void> {
  const response = await world.app.request('/v1/batch', {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${shop.writeKey}:`).toString('base64')}` },
    body: JSON.stringify({ batch }),
  });
  expect(await response.json()).toMatchObject({ accepted: batch.length, rejected: [] });
}

const seen = (messageId: string, more: object = {}): Message => ({
  type: 'track',
  event: 'Product Viewed',
  userId: 'u1',
  messageId,
  properties: { sku: messageId },
  ...more,
});

const skuRow = z.object({ sku: z.string() });

/** What stands there, as the product each message named, in order. */
async function skus(shop: TestWorkspace): Promise<string[]> {
  const rows = await world.house.facts.query(
    skuRow,
    `SELECT JSONExtractString(props, 'sku') AS sku FROM events WHERE workspace = {workspace:String} ORDER BY sku`,
    { workspace: shop.id },
  );
  return rows.map((r) => r.sku);
}

const countRow = z.object({ n: z.coerce.number() });

async function countOf(view: 'v_events' | 'v_orders' | 'v_feedback', shop: TestWorkspace): Promise<number> {
  const [row] = await world.house.facts.query(
    countRow,
    `SELECT count() AS n FROM ${view} WHERE workspace = {workspace:String}`,
    { workspace: shop.id },
  );
  return row?.n ?? 0;
}

describe('[JR8] the same messageId is the same message', () => {
  test('in one batch, in a later one, for another drain, after a restart, six days on', async () => {
    const shop = await world.workspace();
    const drain = new Drain(world.house);
    const other = new Drain(world.house);
    await drainJournal(world.house, other);
    await send(shop, seen('a'), seen('a', { event: 'Product Added' }), seen('b'));
    await drainJournal(world.house, drain);
    await send(shop, seen('a'), seen('c'));
    await drainJournal(world.house, drain);
    await send(shop, seen('b'), seen('d'));
    await drainJournal(world.house, other);
    clock.advance(6 * 86_400_000);
    await send(shop, seen('a'), seen('d'), seen('e'));
    await drainJournal(world.house, new Drain(world.house));
    expect(await skus(shop)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('but not in another workspace', async () => {
    const [one, two] = [await world.workspace(), await world.workspace()];
    await send(one, seen('a'));
    await send(two, seen('a'));
    await world.drain();
    expect([await skus(one), await skus(two)]).toEqual([['a'], ['a']]);
  });
});

describe('[JR9] a batch cut off', () => {
  test('before or after any statement is finished as the same batch', async () => {
    const shop = await world.workspace();
    let rounds = 0;
    // Every statement of the drain; of those whom it tells, which are many, every fifth.
    for (let statement = 1, whole = false; !whole; statement += statement < 14 ? 1 : 5) {
      const n = ++rounds;
      await send(
        shop,
        seen(`${n} a`),
        seen(`${n} a`),
        { type: 'identify', userId: `u${n}`, anonymousId: `v${n}`, messageId: `${n} b`, traits: { plan: 'pro' } },
        {
          type: 'track',
          event: 'Order Completed',
          userId: `u${n}`,
          messageId: `${n} c`,
          properties: { order_id: `o${n}` },
        },
        {
          type: 'track',
          event: 'Review Submitted',
          userId: `u${n}`,
          messageId: `${n} d`,
          properties: { rating: 4, review_body: 'Good.' },
        },
      );
      const cut = cutAt(world.house, statement);
      await new Drain(cut.house).turn().catch((error: unknown) => {
        if (!cut.happened) throw error;
      });
      whole = !cut.happened;
      clock.advance(60_000);
      await world.drain();
    }
    expect(rounds).toBeGreaterThan(15);
    expect(await countOf('v_events', shop)).toBe(rounds * 4);
    expect(await countOf('v_orders', shop)).toBe(rounds);
    expect(await countOf('v_feedback', shop)).toBe(rounds);
    expect(await selectWaitingBytes(world.house.records.db)).toBe(0);
  });
});

describe('[JR10] two drains side by side', () => {
  test('lose nothing and double nothing while transactions commit out of order', async () => {
    const shop = await world.workspace();
    const { records } = world.house;
    const drains = [new Drain(world.house), new Drain(world.house)];
    const lines = (names: readonly string[]) => names.map((name) => lineOf(shop, name)).join('');
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
    expect(await skus(shop)).toEqual([...expected].sort());
  });
});

/** As the door would write it. */
function lineOf(shop: TestWorkspace, sku: string, more = ''): string {
  const received = storedMoment(clock.now().getTime());
  return `t{"workspace":"${shop.id}","event_id":"${eventId(shop.id, sku)}","name":"Seen","at":"${received}","received_at":"${received}","source":"http"${more},"props":{"sku":"${sku}"}}\n`;
}

describe('[JR11] while the facts store is away', () => {
  test('the journal keeps what it has and takes more; then all of it is drained', async () => {
    const shop = await world.workspace();
    const away = openFacts({ ...world.house.addresses.facts, url: 'http://127.0.0.1:1' });
    const drain = new Drain({ ...world.house, facts: away });
    await send(shop, seen('a'));
    await expect(drain.turn()).rejects.toThrow();
    await send(shop, seen('b'));
    await expect(drain.turn()).rejects.toThrow();
    await away.close();
    expect(await skus(shop)).toEqual([]);
    await world.drain();
    expect(await skus(shop)).toEqual(['a', 'b']);
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
      await send(shop, seen('a'));
      loop.wake();
      here = true;
      await until('the drain to go on', async () => (await skus(shop)).length === 1);
      await send(shop, seen('b'));
      loop.wake();
      await until('the drain to be woken', async () => (await skus(shop)).length === 2);
    } finally {
      await loop.stop();
    }
  });
});

const placed = z.object({
  name: z.string(),
  identity_no: z.number(),
  touchpoint: z.string(),
  stage: z.string(),
  rules_version: z.number(),
});

describe('what a drain adds', () => {
  test('[JR12] numbers of identities, touchpoint and stage by the rules of the workspace', async () => {
    const shop = await world.workspace();
    await send(
      shop,
      { type: 'track', event: 'Order Completed', userId: 'u1', anonymousId: 'v1', messageId: '1' },
      { type: 'track', event: 'Product Viewed', userId: 'u1', messageId: '2' },
      { type: 'page', anonymousId: 'v1', messageId: '3' },
      { type: 'track', event: 'Order Shipped', messageId: '4', properties: { order_id: 'o1' } },
    );
    await world.drain();
    const rows = await world.house.facts.query(
      placed,
      `SELECT name, identity_no, touchpoint, stage, rules_version FROM events
       WHERE workspace = {workspace:String} ORDER BY name`,
      { workspace: shop.id },
    );
    const [bought, shipped, page, viewed] = rows;
    expect(rows.map((r) => r.name)).toEqual(['Order Completed', 'Order Shipped', 'Page Viewed', 'Product Viewed']);
    expect(bought?.identity_no).toBeGreaterThan(0);
    expect(viewed?.identity_no).toBe(bought?.identity_no);
    expect(page?.identity_no).toBeGreaterThan(0);
    expect(page?.identity_no).not.toBe(bought?.identity_no);
    expect(shipped?.identity_no).toBe(0);
    const rules = compileRules(await loadRules(world.house, shop.id));
    expect(bought).toMatchObject({
      ...rules.classify('event', { name: 'Order Completed', props: {} }),
      rules_version: rules.version,
    });
    expect(bought?.touchpoint).not.toBe('');
  });

  test('[JR13] identify and alias make one person of many names, with traits', async () => {
    const shop = await world.workspace();
    await send(
      shop,
      { type: 'page', anonymousId: 'v1', messageId: '1' },
      {
        type: 'identify',
        userId: 'u1',
        anonymousId: 'v1',
        messageId: '2',
        traits: { email: 'Ada@Example.com', plan: 'pro' },
      },
      { type: 'page', anonymousId: 'v0', messageId: '3' },
      { type: 'alias', userId: 'u1', previousId: 'v0', messageId: '4' },
      seen('5', { userId: 'u2' }),
    );
    await world.drain();
    const people = await world.house.facts.query(
      z.object({ person_no: z.number(), n: z.coerce.number() }),
      `SELECT person_no, count() AS n FROM v_events WHERE workspace = {workspace:String} GROUP BY person_no ORDER BY n`,
      { workspace: shop.id },
    );
    expect(people.map((p) => p.n)).toEqual([1, 4]);
    const traits = await world.house.facts.query(
      z.object({ traits: z.string() }),
      'SELECT traits FROM v_people WHERE workspace = {workspace:String} AND person_no = {person:UInt32}',
      { workspace: shop.id, person: people[1]?.person_no ?? 0 },
    );
    expect(JSON.parse(traits[0]?.traits ?? '{}')).toMatchObject({ plan: 'pro' });
  });

  test('[JR13] who fails to hear of a batch holds up no other, and is told again', async () => {
    const shop = await world.workspace();
    const { facts } = world.house;
    const refusing = <A extends [string, ...unknown[]], R>(work: (...args: A) => R) => {
      return (...args: A): R => {
        if (/\border/.test(args[0]) && !/\bevents\b[^]*hash/.test(args[0])) throw new Error('too many parts');
        return work(...args);
      };
    };
    const house: DrainHouse = {
      ...world.house,
      facts: { ...facts, command: refusing(facts.command), query: facts.query, insert: refusing(facts.insert) },
    };
    const drain = new Drain(house);
    const order = { type: 'track', event: 'Order Completed', userId: 'u1', properties: { order_id: 'o1', sku: 'o' } };
    await send(shop, { ...order, messageId: '1' });
    await drainJournal(house, drain);
    await send(shop, seen('p'));
    await drainJournal(house, drain);
    expect(await skus(shop)).toEqual(['o', 'p']);
    expect(await countOf('v_orders', shop)).toBe(0);
    clock.advance(60_000);
    await world.drain();
    expect(await countOf('v_orders', shop)).toBe(1);
    expect(await skus(shop)).toEqual(['o', 'p']);
  });

  test('[JR14] a line that the facts store refuses costs only itself', async () => {
    const shop = await world.workspace();
    const good = ['a', 'b', 'c', 'd', 'e'].map((name) => lineOf(shop, name));
    const bad = lineOf(shop, 'bad', ',"value":"a lot"');
    const body = [...good.slice(0, 3), bad, ...good.slice(3)].join('');
    await appendPortions(world.house.records, [{ workspaceId: shop.id, body, rows: 6, refused: [] }], clock.now());
    await world.drain();
    expect(await skus(shop)).toEqual(['a', 'b', 'c', 'd', 'e']);
    const rejected = await world.api(shop.secretKey).get('/api/v1/journal/rejected');
    expect(rejected.body).toMatchObject({ items: [{ reason: expect.stringContaining('refused') as string }] });
  });
});
