import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, integer, pgTable, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** What was acknowledged and is not yet among the facts: one row per flush and workspace. Gone once drained. */
export const journal = pgTable(
  'journal',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    /** How the body is written (message.ts says it). */
    format: smallint('format').notNull(),
    /** One line a message: a letter for its type, then its event as the facts store takes it. */
    body: text('body').notNull(),
    rows: integer('rows').notNull(),
    bytes: integer('bytes').notNull(),
    receivedAt: moment('received_at').notNull(),
    /** The batch that drains it; null while it waits. Claimed by this, never by a cursor over seq. */
    batchId: bigint('batch_id', { mode: 'number' }),
  },
  (t) => [
    index('journal_batch').on(t.batchId),
    index('journal_waiting')
      .on(t.seq)
      .where(sql`batch_id IS NULL`),
  ],
);

/** What a drain took at once. Written down before anything of it reaches the facts store. */
export const journalBatches = pgTable(
  'journal_batches',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** `insert_deduplication_token`: the same batch inserted twice counts once. */
    token: uuid('token').notNull().defaultRandom(),
    /** claimed → inserted (its facts are in) → done (whoever lives on them was told). */
    state: text('state').notNull(),
    /** Which drain inserted it, so that another learns its event ids. */
    drainId: text('drain_id').notNull(),
    rows: integer('rows').notNull(),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
    firstReceivedAt: moment('first_received_at').notNull(),
    lastReceivedAt: moment('last_received_at').notNull(),
    /** Failed tries to tell those who live on its facts, and when the next is due. */
    failures: integer('failures').notNull().default(0),
    dueAt: moment('due_at').notNull(),
    /** Steps that need no second try, once one failed: `<workspace> orders`. */
    told: text('told')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** Of what was set aside: whose it is (other workspaces' rows have left it), since when, and why. */
    workspaceId: text('workspace_id'),
    setAsideAt: moment('set_aside_at'),
    reason: text('reason').notNull().default(''),
  },
  // Looked at every turn, among a day's batches that are done.
  (t) => [
    index('journal_batches_open')
      .on(t.id)
      .where(sql`state <> 'done'`),
  ],
);

/** Messages that were not taken, with the reason; kept as long as the workspace's retention says, and no more of them than `REJECTED_CAP` says. */
export const journalRejected = pgTable(
  'journal_rejected',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    receivedAt: moment('received_at').notNull(),
    messageId: text('message_id').notNull(),
    field: text('field').notNull(),
    reason: text('reason').notNull(),
    /** The message as it came, cut short. */
    body: text('body').notNull(),
  },
  (t) => [index('journal_rejected_workspace').on(t.workspaceId, t.id)],
);

/** How many refused messages a workspace has, so that no flood of them fills the store. */
export const journalRejectedTallies = pgTable('journal_rejected_tallies', {
  workspaceId: text('workspace_id').primaryKey(),
  rows: integer('rows').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  /** Those that made room for newer ones before their time was over: how many ever, and when last. */
  letGo: bigint('let_go', { mode: 'number' }).notNull().default(0),
  letGoAt: moment('let_go_at'),
});
