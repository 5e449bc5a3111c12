import { COLUMN_PROBLEMS, DATE_FORMATS, DELIMITERS, ENCODINGS, IMPORT_KINDS } from '@touchstone/domain/tabular';
import { z } from 'zod';

/**
 * `ready` waits to be started · `queued`, `running` · `done` · `cancelled`: stopped, what had gone in stays until undone ·
 * `failed`: stopped, or not undone, for the reason that stands beside it · `undoing`, `undone`.
 */
export const IMPORT_STATES = [
  'ready',
  'queued',
  'running',
  'done',
  'cancelled',
  'failed',
  'undoing',
  'undone',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export const importKind = z.enum(IMPORT_KINDS);
export const importState = z.enum(IMPORT_STATES);
export const columnProblem = z.enum(COLUMN_PROBLEMS);

const columnPlan = z.object({
  /** A field of the kind, `property`, or `skip`. */
  field: z.string().max(60),
  /** Of a property: its name. */
  name: z.string().min(1).max(120).optional(),
  format: z.enum(DATE_FORMATS).optional(),
  decimal: z.enum(['.', ',']).optional(),
});

/** How the rows of a file become rows of a kind. */
export const mappingShape = z.object({
  /** By the column's name as it stands in the file; a column that is not named is skipped. */
  columns: z.record(z.string().max(500), columnPlan),
  /** Columns that together name a row. Empty: a row is its content and its number among equal ones. */
  key: z.array(z.string().max(500)).max(10).default([]),
  /** Of feedback: what was asked with, and its scale. */
  instrument: z.enum(['nps', 'csat', 'ces', 'rating', 'choice', 'text']).optional(),
  scale: z.object({ min: z.number(), max: z.number() }).optional(),
});
export type MappingShape = z.infer<typeof mappingShape>;

/** What a table was unpacked from. */
export const originShape = z.object({
  /** The outermost first. */
  packed: z.array(z.enum(['gzip', 'zstd', 'zip', 'xlsx', 'parquet'])),
  /** Which file of an archive, or sheet of a workbook. */
  part: z.string().optional(),
  /** What else lies there. */
  others: z.array(z.string()),
  /** Columns of lists and objects. */
  leftOut: z.array(z.string()),
  /** Of a workbook or Parquet file, which became CSV of ours: whether it names its columns. */
  header: z.boolean().optional(),
});
export type Origin = z.infer<typeof originShape>;

/** How the file is written. */
export const formatShape = z.object({
  kind: z.enum(['csv', 'ndjson']),
  encoding: z.enum(ENCODINGS),
  /** False where single-byte alphabets had to be told apart by their letters. */
  encodingCertain: z.boolean(),
  /** Bytes of byte-order mark. */
  bom: z.number().int(),
  delimiter: z.enum(DELIMITERS),
  /** Lines before the header that hold no row: `sep=;`. */
  preface: z.number().int().default(0),
  header: z.boolean(),
  columns: z.array(z.string()),
  /** Of CSV that we made of a workbook: a row is one line, whatever breaks its cells hold. */
  rowIsLine: z.boolean().optional(),
  origin: originShape.optional(),
});
export type FileFormat = z.infer<typeof formatShape>;

export const counts = z.object({
  /** Lines of the file read so far that hold a row. */
  rows: z.number().int(),
  added: z.number().int(),
  /** Rows whose key stood there with other values: a new version. */
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Rows whose key came again further down; the last counts. */
  repeated: z.number().int(),
  bad: z.number().int(),
});
export type Counts = z.infer<typeof counts>;
export const NO_ROWS: Counts = { rows: 0, added: 0, changed: 0, unchanged: 0, repeated: 0, bad: 0 };
