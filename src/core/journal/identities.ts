import type { House } from '../../platform/house/house.ts';
import { allotIdentities, keyOf, type SeenKey } from '../people/facade.ts';
import type { Drained } from './lines.ts';

/** All that a drain needs of the house: a worker thread opens its own. */
export type DrainHouse = Pick<House, 'records' | 'facts' | 'clock' | 'log'>;

/** Numbers of identities by workspace, then by `keyOf`. */
export type Identities = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Numbers for all who are named in these messages; new ones are allotted. */
export async function identify(house: DrainHouse, kept: readonly Drained[]): Promise<Identities> {
  const named = new Map<string, Map<string, SeenKey>>();
  for (const { fact } of kept) {
    let keys = named.get(fact.workspace);
    if (keys === undefined) named.set(fact.workspace, (keys = new Map()));
    if (fact.user_id !== undefined) note(keys, { kind: 'user', value: fact.user_id, at: fact.at });
    if (fact.anonymous_id !== undefined) note(keys, { kind: 'anonymous', value: fact.anonymous_id, at: fact.at });
  }
  const numbers = new Map<string, ReadonlyMap<string, number>>();
  for (const [workspaceId, keys] of named) {
    numbers.set(workspaceId, await allotIdentities(house, workspaceId, [...keys.values()], 'http'));
  }
  return numbers;
}

/** First seen is the earliest the batch knows of. */
function note(keys: Map<string, SeenKey>, key: SeenKey): void {
  const name = keyOf(key);
  const before = keys.get(name);
  if (before === undefined || key.at < before.at) keys.set(name, key);
}

/** Whose a message is: its user, else its anonymous visitor; 0 where it names neither. */
export function identityOf(identities: Identities, { fact }: Drained): number {
  const numbers = identities.get(fact.workspace);
  if (fact.user_id !== undefined) return numbers?.get(keyOf({ kind: 'user', value: fact.user_id })) ?? 0;
  if (fact.anonymous_id === undefined) return 0;
  return numbers?.get(keyOf({ kind: 'anonymous', value: fact.anonymous_id })) ?? 0;
}
