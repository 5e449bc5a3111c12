import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../platform/stores/ports.ts';
import { type SaidTraits, saidTraits } from '../traits.ts';

const claim = z.object({ identity_no: z.number(), traits: saidTraits });

/** What one source says of these identities. */
export async function selectClaims(
  db: Db,
  workspaceId: string,
  source: string,
  identityNos: readonly number[],
): Promise<Map<number, SaidTraits>> {
  const { rows } = await db.execute(sql`
    SELECT identity_no, traits FROM trait_claims
    WHERE workspace_id = ${workspaceId} AND source = ${source} AND identity_no = ANY(${sql.param([...identityNos])}::int[])`);
  return new Map(
    z
      .array(claim)
      .parse(rows)
      .map((r) => [r.identity_no, r.traits]),
  );
}

export async function upsertClaims(
  db: Db,
  workspaceId: string,
  source: string,
  claims: ReadonlyMap<number, SaidTraits>,
): Promise<void> {
  await db.execute(sql`
    INSERT INTO trait_claims (identity_no, source, workspace_id, traits)
    SELECT c.no, ${source}, ${workspaceId}, c.traits::jsonb
    FROM unnest(${sql.param([...claims.keys()])}::int[], ${sql.param([...claims.values()].map((t) => JSON.stringify(t)))}::text[]) AS c(no, traits)
    ON CONFLICT (identity_no, source) DO UPDATE SET traits = excluded.traits`);
}

/** Takes back what a source said of these identities, or of all. Returns the persons this touched. */
export async function deleteClaims(
  db: Db,
  workspaceId: string,
  source: string,
  identityNos: readonly number[] | null,
): Promise<number[]> {
  const only = identityNos === null ? sql`` : sql`AND identity_no = ANY(${sql.param([...identityNos])}::int[])`;
  const { rows } = await db.execute(sql`
    WITH gone AS (
      DELETE FROM trait_claims WHERE workspace_id = ${workspaceId} AND source = ${source} ${only} RETURNING identity_no
    )
    SELECT DISTINCT person_no FROM identities WHERE identity_no IN (SELECT identity_no FROM gone)`);
  return z
    .array(z.object({ person_no: z.number() }))
    .parse(rows)
    .map((r) => r.person_no);
}

const claimOfPerson = z.object({ person_no: z.number(), traits: saidTraits.nullable(), email: z.string().nullable() });

/** What all sources say of these persons, and their first e-mail address. */
export async function selectSaid(db: Db, workspaceId: string, personNos: readonly number[]) {
  const { rows } = await db.execute(sql`
    SELECT i.person_no, c.traits, CASE WHEN i.kind = 'email' THEN i.value END AS email
    FROM identities i LEFT JOIN trait_claims c ON c.identity_no = i.identity_no
    WHERE i.workspace_id = ${workspaceId} AND i.person_no = ANY(${sql.param([...personNos])}::int[])
      AND (i.kind = 'email' OR c.traits IS NOT NULL)
    ORDER BY i.identity_no`);
  return z.array(claimOfPerson).parse(rows);
}

export interface PersonState {
  readonly personNo: number;
  readonly traits: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly email: string;
}

/** Writes down what now holds of persons; their mirror's version rises where the traits changed. */
export async function updatePersons(
  db: Db,
  workspaceId: string,
  persons: readonly PersonState[],
  now: Date,
): Promise<void> {
  await db.execute(sql`
    UPDATE persons p SET
      traits = s.traits::jsonb, name = s.name, email = s.email, updated_at = ${now.toISOString()}::timestamptz,
      version = CASE WHEN p.traits <> s.traits::jsonb THEN nextval('people_versions') ELSE p.version END
    FROM unnest(
      ${sql.param(persons.map((p) => p.personNo))}::int[], ${sql.param(persons.map((p) => JSON.stringify(p.traits)))}::text[],
      ${sql.param(persons.map((p) => p.name))}::text[], ${sql.param(persons.map((p) => p.email))}::text[]
    ) AS s(no, traits, name, email)
    WHERE p.workspace_id = ${workspaceId} AND p.person_no = s.no
      AND (p.traits <> s.traits::jsonb OR p.name <> s.name OR p.email <> s.email)`);
}

/** Settles which of these persons are there: an identity bears their number and a source names it. */
export async function updateLive(db: Db, workspaceId: string, personNos: readonly number[]): Promise<void> {
  await db.execute(sql`
    UPDATE persons p SET live = NOT live
    WHERE p.workspace_id = ${workspaceId} AND p.person_no = ANY(${sql.param([...personNos])}::int[])
      AND p.live <> EXISTS (
        SELECT 1 FROM identities i JOIN identity_evidence e ON e.identity_no = i.identity_no
        WHERE i.workspace_id = ${workspaceId} AND i.person_no = p.person_no)`);
}

const mirrored = z.object({
  person_no: z.number(),
  workspace_id: z.string(),
  traits: z.string(),
  version: z.coerce.number(),
});

/** Persons whose traits the facts store does not know yet; '' for none. */
export async function selectUnpublishedPersons(db: Db, limit: number): Promise<z.infer<typeof mirrored>[]> {
  const { rows } = await db.execute(sql`
    SELECT person_no, workspace_id, CASE WHEN traits = '{}'::jsonb THEN '' ELSE traits::text END AS traits, version
    FROM persons WHERE version > published_version ORDER BY person_no LIMIT ${limit}`);
  return z.array(mirrored).parse(rows);
}

export async function markPersonsPublished(
  db: Db,
  rows: readonly { readonly person_no: number; readonly version: number }[],
): Promise<void> {
  await db.execute(sql`
    UPDATE persons p SET published_version = n.version
    FROM unnest(${sql.param(rows.map((r) => r.person_no))}::int[], ${sql.param(rows.map((r) => r.version))}::bigint[]) AS n(no, version)
    WHERE p.person_no = n.no AND p.published_version < n.version`);
}

/** Nothing of it stands in the facts store any more: all of it is due. */
export async function unpublishPersons(db: Db): Promise<void> {
  await db.execute(sql`UPDATE persons SET published_version = 0 WHERE published_version > 0`);
}

/** Whether any source names somebody. */
export async function hasPeople(db: Db, workspaceId: string): Promise<boolean> {
  const found = await db.execute(sql`SELECT 1 FROM persons WHERE workspace_id = ${workspaceId} AND live LIMIT 1`);
  return found.rows.length > 0;
}
