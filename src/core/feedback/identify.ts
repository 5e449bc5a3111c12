import {
  allotIdentities,
  type IdentityKey,
  keyOf,
  type LinkClaim,
  linkIdentities,
  type PeopleHouse,
  type SeenKey,
} from '../people/facade.ts';

/** How a row names whose it is. `at` as the facts store writes it. */
export interface NamedRow {
  readonly at: string;
  /** Where known already. */
  readonly identityNo?: number;
  readonly userId?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly anonymousId?: string;
}

/** The names a row bears, the surest first. */
function keysOf(row: NamedRow): IdentityKey[] {
  const named: [IdentityKey['kind'], string | undefined][] = [
    ['user', row.userId],
    ['email', row.email],
    ['phone', row.phone],
    ['anonymous', row.anonymousId],
  ];
  return named.flatMap(([kind, value]) => (value === undefined || value === '' ? [] : [{ kind, value }]));
}

/**
 * The identity number of each row, 0 for nobody: its own, or that of the surest name it bears. A row that bears two names
 * is evidence that they are one person's, and links them.
 */
export async function identifyRows(
  house: PeopleHouse,
  workspaceId: string,
  rows: readonly NamedRow[],
  source: string,
): Promise<number[]> {
  const named = rows.map((row) => (row.identityNo === undefined ? keysOf(row) : []));
  const seen: SeenKey[] = [];
  const claims = new Map<string, LinkClaim>();
  for (const [i, keys] of named.entries()) {
    const at = rows[i]?.at ?? '';
    const [first, ...others] = keys;
    if (first === undefined) continue;
    seen.push(...keys.map((key) => ({ ...key, at })));
    for (const other of others) {
      claims.set(`${keyOf(first)}\n${keyOf(other)}`, { a: first, b: other, reason: 'import', at });
    }
  }
  if (seen.length === 0) return rows.map((row) => row.identityNo ?? 0);
  const numbers = await allotIdentities(house, workspaceId, seen, source);
  if (claims.size > 0) await linkIdentities(house, workspaceId, [...claims.values()], source);
  return rows.map((row, i) => {
    const first = named[i]?.[0];
    return row.identityNo ?? (first === undefined ? 0 : (numbers.get(keyOf(first)) ?? 0));
  });
}
