import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../platform/stores/ports.ts';
import { IDENTITY_KINDS } from '../vocabulary.ts';

const kind = z.enum(IDENTITY_KINDS);

const numbered = z.object({ identity_no: z.number(), kind, value: z.string() });
export type NumberedKey = z.infer<typeof numbered>;

const known = numbered.extend({ named: z.boolean() });
export type KnownKey = z.infer<typeof known>;

interface Key {
  readonly kind: string;
  readonly value: string;
}

/** The known ones among these keys, and whether this source named them before. */
export async function selectKnown(
  db: Db,
  workspaceId: string,
  source: string,
  keys: readonly Key[],
): Promise<KnownKey[]> {
  const { rows } = await db.execute(sql`
    SELECT i.identity_no, i.kind, i.value, e.source IS NOT NULL AS named
    FROM unnest(${sql.param(keys.map((k) => k.kind))}::text[], ${sql.param(keys.map((k) => k.value))}::text[]) AS k(kind, value)
    JOIN identities i ON i.workspace_id = ${workspaceId} AND i.kind = k.kind AND i.value = k.value
    LEFT JOIN identity_evidence e ON e.identity_no = i.identity_no AND e.source = ${source}`);
  return z.array(known).parse(rows);
}

const found = z.object({ at: z.number() });

/** Of keys and sources the places, from 0 on, of those where the source names the key. */
export async function selectNamings(
  db: Db,
  workspaceId: string,
  keys: readonly (Key & { readonly source: string })[],
): Promise<number[]> {
  const kinds = sql.param(keys.map((k) => k.kind));
  const values = sql.param(keys.map((k) => k.value));
  const sources = sql.param(keys.map((k) => k.source));
  const { rows } = await db.execute(sql`
    SELECT k.at::int - 1 AS at
    FROM unnest(${kinds}::text[], ${values}::text[], ${sources}::text[]) WITH ORDINALITY AS k(kind, value, source, at)
    JOIN identities i ON i.workspace_id = ${workspaceId} AND i.kind = k.kind AND i.value = k.value
    JOIN identity_evidence e ON e.identity_no = i.identity_no AND e.source = k.source`);
  return z
    .array(found)
    .parse(rows)
    .map((r) => r.at);
}

export interface FreshKey extends Key {
  readonly at: Date;
  /** The id of the person it is, as long as it is not linked. */
  readonly personId: string;
}

/**
 * Allots numbers to keys that have none, with their evidence and persons, in one statement. Those that somebody else
 * allotted meanwhile are left out of the answer. Sorted, so that two of these at once wait for each other in one order.
 */
