import { integer, pick, seeded, shuffled } from '@touchstone/domain/random';
import { describe, expect, test } from 'vitest';
import { type PairClaim, pairOf, personsByLinks, planLinks } from './components.ts';
import { evenOut } from './keys.ts';
import { type SaidTraits, holding, laterOf, nameOf, said } from './traits.ts';

const random = seeded(20_261_122);

function claim(aNo: number, bNo: number, reason: PairClaim['reason'] = 'identify'): PairClaim {
  return { aNo: Math.min(aNo, bNo), bNo: Math.max(aNo, bNo), reason, namesUsers: false };
}

describe('spelling', () => {
  test('[PE1] spellings of one e-mail or phone are one identity', () => {
    expect(evenOut('email', ' Ann@Shop.Example ')).toBe('ann@shop.example');
    expect(evenOut('phone', '+49 (30) 123-456')).toBe('+4930123456');
    expect(evenOut('phone', '0049 30 123456')).toBe('+4930123456');
    expect(evenOut('phone', '۰۹۱۲ ۳۴۵ ۶۷۸۹')).toBe('09123456789');
    expect(evenOut('phone', '112')).toBe('112');
    expect(evenOut('user', ' Ann ')).toBe(' Ann ');
  });

  test('[PE2] what records cannot hold is evened out', () => {
    expect(evenOut('user', 'a\u0000b\ud800')).toBe('a\ufffdb\ufffd');
    const long = evenOut('user', 'x'.repeat(10_000));
    expect(long).toHaveLength(400);
    expect(evenOut('user', `${'x'.repeat(9_999)}y`)).not.toBe(long);
  });
});

describe('joining', () => {
  /** The person of 1…n after claims in batches. */
  function settle(n: number, batches: readonly (readonly PairClaim[])[], users: ReadonlySet<number>) {
    const personOf = new Map(Array.from({ length: n }, (_, i) => [i + 1, i + 1]));
    const states = new Map<string, 'active' | 'declined' | 'undone'>();
    for (const batch of batches) {
      const withUser = new Set([...users].map((u) => personOf.get(u) ?? u));
      const plan = planLinks(batch, { personOf, withUser, states });
      for (const [no, person] of personOf) personOf.set(no, plan.moves.get(person) ?? person);
      for (const [pair, state] of plan.states) states.set(pair, state);
    }
    return { personOf, states };
  }

  test('[PE3] the same persons in any order and any batches', () => {
    for (let round = 0; round < 50; round++) {
      const claims = Array.from({ length: 40 }, () => claim(integer(random, 1, 30), integer(random, 1, 30))).filter(
        (c) => c.aNo !== c.bNo,
      );
      const whole = settle(30, [claims], new Set()).personOf;
      const mixed = shuffled(random, [...claims, ...claims]);
      const cut = integer(random, 0, mixed.length);
      expect(settle(30, [mixed.slice(0, cut), mixed.slice(cut)], new Set()).personOf).toEqual(whole);
      expect(
        personsByLinks(
          [...whole.keys()],
          claims.map((c) => [c.aNo, c.bNo]),
        ),
      ).toEqual(whole);
    }
  });

  test('[PE4] a machine never gives one person two user ids; a member and a new user id do', () => {
    for (let round = 0; round < 50; round++) {
      const users = new Set([1, 2, 3, 4, 5]);
      const claims = Array.from({ length: 30 }, () => claim(integer(random, 1, 20), integer(random, 1, 20))).filter(
        (c) => c.aNo !== c.bNo,
      );
      const { personOf, states } = settle(20, [claims.slice(0, 9), claims.slice(9)], users);
      expect(new Set([...users].map((u) => personOf.get(u))).size).toBe(users.size);
      const active = [...states].filter(([, s]) => s === 'active').map(([pair]) => pair.split(' ').map(Number));
      const byLinks = personsByLinks(
        [...personOf.keys()],
        active.map(([a = 0, b = 0]) => [a, b] as const),
      );
      expect(byLinks).toEqual(personOf);
    }
    const users = new Set([1, 2]);
    expect(settle(2, [[claim(1, 2)]], users).states.get(pairOf(1, 2))).toBe('declined');
    // An alias of a browser that both use is no better than the browser.
    expect(settle(2, [[claim(1, 2, 'alias')]], users).states.get(pairOf(1, 2))).toBe('declined');
    expect(settle(2, [[{ ...claim(1, 2, 'alias'), namesUsers: true }]], users).personOf.get(2)).toBe(1);
    expect(settle(2, [[claim(1, 2)], [claim(1, 2, 'member')]], users).personOf.get(2)).toBe(1);
  });

  test('[PE6] what a member took apart only a member joins again', () => {
    const before = {
      personOf: new Map(),
      withUser: new Set<number>(),
      states: new Map([[pairOf(1, 2), 'undone' as const]]),
    };
    for (const reason of ['identify', 'alias', 'import', 'order'] as const) {
      expect(planLinks([claim(1, 2, reason)], before).states.get(pairOf(1, 2))).toBe('undone');
    }
    expect(planLinks([claim(1, 2, 'member')], before).moves).toEqual(new Map([[2, 1]]));
  });
});

describe('traits', () => {
  test('[PE8] the latest said holds, in any order of arrival', () => {
    const values = ['a', 'b', 1, true, null, ['x'], { y: 1 }];
    for (let round = 0; round < 50; round++) {
      const claims: SaidTraits[] = Array.from({ length: 12 }, () =>
        said({ [pick(random, ['name', 'city'])]: pick(random, values) }, integer(random, 1, 4)),
      );
      const inOrder = claims.reduce(laterOf, {});
      expect(shuffled(random, claims).reduce(laterOf, {})).toEqual(inOrder);
    }
    expect(holding([said({ city: 'Riga', vip: true }, 1), said({ city: null }, 2)].reduce(laterOf))).toEqual({
      vip: true,
    });
    expect(holding(said({ __proto__: 1, constructor: 'x', 'a\u0000': 'b\u0000' }, 1))).toEqual({
      constructor: 'x',
      'a\ufffd': 'b\ufffd',
    });
  });

  test('[PE11] a name is read from any usual spelling', () => {
    expect(nameOf({ name: ' Ann Lee ' })).toBe('Ann Lee');
    expect(nameOf({ first_name: 'Ann', lastName: 'Lee' })).toBe('Ann Lee');
    expect(nameOf({ firstName: 'سارا' })).toBe('سارا');
    expect(nameOf({ name: 7 })).toBe('');
  });
});
