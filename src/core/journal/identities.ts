import type { House } from '../../platform/house/house.ts';
import { allotIdentities, keyOf, rememberedNumbers } from '../people/facade.ts';
import type { Drained } from './lines.ts';

/** What names people here, as evidence has it. */
const SOURCE = 'http';

/** All that a drain needs of the house: a worker thread opens its own. */
export type DrainHouse = Pick<House, 'records' | 'facts' | 'clock' | 'log' | 'watch'>;

/** Numbers of a workspace's users and visitors, by the ids they were sent under. */
interface Numbers {
  readonly user: Map<string, number>;
  readonly anonymous: Map<string, number>;
}

/** Numbers by workspace. */
export type Identities = ReadonlyMap<string, Numbers>;

const KINDS = ['user', 'anonymous'] as const;

/** Those of a workspace whom a batch names, and which of them have no number yet that this process knows of. */
interface Named extends Numbers {
  readonly remembered: ReturnType<typeof rememberedNumbers>;
  /** By kind and value: first seen is the earliest the batch knows of. */
  readonly sought: Readonly<Record<(typeof KINDS)[number], Map<string, string>>>;
}

/** Numbers for all who are named in these messages; new ones are allotted. */
export async function identify(house: DrainHouse, kept: readonly Drained[]): Promise<Identities> {
  const identities = new Map<string, Named>();
  for (const { fact } of kept) {
    const named = identities.get(fact.workspace) ?? begin(house, identities, fact.workspace);
    note(named, 'user', fact.user_id, fact.at);
    note(named, 'anonymous', fact.anonymous_id, fact.at);
  }
  for (const [workspaceId, named] of identities) {
    const keys = KINDS.flatMap((kind) => [...named.sought[kind]].map(([value, at]) => ({ kind, value, at })));
    if (keys.length === 0) continue;
    const allotted = await allotIdentities(house, workspaceId, keys, SOURCE);
    for (const key of keys) named[key.kind].set(key.value, allotted.get(keyOf(key)) ?? 0);
  }
  return identities;
}

function begin(house: DrainHouse, identities: Map<string, Named>, workspaceId: string): Named {
  const named = {
    user: new Map<string, number>(),
    anonymous: new Map<string, number>(),
    remembered: rememberedNumbers(house, workspaceId, SOURCE),
    sought: { user: new Map<string, string>(), anonymous: new Map<string, string>() },
  };
  identities.set(workspaceId, named);
  return named;
}

/** Runs twice for every message. */
function note(named: Named, kind: (typeof KINDS)[number], value: string, at: string): void {
  if (value === '' || named[kind].has(value)) return;
  const no = named.remembered(kind, value);
  if (no !== undefined) {
    named[kind].set(value, no);
    return;
  }
  const before = named.sought[kind].get(value);
  if (before === undefined || at < before) named.sought[kind].set(value, at);
}

/** Whose a message is: its user, else its anonymous visitor; 0 where it names neither. */
export function identityOf(identities: Identities, { fact }: Drained): number {
  const numbers = identities.get(fact.workspace);
  if (fact.user_id !== '') return numbers?.user.get(fact.user_id) ?? 0;
  return fact.anonymous_id === '' ? 0 : (numbers?.anonymous.get(fact.anonymous_id) ?? 0);
}
