import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestWorkspace, type World, openWorld } from '../../../test/support/world.ts';
import type { Db } from '../../platform/stores/ports.ts';
import { people } from './capability.ts';
import {
  type IdentityKey,
  type LinkClaim,
  allotIdentities,
  keyOf,
  linkIdentities,
  personsOf,
  removeSource,
  removeTraits,
  setTraits,
} from './facade.ts';
import { unlink } from './linking.ts';
import { updatePersonNos } from './records/identities.ts';
import { selectLinkId } from './records/reading.ts';

const AT = '2026-03-01T10:00:00.000Z';
const number = z.object({ person_no: z.number() });
const traitRow = z.object({ person_no: z.number(), traits: z.string() });

let world: World;
let shop: TestWorkspace;

beforeAll(async () => {
  world = await openWorld();
  shop = await world.workspace();
});
afterAll(() => world.close());

const user = (value: string): IdentityKey => ({ kind: 'user', value });
const anonymous = (value: string): IdentityKey => ({ kind: 'anonymous', value });
const email = (value: string): IdentityKey => ({ kind: 'email', value });
const seen = (key: IdentityKey) => ({ ...key, at: AT });
const claim = (a: IdentityKey, b: IdentityKey, reason: LinkClaim['reason'] = 'identify') => ({ a, b, reason, at: AT });

/** Their numbers, rising in the order given. */
async function allot(...keys: IdentityKey[]): Promise<number[]> {
  const numbers: number[] = [];
  for (const key of keys) numbers.push(...(await allotIdentities(world.house, shop.id, [seen(key)], 'http')).values());
  return numbers;
}

/** Whose facts with these numbers are, as the facts store sees it. */
async function personsInFacts(numbers: readonly number[]): Promise<number[]> {
  const rows = await world.house.facts.query(
    number,
    `SELECT dictGetOrDefault('identity_person', 'person_no', toUInt64(no), no) AS person_no
     FROM (SELECT arrayJoin({nos:Array(UInt32)}) AS no)`,
    { nos: numbers },
  );
  return rows.map((r) => r.person_no);
}

async function traitsInFacts(personNo: number): Promise<unknown> {
  const rows = await world.house.facts.query(
    traitRow,
    'SELECT person_no, traits FROM v_people WHERE workspace = {workspace:String} AND person_no = {no:UInt32}',
    { workspace: shop.id, no: personNo },
  );
  return rows[0] === undefined ? null : JSON.parse(rows[0].traits);
}

async function linkIdOf(a: number, b: number): Promise<string> {
  const id = await selectLinkId(world.house.records.db, shop.id, Math.min(a, b), Math.max(a, b));
  if (id === undefined) throw new Error('no such link');
  return id;
}

describe('numbers', () => {
  test('[PE1] one number each, dense, however many ask at once', async () => {
    const keys = Array.from({ length: 300 }, (_, i) => user(`rush ${i}`));
    const calls = Array.from({ length: 8 }, (_, c) =>
      allotIdentities(world.house, shop.id, (c % 2 === 0 ? keys : keys.toReversed()).map(seen), `source ${c}`),
    );
    const [first, ...others] = await Promise.all(calls);
    for (const other of others) expect(other).toEqual(first);
    const numbers = [...(first?.values() ?? [])];
    expect(new Set(numbers).size).toBe(300);
    // Eight at once may each have drawn a number in vain, but asking again draws none.
    const [before = 0] = await allot(user('before'));
    await allotIdentities(world.house, shop.id, keys.map(seen), 'a ninth');
    const [after = 0] = await allot(user('after'));
    expect(after).toBe(before + 1);
  });

  test('[PE1] spellings share a number, workspaces do not', async () => {
    const other = await world.workspace();
    const numbers = await allotIdentities(
      world.house,
      shop.id,
      [email('A@B.example'), email(' a@b.EXAMPLE')].map(seen),
      'http',
    );
    expect(new Set(numbers.values()).size).toBe(1);
    const foreign = await allotIdentities(world.house, other.id, [seen(email('a@b.example'))], 'http');
    expect([...numbers.values()]).not.toContain([...foreign.values()][0]);
  });

  test('[PE2] hostile values go in and are found again', async () => {
    const odd = [
      user('nul\u0000'),
      user('half \ud800'),
      user('x'.repeat(10_000)),
      user("'; DROP TABLE x --"),
      user(''),
    ];
    const numbers = await allot(...odd);
    expect(numbers.every((no) => no > 0)).toBe(true);
    const persons = await personsOf(world.house, shop.id, odd);
    expect(odd.map((k) => persons.get(keyOf(k)))).toEqual(numbers);
  });
});

