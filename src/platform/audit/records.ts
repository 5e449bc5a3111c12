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
