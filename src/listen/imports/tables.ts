import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import { NO_ROWS } from './vocabulary.ts';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const bytes = (name: string) => bigint(name, { mode: 'number' });

/** Rises with every import that starts: of two that speak of one row, the later holds. */
export const importSeq = pgSequence('import_seq', { startWith: 1, maxValue: 2_000_000 });

/** A file that was sent, kept until no import needs it. */
export const uploads = pgTable(
  'uploads',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    fileName: text('file_name').notNull(),
    bytes: bytes('bytes').notNull(),
    /** What its text was unpacked from. */
    origin: jsonb('origin'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [index('uploads_by_age').on(t.createdAt)],
);

export const imports = pgTable(
  'imports',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    uploadId: text('upload_id').notNull(),
    kind: text('kind').notNull(),
    fileName: text('file_name').notNull(),
    state: text('state').notNull(),
    problem: text('problem'),
    mapping: jsonb('mapping').notNull(),
    format: jsonb('format').notNull(),
    /** Set at its first start. */
    seq: integer('seq'),
    /** The next chunk, and where in the file it begins. */
    chunk: integer('chunk').notNull().default(0),
    offset: bytes('byte_offset').notNull().default(0),
    line: bytes('line').notNull().default(1),
    counts: jsonb('counts').notNull().default(NO_ROWS),
    bytes: bytes('bytes').notNull(),
    bytesRead: bytes('bytes_read').notNull().default(0),
    /** Tries since the last chunk went in. */
    tries: integer('tries').notNull().default(0),
    /** Where and when this try began, for the estimate. */
    tryFromBytes: bytes('try_from_bytes').notNull().default(0),
    tryStartedAt: at('try_started_at'),
    /** Stopped amid a chunk that no try brought to its end: half of it may stand until it is undone. */
    cutOff: boolean('cut_off').notNull().default(false),
    createdBy: text('created_by').notNull(),
    createdAt: at('created_at').notNull(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
    /** When rows of it left by the workspace's retention: it cannot be undone any more. */
    rowsLeftAt: at('rows_left_at'),
  },
  (t) => [index('imports_by_workspace').on(t.workspaceId, t.id), index('imports_by_upload').on(t.uploadId)],
);

/** The mapping last used for files of a kind with these columns. */
export const importMappings = pgTable(
  'import_mappings',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind').notNull(),
    /** SHA-256 of the columns' names. */
    fingerprint: text('fingerprint').notNull(),
    mapping: jsonb('mapping').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.kind, t.fingerprint] })],
);