describe('links', () => {
  test('[PE3][PE7] joined at once for every query of the facts; repeated, nothing changes', async () => {
    const [visitor = 0, buyer = 0, mail = 0] = await allot(anonymous('v1'), user('b1'), email('b1@x.example'));
    const claims = [claim(user('b1'), anonymous('v1')), claim(user('b1'), email('b1@x.example'))];
    expect(await linkIdentities(world.house, shop.id, claims, 'http')).toEqual({ linked: 2, declined: 0 });
    expect(await personsInFacts([visitor, buyer, mail])).toEqual([visitor, visitor, visitor]);
    await linkIdentities(world.house, shop.id, claims.toReversed(), 'another source');
    expect(await personsInFacts([visitor, buyer, mail])).toEqual([visitor, visitor, visitor]);
  });

  test('[PE4] a shared browser stays with the first user; the claim is kept as declined', async () => {
    const [shared = 0, first = 0, second = 0] = await allot(anonymous('family pc'), user('mum'), user('son'));
    await linkIdentities(world.house, shop.id, [claim(user('mum'), anonymous('family pc'))], 'http');
    const outcome = await linkIdentities(world.house, shop.id, [claim(user('son'), anonymous('family pc'))], 'http');
    expect(outcome).toEqual({ linked: 0, declined: 1 });
    expect(await personsInFacts([shared, first, second])).toEqual([shared, shared, second]);
    const alias = await linkIdentities(
      world.house,
      shop.id,
      [claim(anonymous('family pc'), user('son'), 'alias')],
      'http',
    );
    expect(alias.declined).toBe(1);
    await linkIdentities(world.house, shop.id, [claim(user('mum'), user('son'), 'alias')], 'http');
    expect(await personsInFacts([shared, first, second])).toEqual([shared, shared, shared]);
  });

  test('[PE5] undone, everything is as it was without the link', async () => {
    const [a = 0, b = 0, c = 0] = await allot(anonymous('u1'), user('u2'), email('u3@x.example'));
    await setTraits(world.house, shop.id, [{ identityNo: b, traits: { city: 'Riga' }, at: AT }], 'http');
    await setTraits(world.house, shop.id, [{ identityNo: a, traits: { device: 'phone' }, at: AT }], 'http');
    await linkIdentities(
      world.house,
      shop.id,
      [claim(user('u2'), anonymous('u1')), claim(user('u2'), email('u3@x.example'))],
      'http',
    );
    expect(await personsInFacts([a, b, c])).toEqual([a, a, a]);
    expect(await traitsInFacts(a)).toEqual({ city: 'Riga', device: 'phone' });
    const undone = await unlink(world.house, shop.id, await linkIdOf(a, b), 'mem_1');
    expect(undone).toEqual({ parted: true, personNos: [a, b] });
    expect(await personsInFacts([a, b, c])).toEqual([a, b, b]);
    expect(await traitsInFacts(a)).toEqual({ device: 'phone' });
    expect(await traitsInFacts(b)).toEqual({ city: 'Riga' });
  });

  test('[PE5] where another link still joins the two, they stay one', async () => {
    const [a = 0, b = 0, c = 0] = await allot(anonymous('t1'), anonymous('t2'), anonymous('t3'));
    const [k1, k2, k3] = [anonymous('t1'), anonymous('t2'), anonymous('t3')];
    await linkIdentities(world.house, shop.id, [claim(k1, k2), claim(k2, k3), claim(k1, k3)], 'http');
    expect(await unlink(world.house, shop.id, await linkIdOf(a, b), 'mem_1')).toEqual({
      parted: false,
      personNos: [a, a],
    });
    expect((await unlink(world.house, shop.id, await linkIdOf(b, c), 'mem_1')).parted).toBe(true);
    expect(await personsInFacts([a, b, c])).toEqual([a, b, a]);
  });

  test('[PE6] undone by a member, a machine does not make it again', async () => {
    const [a = 0, b = 0] = await allot(anonymous('n1'), user('n2'));
    const again = [claim(user('n2'), anonymous('n1'))];
    await linkIdentities(world.house, shop.id, again, 'http');
    await unlink(world.house, shop.id, await linkIdOf(a, b), 'mem_1');
    await linkIdentities(world.house, shop.id, again, 'http');
    await linkIdentities(world.house, shop.id, again, 'imp_1');
    expect(await personsInFacts([a, b])).toEqual([a, b]);
  });

  test('[PE7] what a crash left unpublished is published at the next start', async () => {
    const [a = 0, b = 0] = await allot(anonymous('c1'), anonymous('c2'));
    // As if the process had ended right after its transaction.
    await updatePersonNos(world.house.records.db, shop.id, new Map([[b, a]]));
    expect(await personsInFacts([a, b])).toEqual([a, b]);
    await people.plug(world.house).start?.();
    expect(await personsInFacts([a, b])).toEqual([a, a]);
  });

  test('[PE7] where the facts store goes away before it has read the change, the next try makes it read', async () => {
    const [a = 0, b = 0] = await allot(anonymous('afar 1'), user('afar 2'));
    const { facts } = world.house;
    const away = { ...facts, command: () => Promise.reject(new Error('away')) };
    const claims = [claim(anonymous('afar 1'), user('afar 2'))];
    await expect(linkIdentities({ ...world.house, facts: away }, shop.id, claims, 'http')).rejects.toThrow('away');
    expect(await personsInFacts([a, b])).toEqual([a, b]);
    await linkIdentities(world.house, shop.id, claims, 'http');
    expect(await personsInFacts([a, b])).toEqual([a, a]);
  });

  test('[PE7] a link undone while another process publishes it stays undone, though that one crashes amid it', async () => {
    const [a = 0, b = 0] = await allot(anonymous('late 1'), user('late 2'));
    const { facts } = world.house;
    let undone = 0;
    const slow = {
      ...facts,
      insert: async (...args: Parameters<typeof facts.insert>) => {
        if (args[0] === 'identity_persons' && undone++ === 0) {
          // What is about to be written is no longer so.
          await unlink(world.house, shop.id, await linkIdOf(a, b), 'mem_1');
          expect(await personsInFacts([a, b])).toEqual([a, b]);
          await facts.insert(...args);
          await facts.command('SYSTEM RELOAD DICTIONARY identity_person');
          throw new Error('crashed');
        }
        await facts.insert(...args);
      },
    };
    const claims = [claim(anonymous('late 1'), user('late 2'))];
    await expect(linkIdentities({ ...world.house, facts: slow }, shop.id, claims, 'http')).rejects.toThrow('crashed');
    expect(await personsInFacts([a, b])).toEqual([a, b]);
    await people.plug(world.house).start?.();
    expect(await personsInFacts([a, b])).toEqual([a, b]);
  });

  test('[PE3][PE7] many at once, in any split, end as one', async () => {
    const ring = Array.from({ length: 40 }, (_, i) => anonymous(`ring ${i}`));
    const numbers = await allot(...ring);
    const claims = ring.map((k, i) => claim(k, ring[(i + 1) % ring.length] ?? k));
    await Promise.all(
      [0, 1, 2, 3].map((n) =>
        linkIdentities(
          world.house,
          shop.id,
          claims.filter((_, i) => i % 4 === n),
          `thread ${n}`,
        ),
      ),
    );
    expect(new Set(await personsInFacts(numbers))).toEqual(new Set([Math.min(...numbers)]));
  });
});

