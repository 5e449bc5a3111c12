import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../platform/stores/ports.ts';
import { pairOf } from '../components.ts';
import { LINK_REASONS, LINK_STATES, type LinkReason, type LinkState } from '../vocabulary.ts';

const state = z.enum(LINK_STATES);

/** Holds off every other change of who is who in a workspace until the transaction ends. */
export async function lockPeople(tx: Db, workspaceId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`people ${workspaceId}`}, 0))`);
}

interface Pair {
  readonly aNo: number;
  readonly bNo: number;
}

/** What is recorded of these pairs, by `pairOf`. */
export async function selectStates(
  db: Db,
  workspaceId: string,
  pairs: readonly Pair[],
): Promise<Map<string, LinkState>> {
  const { rows } = await db.execute(sql`
    SELECT l.a_no, l.b_no, l.state
    FROM unnest(${sql.param(pairs.map((p) => p.aNo))}::int[], ${sql.param(pairs.map((p) => p.bNo))}::int[]) AS p(a, b)
    JOIN links l ON l.workspace_id = ${workspaceId} AND l.a_no = p.a AND l.b_no = p.b`);
  return new Map(
    z
      .array(z.object({ a_no: z.number(), b_no: z.number(), state }))
      .parse(rows)
      .map((r) => [pairOf(r.a_no, r.b_no), r.state]),
  );
}

export interface LinkRow extends Pair {
  readonly id: string;
  readonly state: LinkState;
  readonly reason: LinkReason;
  readonly at: Date;
}

/** Records links and their evidence; a pair that stands there already takes the new state. A pair's rows share one state. */
export async function upsertLinks(
  db: Db,
  workspaceId: string,
  source: string,
  links: readonly LinkRow[],
): Promise<void> {
  await db.execute(sql`
    WITH claim AS MATERIALIZED (
      SELECT * FROM unnest(
        ${sql.param(links.map((l) => l.id))}::text[], ${sql.param(links.map((l) => l.aNo))}::int[],
        ${sql.param(links.map((l) => l.bNo))}::int[], ${sql.param(links.map((l) => l.state))}::text[],
        ${sql.param(links.map((l) => l.reason))}::text[], ${sql.param(links.map((l) => l.at.toISOString()))}::timestamptz[]
      ) AS c(id, a_no, b_no, state, reason, at)
    ), kept AS (
      INSERT INTO links (id, workspace_id, a_no, b_no, state, at)
      SELECT DISTINCT ON (a_no, b_no) id, ${workspaceId}, a_no, b_no, state, at FROM claim
      ON CONFLICT (workspace_id, a_no, b_no) DO UPDATE SET
        state = excluded.state,
        undone_by = CASE WHEN excluded.state = 'undone' THEN links.undone_by END,
        undone_at = CASE WHEN excluded.state = 'undone' THEN links.undone_at END
      RETURNING id, a_no, b_no
    )
    INSERT INTO link_evidence (link_id, source, reason, workspace_id, at)
    SELECT kept.id, ${source}, claim.reason, ${workspaceId}, claim.at
    FROM kept JOIN claim ON claim.a_no = kept.a_no AND claim.b_no = kept.b_no
    ON CONFLICT DO NOTHING`);
}

const linkOfPerson = z.object({
  id: z.string(),
  a_no: z.number(),
  b_no: z.number(),
  state,
  at: z.coerce.date(),
  undone_by: z.string().nullable(),
  undone_at: z.coerce.date().nullable(),
});
export type StoredLink = z.infer<typeof linkOfPerson>;

/** Every link that one of these identities takes part in, oldest first. */
export async function selectLinks(db: Db, workspaceId: string, identityNos: readonly number[]): Promise<StoredLink[]> {
  const nos = sql.param([...identityNos]);
  const { rows } = await db.execute(sql`
    SELECT id, a_no, b_no, state, at, undone_by, undone_at FROM links
    WHERE workspace_id = ${workspaceId} AND (a_no = ANY(${nos}::int[]) OR b_no = ANY(${nos}::int[]))
    ORDER BY at, id`);
  return z.array(linkOfPerson).parse(rows);
}

export async function selectLink(db: Db, workspaceId: string, linkId: string): Promise<StoredLink | undefined> {
  const { rows } = await db.execute(sql`
    SELECT id, a_no, b_no, state, at, undone_by, undone_at FROM links
    WHERE workspace_id = ${workspaceId} AND id = ${linkId}`);
  return z.array(linkOfPerson).parse(rows)[0];
}

export async function markUndone(db: Db, workspaceId: string, linkId: string, by: string, at: Date): Promise<void> {
  await db.execute(sql`
    UPDATE links SET state = 'undone', undone_by = ${by}, undone_at = ${at.toISOString()}::timestamptz
    WHERE workspace_id = ${workspaceId} AND id = ${linkId}`);
}

const evidence = z.object({
  link_id: z.string(),
  source: z.string(),
  reason: z.enum(LINK_REASONS),
  at: z.coerce.date(),
});

export async function selectLinkEvidence(db: Db, workspaceId: string, linkIds: readonly string[]) {
  const { rows } = await db.execute(sql`
    SELECT link_id, source, reason, at FROM link_evidence
    WHERE workspace_id = ${workspaceId} AND link_id = ANY(${sql.param([...linkIds])}::text[])
    ORDER BY at, source, reason`);
  return z.array(evidence).parse(rows);
}

/** Takes back a source's evidence, and the links that rested on it alone. Returns the identities of links that held. */
export async function deleteLinksOf(db: Db, workspaceId: string, source: string): Promise<number[]> {
  const { rows } = await db.execute(sql`
    WITH gone AS (
      DELETE FROM link_evidence WHERE workspace_id = ${workspaceId} AND source = ${source} RETURNING link_id
    )
    DELETE FROM links l USING (SELECT DISTINCT link_id FROM gone) g
    WHERE l.id = g.link_id AND l.state <> 'undone'
      AND NOT EXISTS (SELECT 1 FROM link_evidence e WHERE e.link_id = l.id AND e.source <> ${source})
    RETURNING l.a_no, l.b_no, l.state`);
  return z
    .array(z.object({ a_no: z.number(), b_no: z.number(), state }))
    .parse(rows)
    .filter((r) => r.state === 'active')
    .flatMap((r) => [r.a_no, r.b_no]);
}

/** All identities of these persons. */
export async function selectMembers(db: Db, workspaceId: string, personNos: readonly number[]): Promise<number[]> {
  const { rows } = await db.execute(sql`
    SELECT identity_no FROM identities
    WHERE workspace_id = ${workspaceId} AND person_no = ANY(${sql.param([...personNos])}::int[]) ORDER BY identity_no`);
  return z
    .array(z.object({ identity_no: z.number() }))
    .parse(rows)
    .map((r) => r.identity_no);
}
