import type { LinkReason, LinkState } from './vocabulary.ts';

/** A claim over numbers, the lower first. */
export interface PairClaim {
  readonly aNo: number;
  readonly bNo: number;
  readonly reason: LinkReason;
  /** Whether it names two user ids itself, and not a browser or e-mail that two users may share. */
  readonly namesUsers: boolean;
}

export interface LinkingBefore {
  /** The person of every identity the claims name. */
  readonly personOf: ReadonlyMap<number, number>;
  /** Those of these persons that have a user id. */
  readonly withUser: ReadonlySet<number>;
  /** What is already recorded, by `pairOf`. */
  readonly states: ReadonlyMap<string, LinkState>;
}

export interface LinkingPlan {
  /** The state each pair now has, by `pairOf`. */
  readonly states: Map<string, LinkState>;
  /** Persons that are joined to another: from old number to new. */
  readonly moves: Map<number, number>;
}

export function pairOf(aNo: number, bNo: number): string {
  return `${aNo} ${bNo}`;
}

/**
 * Decides claims in their order. A person's number is the lowest of their identities', so the outcome of joining does
 * not depend on who was first. Two persons that each have a user id are joined by a member only, or by an `alias` from
 * one user id to the other: a shared browser or e-mail must not make two customers one. What a member took apart only a
 * member joins again.
 */
export function planLinks(claims: readonly PairClaim[], before: LinkingBefore): LinkingPlan {
  const parents = new Map<number, number>();
  const withUser = new Set(before.withUser);
  const states = new Map<string, LinkState>();

  const root = (person: number): number => {
    let top = person;
    for (let up = parents.get(top); up !== undefined; up = parents.get(top)) top = up;
    for (let at = person; at !== top;) {
      const up = parents.get(at) ?? top;
      parents.set(at, top);
      at = up;
    }
    return top;
  };

  for (const claim of claims) {
    const pair = pairOf(claim.aNo, claim.bNo);
    const state = states.get(pair) ?? before.states.get(pair);
    const byMember = claim.reason === 'member';
    if (state === 'active' || (state === 'undone' && !byMember)) {
      states.set(pair, state);
      continue;
    }
    const a = root(before.personOf.get(claim.aNo) ?? claim.aNo);
    const b = root(before.personOf.get(claim.bNo) ?? claim.bNo);
    const clash = a !== b && withUser.has(a) && withUser.has(b);
    const renamed = claim.reason === 'alias' && claim.namesUsers;
    if (clash && !byMember && !renamed) {
      states.set(pair, 'declined');
      continue;
    }
    states.set(pair, 'active');
    if (a === b) continue;
    const [kept, gone] = a < b ? [a, b] : [b, a];
    parents.set(gone, kept);
    if (withUser.has(gone)) withUser.add(kept);
  }

  const moves = new Map<number, number>();
  for (const person of parents.keys()) moves.set(person, root(person));
  return { states, moves };
}

/** The person of each identity when only these links hold: the lowest number that can be reached. */
export function personsByLinks(
  identities: readonly number[],
  links: readonly (readonly [aNo: number, bNo: number])[],
): Map<number, number> {
  const plan = planLinks(
    links.map(([aNo, bNo]) => ({ aNo, bNo, reason: 'member', namesUsers: false })),
    { personOf: new Map(), withUser: new Set(), states: new Map() },
  );
  return new Map(identities.map((no) => [no, plan.moves.get(no) ?? no]));
}