describe('sources', () => {
  test('[PE8] traits: the latest said holds; taken back, the others hold again', async () => {
    const [no = 0] = await allot(user('traits'));
    const say = (traits: Record<string, unknown>, at: string, source: string) =>
      setTraits(world.house, shop.id, [{ identityNo: no, traits, at }], source);
    await say({ tier: 'gold', city: 'Riga' }, '2026-02-02T00:00:00Z', 'imp_1');
    await say({ tier: 'silver', seats: 3 }, '2026-01-01 00:00:00.000', 'http');
    expect(await traitsInFacts(no)).toEqual({ tier: 'gold', city: 'Riga', seats: 3 });
    await say({ city: null }, '2026-03-03T00:00:00Z', 'http');
    expect(await traitsInFacts(no)).toEqual({ tier: 'gold', seats: 3 });
    await removeTraits(world.house, shop.id, 'imp_1', [no]);
    expect(await traitsInFacts(no)).toEqual({ tier: 'silver', seats: 3 });
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
    expect(await personsInFacts([a, b])).toEqual([joined, joined]);
    const before = await find();
    expect(before).toHaveLength(1);

    await removeSource(world.house, shop.id, 'imp_r');
    expect(await personsInFacts([a, b])).toEqual([a, b]);
    expect(await traitsInFacts(joined)).toBeNull();
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
    const [a = 0, b = 0] = await allot(...keys);
    await removeSource(world.house, shop.id, 'imp_s');
    const joined = Math.min(a, b);
    expect(await personsInFacts([a, b])).toEqual([joined, joined]);
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
});
