import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestWorkspace, World } from '../../../test/support/world.ts';
import { people } from './capability.ts';
import { allotIdentities, keyOf, linkIdentities, personsOf, setTraits } from './facade.ts';
import { unlink } from './linking.ts';
import { updatePersonNos } from './records/identities.ts';
import { selectLinkId } from './records/reading.ts';
import { AT, anonymous, claim, email, openCrowd, seen, user, type Crowd } from '../../../test/support/crowd.ts';

let crowd: Crowd;
let world: World;
let shop: TestWorkspace;

beforeAll(async () => {
  crowd = await openCrowd();
  ({ world, shop } = crowd);
});
afterAll(() => world.close());

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
    const [before = 0] = await crowd.allot(user('before'));
    await allotIdentities(world.house, shop.id, keys.map(seen), 'a ninth');
    const [after = 0] = await crowd.allot(user('after'));
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
    const numbers = await crowd.allot(...odd);
    expect(numbers.every((no) => no > 0)).toBe(true);
    const persons = await personsOf(world.house, shop.id, odd);
    expect(odd.map((k) => persons.get(keyOf(k)))).toEqual(numbers);
  });
});

describe('links', () => {
  test('[PE3][PE7] joined at once for every query of the facts; repeated, nothing changes', async () => {
    const [visitor = 0, buyer = 0, mail = 0] = await crowd.allot(anonymous('v1'), user('b1'), email('b1@x.example'));
    const claims = [claim(user('b1'), anonymous('v1')), claim(user('b1'), email('b1@x.example'))];
    expect(await linkIdentities(world.house, shop.id, claims, 'http')).toEqual({ linked: 2, declined: 0 });
    expect(await crowd.personsInFacts([visitor, buyer, mail])).toEqual([visitor, visitor, visitor]);
    await linkIdentities(world.house, shop.id, claims.toReversed(), 'another source');
    expect(await crowd.personsInFacts([visitor, buyer, mail])).toEqual([visitor, visitor, visitor]);
  });

  test('[PE4] a shared browser stays with the first user; the claim is kept as declined', async () => {
    const [shared = 0, first = 0, second = 0] = await crowd.allot(anonymous('family pc'), user('mum'), user('son'));
    await linkIdentities(world.house, shop.id, [claim(user('mum'), anonymous('family pc'))], 'http');
    const outcome = await linkIdentities(world.house, shop.id, [claim(user('son'), anonymous('family pc'))], 'http');
    expect(outcome).toEqual({ linked: 0, declined: 1 });
    expect(await crowd.personsInFacts([shared, first, second])).toEqual([shared, shared, second]);
    const alias = await linkIdentities(
      world.house,
      shop.id,
      [claim(anonymous('family pc'), user('son'), 'alias')],
      'http',
    );
    expect(alias.declined).toBe(1);
    await linkIdentities(world.house, shop.id, [claim(user('mum'), user('son'), 'alias')], 'http');
    expect(await crowd.personsInFacts([shared, first, second])).toEqual([shared, shared, shared]);
  });

  test('[PE5] undone, everything is as it was without the link', async () => {
    const [a = 0, b = 0, c = 0] = await crowd.allot(anonymous('u1'), user('u2'), email('u3@x.example'));
    await setTraits(world.house, shop.id, [{ identityNo: b, traits: { city: 'Riga' }, at: AT }], 'http');
    await setTraits(world.house, shop.id, [{ identityNo: a, traits: { device: 'phone' }, at: AT }], 'http');
    await linkIdentities(
      world.house,
      shop.id,
      [claim(user('u2'), anonymous('u1')), claim(user('u2'), email('u3@x.example'))],
      'http',
    );
    expect(await crowd.personsInFacts([a, b, c])).toEqual([a, a, a]);
    expect(await crowd.traitsInFacts(a)).toEqual({ city: 'Riga', device: 'phone' });
    const undone = await unlink(world.house, shop.id, await linkIdOf(a, b), 'mem_1');
    expect(undone).toEqual({ parted: true, personNos: [a, b] });
    expect(await crowd.personsInFacts([a, b, c])).toEqual([a, b, b]);
    expect(await crowd.traitsInFacts(a)).toEqual({ device: 'phone' });
    expect(await crowd.traitsInFacts(b)).toEqual({ city: 'Riga' });
  });

  test('[PE5] where another link still joins the two, they stay one', async () => {
    const [a = 0, b = 0, c = 0] = await crowd.allot(anonymous('t1'), anonymous('t2'), anonymous('t3'));
    const [k1, k2, k3] = [anonymous('t1'), anonymous('t2'), anonymous('t3')];
    await linkIdentities(world.house, shop.id, [claim(k1, k2), claim(k2, k3), claim(k1, k3)], 'http');
    expect(await unlink(world.house, shop.id, await linkIdOf(a, b), 'mem_1')).toEqual({
      parted: false,
      personNos: [a, a],
    });
    expect((await unlink(world.house, shop.id, await linkIdOf(b, c), 'mem_1')).parted).toBe(true);
    expect(await crowd.personsInFacts([a, b, c])).toEqual([a, b, a]);
  });

  test('[PE6] undone by a member, a machine does not make it again', async () => {
    const [a = 0, b = 0] = await crowd.allot(anonymous('n1'), user('n2'));
    const again = [claim(user('n2'), anonymous('n1'))];
    await linkIdentities(world.house, shop.id, again, 'http');
    await unlink(world.house, shop.id, await linkIdOf(a, b), 'mem_1');
    await linkIdentities(world.house, shop.id, again, 'http');
    await linkIdentities(world.house, shop.id, again, 'imp_1');
    expect(await crowd.personsInFacts([a, b])).toEqual([a, b]);
  });

  test('[PE7] what a crash left unpublished is published at the next start', async () => {
    const [a = 0, b = 0] = await crowd.allot(anonymous('c1'), anonymous('c2'));
    // As if the process had ended right after its transaction.
    await updatePersonNos(world.house.records.db, shop.id, new Map([[b, a]]));
    expect(await crowd.personsInFacts([a, b])).toEqual([a, b]);
    await people.plug(world.house).start?.();
    expect(await crowd.personsInFacts([a, b])).toEqual([a, a]);
  });

  test('[PE7] where the facts store goes away before it has read the change, the next try makes it read', async () => {
    const [a = 0, b = 0] = await crowd.allot(anonymous('afar 1'), user('afar 2'));
    const { facts } = world.house;
    const away = { ...facts, command: () => Promise.reject(new Error('away')) };
    const claims = [claim(anonymous('afar 1'), user('afar 2'))];
    await expect(linkIdentities({ ...world.house, facts: away }, shop.id, claims, 'http')).rejects.toThrow('away');
    expect(await crowd.personsInFacts([a, b])).toEqual([a, b]);
    await linkIdentities(world.house, shop.id, claims, 'http');
    expect(await crowd.personsInFacts([a, b])).toEqual([a, a]);
  });

  test('[PE7] a link undone while another process publishes it stays undone, though that one crashes amid it', async () => {
    const [a = 0, b = 0] = await crowd.allot(anonymous('late 1'), user('late 2'));
    const { facts } = world.house;
    let undone = 0;
    const slow = {
      ...facts,
      insert: async (...args: Parameters<typeof facts.insert>) => {
        if (args[0] === 'identity_persons' && undone++ === 0) {
          // What is about to be written is no longer so.
          await unlink(world.house, shop.id, await linkIdOf(a, b), 'mem_1');
          expect(await crowd.personsInFacts([a, b])).toEqual([a, b]);
          await facts.insert(...args);
          await facts.command('SYSTEM RELOAD DICTIONARY identity_person');
          throw new Error('crashed');
        }
        await facts.insert(...args);
      },
    };
    const claims = [claim(anonymous('late 1'), user('late 2'))];
    await expect(linkIdentities({ ...world.house, facts: slow }, shop.id, claims, 'http')).rejects.toThrow('crashed');
    expect(await crowd.personsInFacts([a, b])).toEqual([a, b]);
    await people.plug(world.house).start?.();
    expect(await crowd.personsInFacts([a, b])).toEqual([a, b]);
  });

  test('[PE3][PE7] many at once, in any split, end as one', async () => {
    const ring = Array.from({ length: 40 }, (_, i) => anonymous(`ring ${i}`));
    const numbers = await crowd.allot(...ring);
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
    expect(new Set(await crowd.personsInFacts(numbers))).toEqual(new Set([Math.min(...numbers)]));
  });
});
