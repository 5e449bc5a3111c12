import type { House } from '../../platform/house/house.ts';
import { allotIdentities, keyOf, type SeenKey } from '../people/facade.ts';
import type { Drained } from './lines.ts';

/** All that a drain needs of the house: a worker thread opens its own. */
export type DrainHouse = Pick<House, 'records' | 'facts' | 'clock' | 'log' | 'watch'>;

/** Numbers of a workspace's users and visitors, by the ids they were sent under. */
interface Numbers {
  readonly user: Map<string, number>;
  readonly anonymous: Map<string, number>;
}

/** Numbers by workspace. */
export type Identities = ReadonlyMap<string, Numbers>;

/** First seen is the earliest the batch knows of. */
interface FirstSeen {
  readonly user: Map<string, string>;
  readonly anonymous: Map<string, string>;
}

const KINDS = ['user', 'anonymous'] as const;

/** Numbers for all who are named in these messages; new ones are allotted. */
export async function identify(house: DrainHouse, kept: readonly Drained[]): Promise<Identities> {
  const named = new Map<string, FirstSeen>();
  for (const { fact } of kept) {
    let seen = named.get(fact.workspace);
    if (seen === undefined) named.set(fact.workspace, (seen = { user: new Map(), anonymous: new Map() }));
    if (fact.user_id !== '') note(seen.user, fact.user_id, fact.at);
    if (fact.anonymous_id !== '') note(seen.anonymous, fact.anonymous_id, fact.at);
  }
  const identities = new Map<string, Numbers>();
  for (const [workspaceId, seen] of named) {
    const keys = KINDS.flatMap((kind) => [...seen[kind]].map(([value, at]): SeenKey => ({ kind, value, at })));
    const allotted = await allotIdentities(house, workspaceId, keys, 'http');
    const numbers: Numbers = { user: new Map(), anonymous: new Map() };
    for (const key of keys) {
      if (key.kind === 'user' || key.kind === 'anonymous')
        numbers[key.kind].set(key.value, allotted.get(keyOf(key)) ?? 0);
    }
    identities.set(workspaceId, numbers);
  }
  return identities;
}

function note(seen: Map<string, string>, value: string, at: string): void {
  const before = seen.get(value);
  if (before === undefined || at < before) seen.set(value, at);
}

/** Whose a message is: its user, else its anonymous visitor; 0 where it names neither. */
export function identityOf(identities: Identities, { fact }: Drained): number {
  const numbers = identities.get(fact.workspace);
  if (fact.user_id !== '') return numbers?.user.get(fact.user_id) ?? 0;
  return fact.anonymous_id === '' ? 0 : (numbers?.anonymous.get(fact.anonymous_id) ?? 0);
}
