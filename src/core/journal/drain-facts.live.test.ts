import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorld, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../../platform/kernel/clock.ts';
import { compileRules, loadRules } from '../catalogue/facade.ts';
import { drainJournal, Drain } from './drain.ts';
import type { DrainHouse } from './identities.ts';
import { appendPortions } from './records.ts';
import { countOf, lineOf, seen, send, skus } from './test-support.ts';

const clock = new HeldClock('2026-11-22T10:00:00.000Z');
let world: World;

beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());

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
      world,
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
      world,
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
    await send(world, shop, { ...order, messageId: '1' });
    await drainJournal(house, drain);
    await send(world, shop, seen('p'));
    await drainJournal(house, drain);
    expect(await skus(world, shop)).toEqual(['o', 'p']);
    expect(await countOf(world, 'v_orders', shop)).toBe(0);
    clock.advance(60_000);
    await world.drain();
    expect(await countOf(world, 'v_orders', shop)).toBe(1);
    expect(await skus(world, shop)).toEqual(['o', 'p']);
  });

  test('[JR14] a line that the facts store refuses costs only itself', async () => {
    const shop = await world.workspace();
    const good = ['a', 'b', 'c', 'd', 'e'].map((name) => lineOf(world, shop, name));
    const bad = lineOf(world, shop, 'bad', { value: 'a lot' });
    const body = [...good.slice(0, 3), bad, ...good.slice(3)].join('');
    await appendPortions(world.house.records, [{ workspaceId: shop.id, body, rows: 6, refused: [] }], clock.now());
    await world.drain();
    expect(await skus(world, shop)).toEqual(['a', 'b', 'c', 'd', 'e']);
    const rejected = await world.api(shop.secretKey).get('/api/v1/journal/rejected');
    expect(rejected.body).toMatchObject({ items: [{ reason: expect.stringContaining('refused') as string }] });
  });
});
