import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db, Records } from '../../platform/stores/ports.ts';
import type { Portion } from './committer.ts';
import { insertRejected } from './records/rejected.ts';
import { journal } from './tables.ts';
import { BODY_FORMAT } from './vocabulary.ts';

/** Appends portions: one row per workspace that is among them. Durable when it resolves. */
export async function appendPortions(
  records: Records,
  portions: readonly Portion[],
  receivedAt: Date,
): Promise<(number | null)[]> {
  const bodies = new Map<string, { body: string; rows: number }>();
  for (const { workspaceId, body, rows } of portions) {
    if (rows === 0) continue;
    const so = bodies.get(workspaceId);
    bodies.set(workspaceId, so === undefined ? { body, rows } : { body: so.body + body, rows: so.rows + rows });
  }
  const refused = portions.flatMap(({ workspaceId, refused: those }) => those.map((r) => ({ workspaceId, ...r })));
  const rows = [...bodies].map(([workspaceId, b]) => ({
    workspaceId,
    format: BODY_FORMAT,
    body: b.body,
    rows: b.rows,
    bytes: Buffer.byteLength(b.body),
    receivedAt,
  }));
  const insert = async (db: Db) =>
    rows.length === 0
      ? []
      : db.insert(journal).values(rows).returning({ workspaceId: journal.workspaceId, seq: journal.seq });
  const [only] = rows;
  if (only !== undefined && rows.length === 1 && refused.length === 0) {
    const [appended] = await appending(records.db).execute(only);
    return portions.map((p) => (p.rows === 0 ? null : (appended?.seq ?? null)));
  }
  const inserted =
    refused.length === 0
      ? await insert(records.db)
      : await records.transaction(async (tx) => {
          await insertRejected(tx, refused, receivedAt);
          return insert(tx);
        });
  const seqs = new Map(inserted.map((r) => [r.workspaceId, r.seq]));
  return portions.map((p) => (p.rows === 0 ? null : (seqs.get(p.workspaceId) ?? null)));
}

/** One row's append, planned once a connection: by far the most frequent statement of the house. */
function appending(db: Db) {
  const known = appends.get(db) ?? prepareAppend(db);
  appends.set(db, known);
  return known;
}

const appends = new WeakMap<Db, ReturnType<typeof prepareAppend>>();

function prepareAppend(db: Db) {
  const given = (name: string) => sql.placeholder(name);
  return db
    .insert(journal)
    .values({
      workspaceId: given('workspaceId'),
      format: given('format'),
      body: given('body'),
      rows: given('rows'),
      bytes: given('bytes'),
      receivedAt: given('receivedAt'),
    })
    .returning({ seq: journal.seq })
    .prepare('journal_append');
}

/**
 * Bodies live for a second: compressing them, or moving those of some kilobytes out of their row, costs more than it
 * saves. No migration can say so in a way that every PostgreSQL since 14 understands.
 */
export async function keepBodiesAsTheyAre(db: Db): Promise<void> {
  const answer = await db.execute(sql`
    SELECT attstorage::text AS storage, coalesce(array_to_string(reloptions, ' '), '') AS options
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE attrelid = 'journal'::regclass AND attname = 'body'`);
  const { storage, options } = z.object({ storage: z.string(), options: z.string() }).parse(answer.rows[0]);
  if (storage !== 'e') await db.execute(sql`ALTER TABLE journal ALTER COLUMN body SET STORAGE EXTERNAL`);
  if (!options.includes('toast_tuple_target'))
    await db.execute(sql`ALTER TABLE journal SET (toast_tuple_target = 8160)`);
}

const bytesRow = z.object({ bytes: z.coerce.number() });

/** Of what is on its way; what was set aside waits for a person, and takes no room from what arrives. */
export async function selectWaitingBytes(db: Db): Promise<number> {
  const { rows } = await db.execute(sql`
    SELECT coalesce(sum(bytes), 0) AS bytes FROM journal
    WHERE batch_id IS NULL OR batch_id NOT IN (
      SELECT id FROM journal_batches WHERE state <> 'done' AND set_aside_at IS NOT NULL)`);
  return bytesRow.parse(rows[0]).bytes;
}

export async function selectIsWaiting(db: Db, workspaceId: string, seq: number): Promise<boolean> {
  const found = await db
    .select({ seq: journal.seq })
    .from(journal)
    .where(and(eq(journal.seq, seq), eq(journal.workspaceId, workspaceId)));
  return found.length > 0;
}
