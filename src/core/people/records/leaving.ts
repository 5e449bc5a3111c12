import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../platform/stores/ports.ts';

const known = z.object({
  person_no: z.number(),
  identity_nos: z.array(z.number()),
  since: z.coerce.date(),
  before: z.boolean(),
});

export interface Known {
  readonly personNo: number;
  readonly identityNos: readonly number[];
  /** When they were first taken in. */
  readonly since: Date;
}

/** How many persons the page held, those that stay too, and the last of them. */
interface Page {
  readonly persons: number;
  readonly last: number | null;
  readonly known: readonly Known[];
}

/** @param page a query of `person_no` */
async function knownBefore(db: Db, workspaceId: string, before: Date, page: SQL): Promise<Page> {
  const moment = sql`${before.toISOString()}::timestamptz`;
  const found = await db.execute(sql`
    WITH page AS (${page})
    SELECT i.person_no, array_agg(i.identity_no ORDER BY i.identity_no) AS identity_nos, min(p.created_at) AS since,
      max(p.created_at) < ${moment} AND bool_and(coalesce(e.latest < ${moment}, true)) AS before
    FROM page
    JOIN identities i ON i.workspace_id = ${workspaceId} AND i.person_no = page.person_no
    JOIN persons p ON p.person_no = i.identity_no
    LEFT JOIN LATERAL (SELECT max(at) AS latest FROM identity_evidence WHERE identity_no = i.identity_no) e ON true
    GROUP BY i.person_no ORDER BY i.person_no`);
  const rows = z.array(known).parse(found.rows);
  return {
    persons: rows.length,
    last: rows.at(-1)?.person_no ?? null,
    known: rows
      .filter((r) => r.before)
      .map((r) => ({ personNo: r.person_no, identityNos: r.identity_nos, since: r.since })),
  };
}

/**
 * Of a page of persons those whose every name was taken in, and said by every source, before a moment. `last`: the number where
 * the page ended; null where there are no more.
 */
export async function selectKnownBefore(
  db: Db,
  workspaceId: string,
  { before, after, limit }: { readonly before: Date; readonly after: number; readonly limit: number },
): Promise<Pick<Page, 'known' | 'last'>> {
  const page = sql`
    SELECT DISTINCT person_no FROM identities
    WHERE workspace_id = ${workspaceId} AND person_no > ${after} ORDER BY person_no LIMIT ${limit}`;
  const { persons, last, known: found } = await knownBefore(db, workspaceId, before, page);
  return { known: found, last: persons < limit ? null : last };
}

/** Those of some persons. */
export async function selectKnownAmong(
  db: Db,
  workspaceId: string,
  before: Date,
  personNos: readonly number[],
): Promise<readonly Known[]> {
  const page = sql`SELECT DISTINCT unnest(${sql.param([...personNos])}::int[]) AS person_no`;
  return (await knownBefore(db, workspaceId, before, page)).known;
}

/** Forgets all that is known of the persons of these identities, but for the identities themselves. Repeatable. */
export async function emptyPersons(tx: Db, workspaceId: string, identityNos: readonly number[]): Promise<void> {
  const nos = sql`${sql.param([...identityNos])}::int[]`;
  await tx.execute(sql`
    WITH gone AS (
      DELETE FROM links WHERE workspace_id = ${workspaceId} AND (a_no = ANY(${nos}) OR b_no = ANY(${nos})) RETURNING id
    )
    DELETE FROM link_evidence WHERE link_id IN (SELECT id FROM gone)`);
  await tx.execute(sql`DELETE FROM trait_claims WHERE workspace_id = ${workspaceId} AND identity_no = ANY(${nos})`);
  await tx.execute(
    sql`DELETE FROM identity_evidence WHERE workspace_id = ${workspaceId} AND identity_no = ANY(${nos})`,
  );
  await tx.execute(sql`
    UPDATE persons SET live = false, name = '', email = '', traits = '{}'::jsonb,
      version = CASE WHEN traits <> '{}'::jsonb THEN nextval('people_versions') ELSE version END
    WHERE workspace_id = ${workspaceId} AND person_no = ANY(${nos})`);
}

/** Forgets the identities and their persons. */
export async function deletePersons(tx: Db, workspaceId: string, identityNos: readonly number[]): Promise<void> {
  const nos = sql`${sql.param([...identityNos])}::int[]`;
  await tx.execute(sql`DELETE FROM identities WHERE workspace_id = ${workspaceId} AND identity_no = ANY(${nos})`);
  await tx.execute(sql`DELETE FROM persons WHERE workspace_id = ${workspaceId} AND person_no = ANY(${nos})`);
}