export async function insertFresh(
  db: Db,
  workspaceId: string,
  source: string,
  keys: readonly FreshKey[],
  now: Date,
): Promise<NumberedKey[]> {
  const sorted = keys.toSorted((a, b) => compare(a.kind, b.kind) || compare(a.value, b.value));
  const at = sql.param(sorted.map((k) => k.at.toISOString()));
  const { rows } = await db.execute(sql`
    WITH wanted AS MATERIALIZED (
      SELECT nextval('identity_numbers')::int AS no, k.*
      FROM unnest(
        ${sql.param(sorted.map((k) => k.kind))}::text[], ${sql.param(sorted.map((k) => k.value))}::text[],
        ${at}::timestamptz[], ${sql.param(sorted.map((k) => k.personId))}::text[]
      ) AS k(kind, value, at, person_id)
    ), fresh AS (
      INSERT INTO identities (identity_no, workspace_id, kind, value, person_no, first_seen, published_person_no)
      SELECT no, ${workspaceId}, kind, value, no, at, no FROM wanted
      ON CONFLICT (workspace_id, kind, value) DO NOTHING
      RETURNING identity_no, kind, value
    ), named AS (
      INSERT INTO identity_evidence (identity_no, source, workspace_id, at)
      SELECT no, ${source}, ${workspaceId}, at FROM wanted JOIN fresh ON identity_no = no
    ), born AS (
      INSERT INTO persons (person_no, workspace_id, id, email, created_at, updated_at)
      SELECT no, ${workspaceId}, person_id, CASE WHEN wanted.kind = 'email' THEN wanted.value ELSE '' END,
        ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
      FROM wanted JOIN fresh ON identity_no = no
    )
    SELECT identity_no, kind, value FROM fresh`);
  return z.array(numbered).parse(rows);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Notes that a source names identities that were known before. */
export async function insertEvidence(
  db: Db,
  workspaceId: string,
  source: string,
  named: readonly { readonly identityNo: number; readonly at: Date }[],
): Promise<void> {
  await db.execute(sql`
    INSERT INTO identity_evidence (identity_no, source, workspace_id, at)
    SELECT no, ${source}, ${workspaceId}, at
    FROM unnest(${sql.param(named.map((n) => n.identityNo))}::int[], ${sql.param(named.map((n) => n.at.toISOString()))}::timestamptz[]) AS n(no, at)
    ON CONFLICT DO NOTHING`);
}

/** Takes back what a source named. Returns the persons this touched. */
export async function deleteEvidence(db: Db, workspaceId: string, source: string): Promise<number[]> {
  const { rows } = await db.execute(sql`
    WITH gone AS (
      DELETE FROM identity_evidence WHERE workspace_id = ${workspaceId} AND source = ${source} RETURNING identity_no
    )
    SELECT DISTINCT person_no FROM identities WHERE identity_no IN (SELECT identity_no FROM gone)`);
  return z
    .array(z.object({ person_no: z.number() }))
    .parse(rows)
    .map((r) => r.person_no);
}

const placed = z.object({ identity_no: z.number(), person_no: z.number() });

/** The person of each of these identities, within the workspace. */
export async function selectPersonNos(
  db: Db,
  workspaceId: string,
  identityNos: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await db.execute(sql`
    SELECT identity_no, person_no FROM identities
    WHERE workspace_id = ${workspaceId} AND identity_no = ANY(${sql.param([...identityNos])}::int[])`);
  return new Map(
    z
      .array(placed)
      .parse(rows)
      .map((r) => [r.identity_no, r.person_no]),
  );
}

/** In place of the person the facts store knows: it may be told of two at once, and only the last told is known for sure. */
const DUE = 0;

/** Gives identities other persons. */
export async function updatePersonNos(db: Db, workspaceId: string, placed: ReadonlyMap<number, number>): Promise<void> {
  if (placed.size === 0) return;
  await db.execute(sql`
    UPDATE identities i SET person_no = n.person_no, version = nextval('people_versions'), published_person_no = ${DUE}
    FROM unnest(${sql.param([...placed.keys()])}::int[], ${sql.param([...placed.values()])}::int[]) AS n(no, person_no)
    WHERE i.workspace_id = ${workspaceId} AND i.identity_no = n.no AND i.person_no <> n.person_no`);
}

/** Moves all identities of some persons to others. */
export async function movePersons(db: Db, workspaceId: string, moves: ReadonlyMap<number, number>): Promise<void> {
  if (moves.size === 0) return;
  await db.execute(sql`
    UPDATE identities i SET person_no = m.kept, version = nextval('people_versions'), published_person_no = ${DUE}
    FROM unnest(${sql.param([...moves.keys()])}::int[], ${sql.param([...moves.values()])}::int[]) AS m(gone, kept)
    WHERE i.workspace_id = ${workspaceId} AND i.person_no = m.gone`);
}

/** Which of these persons have a user id. */
export async function selectWithUser(db: Db, workspaceId: string, personNos: readonly number[]): Promise<Set<number>> {
  const { rows } = await db.execute(sql`
    SELECT DISTINCT person_no FROM identities
    WHERE workspace_id = ${workspaceId} AND kind = 'user' AND person_no = ANY(${sql.param([...personNos])}::int[])`);
  return new Set(
    z
      .array(z.object({ person_no: z.number() }))
      .parse(rows)
      .map((r) => r.person_no),
  );
}

const unpublished = z.object({
  identity_no: z.number(),
  workspace_id: z.string(),
  person_no: z.number(),
  version: z.coerce.number(),
});

/** Identities whose person the facts store does not know yet. */
export async function selectUnpublished(db: Db, limit: number): Promise<z.infer<typeof unpublished>[]> {
  const { rows } = await db.execute(sql`
    SELECT identity_no, workspace_id, person_no, version FROM identities
    WHERE person_no <> published_person_no ORDER BY identity_no LIMIT ${limit}`);
  return z.array(unpublished).parse(rows);
}

/** Those that changed since they were read stay due. */
export async function markPublished(
  db: Db,
  rows: readonly { readonly identity_no: number; readonly version: number }[],
): Promise<void> {
  await db.execute(sql`
    UPDATE identities i SET published_person_no = i.person_no
    FROM unnest(${sql.param(rows.map((r) => r.identity_no))}::int[], ${sql.param(rows.map((r) => r.version))}::bigint[]) AS n(no, version)
    WHERE i.identity_no = n.no AND i.version = n.version`);
}

/** Nothing of it stands in the facts store any more: an identity that is not there is its own person. */
export async function unpublishIdentities(db: Db): Promise<void> {
  await db.execute(
    sql`UPDATE identities SET published_person_no = identity_no WHERE published_person_no <> identity_no`,
  );
}
