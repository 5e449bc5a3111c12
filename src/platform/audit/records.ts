import { and, desc, eq, gte, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../stores/ports.ts';
import { changedField, type AuditFilter, type ChangedField } from './contract.ts';
import { auditEntries } from './tables.ts';
import { CALLER_KINDS, ENTRY_KINDS, type EntryKind } from './vocabulary.ts';

export interface EntryRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly at: Date;
  readonly kind: EntryKind;
  readonly operation: string;
  readonly objectKind: string;
  readonly objectId: string;
  readonly fields: string[];
  readonly changes: ChangedField[];
  readonly callerKind: (typeof CALLER_KINDS)[number];
  readonly callerId: string;
  readonly callerName: string;
  readonly address: string;
  readonly requestId: string;
  readonly times: number;
}

const shape = z.object({
  kind: z.enum(ENTRY_KINDS),
  callerKind: z.enum(CALLER_KINDS),
  changes: z.array(changedField),
});

/** Writes a batch in one statement. An entry that is there already stays as it is. */
export async function insertEntries(db: Db, entries: readonly EntryRow[]): Promise<void> {
  if (entries.length > 0)
    await db
      .insert(auditEntries)
      .values([...entries])
      .onConflictDoNothing();
}

/** Where a page ended: the moment and id of its last entry. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

/** Newest first, from after `place`. */
export async function entriesOf(
  db: Db,
  workspaceId: string,
  filter: AuditFilter,
  place: Place | null,
  limit: number,
): Promise<EntryRow[]> {
  const t = auditEntries;
  const { kind, by, objectId, operation, from, to } = filter;
  const rows = await db
    .select()
    .from(t)
    .where(
      and(
        eq(t.workspaceId, workspaceId),
        kind === undefined ? undefined : eq(t.kind, kind),
        by === undefined
          ? undefined
          : or(eq(t.callerId, by), sql`strpos(lower(${t.callerName}), ${by.toLowerCase()}) > 0`),
        objectId === undefined ? undefined : eq(t.objectId, objectId),
        operation === undefined ? undefined : sql`starts_with(${t.operation}, ${operation})`,
        from === undefined ? undefined : gte(t.at, new Date(from)),
        to === undefined ? undefined : lt(t.at, new Date(to)),
        place === null
          ? undefined
          : sql`(${t.at}, ${t.id}) < (${place.at.toISOString()}::timestamptz, ${place.id}::text)`,
      ),
    )
    .orderBy(desc(t.at), desc(t.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, ...shape.parse(row) }));
}

const leavingRow = z.object({ rows: z.coerce.number(), oldest: z.coerce.date().nullable() });

/** How many entries of a workspace are from before a moment, and of when the oldest is. */
export async function countEntriesBefore(
  db: Db,
  workspaceId: string,
  before: Date,
): Promise<z.infer<typeof leavingRow>> {
  const { rows } = await db.execute(sql`
    SELECT count(*) AS rows, min(at) AS oldest FROM audit_entries
    WHERE workspace_id = ${workspaceId} AND at < ${before.toISOString()}::timestamptz`);
  return leavingRow.parse(rows[0]);
}

/** Forgets the oldest of a workspace's entries from before a moment; how many. The store lets nothing else be deleted. */
export async function deleteEntriesBefore(tx: Db, workspaceId: string, before: Date, most: number): Promise<number> {
  const border = before.toISOString();
  await tx.execute(sql`SELECT set_config('touchstone.audit_border', ${border}, true)`);
  const { rowCount } = await tx.execute(sql`
    DELETE FROM audit_entries WHERE id IN (
      SELECT id FROM audit_entries WHERE workspace_id = ${workspaceId} AND at < ${border}::timestamptz
      ORDER BY at, id LIMIT ${most})`);
  return rowCount ?? 0;
}
