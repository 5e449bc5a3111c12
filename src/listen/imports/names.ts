import type { MappedRow } from '@touchstone/domain/tabular';
import { namesNoMore, type PeopleHouse, type SeenKey } from '../../core/people/facade.ts';
import type { CurrentRow } from './current.ts';
import type { Standing } from './facts.ts';

/** All names a row gives its person, the best first. */
export function identitiesOf(row: MappedRow, at: string): SeenKey[] {
  const f = row.fields;
  const keys: SeenKey[] = [];
  if (f['user_id'] !== undefined) keys.push({ kind: 'user', value: f['user_id'], at });
  if (f['same_as'] !== undefined) keys.push({ kind: 'user', value: f['same_as'], at });
  if (f['email'] !== undefined) keys.push({ kind: 'email', value: f['email'], at });
  if (f['phone'] !== undefined) keys.push({ kind: 'phone', value: f['phone'], at });
  if (f['anonymous_id'] !== undefined) keys.push({ kind: 'anonymous', value: f['anonymous_id'], at });
  return keys;
}

/** When a row says that it happened; else when its import was made. */
export function momentOf(row: MappedRow, made: string): string {
  return row.fields['at'] ?? row.fields['placed'] ?? row.fields['returned'] ?? made;
}

/**
 * Rows of people that stand unchanged and whose person has left since, by retention: the import that they stand by names
 * nobody by them any more. By key; what this import itself wrote, on whatever try, decides nothing.
 */
export async function leftSince(
  house: PeopleHouse,
  loading: { readonly workspaceId: string; readonly importId: string; readonly kind: string },
  rows: Iterable<CurrentRow & { readonly hash: string }>,
  standing: ReadonlyMap<string, Standing>,
): Promise<ReadonlySet<string>> {
  const repeated: { readonly key: string; readonly name: SeenKey; readonly source: string }[] = [];
  if (loading.kind !== 'people' || standing.size === 0) return new Set();
  for (const { key, hash, version, row } of rows) {
    const before = standing.get(key);
    if (before?.hash !== hash || before.version > version || before.importId === loading.importId) continue;
    const [name] = identitiesOf(row, '');
    if (name !== undefined) repeated.push({ key, name, source: before.importId });
  }
  const gone = await namesNoMore(house, loading.workspaceId, repeated);
  return new Set(gone.map(({ key }) => key));
}
