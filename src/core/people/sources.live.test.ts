import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestWorkspace, World } from '../../../test/support/world.ts';
import type { Db } from '../../platform/stores/ports.ts';
import { allotIdentities, keyOf, linkIdentities, removeSource, removeTraits, setTraits } from './facade.ts';
import { AT, claim, email, openCrowd, seen, user, type Crowd } from '../../../test/support/crowd.ts';

let crowd: Crowd;
let world: World;
let shop: TestWorkspace;

beforeAll(async () => {
  crowd = await openCrowd();
  ({ world, shop } = crowd);
});
afterAll(() => world.close());

test('[PE8] traits: the latest said holds; taken back, the others hold again', async () => {
  const [no = 0] = await crowd.allot(user('traits'));
  const say = (traits: Record<string, unknown>, at: string, source: string) =>
    setTraits(world.house, shop.id, [{ identityNo: no, traits, at }], source);
  await say({ tier: 'gold', city: 'Riga' }, '2026-02-02T00:00:00Z', 'imp_1');
  await say({ tier: 'silver', seats: 3 }, '2026-01-01 00:00:00.000', 'http');
  expect(await crowd.traitsInFacts(no)).toEqual({ tier: 'gold', city: 'Riga', seats: 3 });
  await say({ city: null }, '2026-03-03T00:00:00Z', 'http');
  expect(await crowd.traitsInFacts(no)).toEqual({ tier: 'gold', seats: 3 });
  await removeTraits(world.house, shop.id, 'imp_1', [no]);
  expect(await crowd.traitsInFacts(no)).toEqual({ tier: 'silver', seats: 3 });
});

test('[PE9] a source removed: its traits, links and people are gone, and come back the same', async () => {
  const keys = [user('r1'), email('r1@x.example')];
  const load = async () => {
    const numbers = await allotIdentities(world.house, shop.id, keys.map(seen), 'imp_r');
    const [a = 0, b = 0] = keys.map((k) => numbers.get(keyOf(k)));
    const joined = Math.min(a, b);
    await linkIdentities(world.house, shop.id, [claim(user('r1'), email('r1@x.example'), 'import')], 'imp_r');
    await setTraits(world.house, shop.id, [{ identityNo: a, traits: { name: 'Rita Gone' }, at: AT }], 'imp_r');
    return { a, b, joined };
  };
  const find = async () => {
    const { body } = await world.api(shop.secretKey).get('/api/v1/people?q=rita%20gone');
    return z.object({ items: z.array(z.object({ id: z.string() })) }).parse(body).items;
  };
  const loaded = await load();
  const { a, b, joined } = loaded;
  expect(await crowd.personsInFacts([a, b])).toEqual([joined, joined]);
  const before = await find();
  expect(before).toHaveLength(1);

  await removeSource(world.house, shop.id, 'imp_r');
  expect(await crowd.personsInFacts([a, b])).toEqual([a, b]);
  expect(await crowd.traitsInFacts(joined)).toBeNull();
  expect(await find()).toEqual([]);
  const gone = await world.api(shop.secretKey).get('/api/v1/people?q=r1');
  expect(gone.body).toMatchObject({ items: [] });

  expect(await load()).toEqual(loaded);
  expect(await find()).toEqual(before);
});

test('[PE9] what another source says too stays', async () => {
  const keys = [user('s1'), email('s1@x.example')];
  for (const source of ['imp_s', 'http']) {
    await linkIdentities(world.house, shop.id, [claim(user('s1'), email('s1@x.example'), 'import')], source);
  }
  const [a = 0, b = 0] = await crowd.allot(...keys);
  await removeSource(world.house, shop.id, 'imp_s');
  const joined = Math.min(a, b);
  expect(await crowd.personsInFacts([a, b])).toEqual([joined, joined]);
});

test('[PE14] people with two keys and traits each are taken in by whole statements', async () => {
  const nobody = await world.workspace();
  let statements = 0;
  const counted = (db: Db): Db =>
    new Proxy(db, {
      get(target, key) {
        if (key === 'execute') statements++;
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const { records } = world.house;
  const house = {
    ...world.house,
    records: {
      ...records,
      db: counted(records.db),
      transaction: <T>(work: (tx: Db) => Promise<T>) => records.transaction((tx) => work(counted(tx))),
    },
  };
  const rows = Array.from({ length: 3_000 }, (_, i) => [user(`m${i}`), email(`m${i}@x.example`)] as const);
  const numbers = await allotIdentities(house, nobody.id, rows.flat().map(seen), 'imp_m');
  const claims = rows.map(([a, b]) => claim(a, b, 'import'));
  const outcome = await linkIdentities(house, nobody.id, claims, 'imp_m');
  expect(outcome.linked).toBe(3_000);
  const traits = rows.map(([a], i) => ({
    identityNo: numbers.get(keyOf(a)) ?? 0,
    traits: { name: `Person ${i}`, city: 'Riga' },
    at: AT,
  }));
  await setTraits(house, nobody.id, traits, 'imp_m');
  expect(statements).toBeGreaterThan(10);
  expect(statements).toBeLessThan(50);
});
