import type { Fault, RowProblem } from '@touchstone/domain/tabular';
import { z } from 'zod';
import { deleteFacts } from '../../platform/stores/deleting.ts';
import { inPieces } from '../../platform/stores/pieces.ts';
import type { Facts } from '../../platform/stores/ports.ts';

/** An import as its facts know it. */
export interface Loading {
  readonly workspaceId: string;
  readonly importId: string;
  readonly kind: string;
}

export interface LoggedRow {
  readonly key: string;
  readonly version: number;
  readonly hash: string;
  readonly body: string;
}

/** What stood there before a chunk. */
export interface Standing {
  readonly hash: string;
  readonly version: number;
  readonly importId: string;
}

/** What is wrong with a row, or with a line that could not even be cut into cells. */
export type LineProblem = Omit<RowProblem, 'reason'> & { readonly reason: RowProblem['reason'] | Fault };

export interface BadRow {
  readonly line: number;
  readonly problems: readonly LineProblem[];
  readonly cells: readonly string[];
}

/** A chunk as its inserts name it: the same token writes once. */
export interface ChunkName {
  readonly no: number;
  readonly token: string;
}

/** Keys (or, of rows without, hashes) of a chunk's rows that are to be looked up, as often as they come. Repeatable. */
export function insertStage(facts: Facts, loading: Loading, chunk: ChunkName, keys: readonly string[]): Promise<void> {
  const { importId } = loading;
  if (keys.length === 0) return Promise.resolve();
  return facts.insert(
    'import_stage',
    inPieces(keys, (key) => JSON.stringify([importId, chunk.no, key])),
    { token: `${chunk.token}:stage`, columns: ['import_id', 'chunk', 'key'] },
  );
}

const countRow = z.object({ key: z.string(), n: z.coerce.number() });

/**
 * Stages a chunk's keys where earlier tries may have staged some of them, or may still be about to: each as often as it
 * comes. What the token of `insertStage` holds back, as they used it for fewer, goes in under another.
 */
export async function insertStageAgain(
  facts: Facts,
  loading: Loading,
  chunk: ChunkName,
  keys: readonly string[],
): Promise<void> {
  for (const token of [chunk.token, `${chunk.token}:rest`]) {
    const staged = await facts.query(
      countRow,
      `SELECT key, count() AS n FROM import_stage
       WHERE import_id = {importId:String} AND chunk = {chunk:UInt32} GROUP BY key`,
      { importId: loading.importId, chunk: chunk.no },
    );
    const there = new Map(staged.map((r) => [r.key, r.n]));
    const missing = keys.filter((key) => {
      const n = there.get(key) ?? 0;
      there.set(key, n - 1);
      return n <= 0;
    });
    await insertStage(facts, loading, { no: chunk.no, token }, missing);
  }
}

/**
 * How often the staged hashes of a chunk came in the chunks before it. A chunk that had one to be looked up staged it as often
 * as it came; one that had not has written all there were.
 */
export async function earlierOccurrences(facts: Facts, loading: Loading, chunk: number): Promise<Map<string, number>> {
  const staged = 'SELECT key FROM import_stage WHERE import_id = {importId:String} AND chunk = {chunk:UInt32}';
  const rows = await facts.query(
    countRow,
    `SELECT key, sum(came) AS n FROM (
       SELECT key, chunk, greatest(sum(staged), sum(written)) AS came FROM (
         SELECT key, chunk, 1 AS staged, 0 AS written FROM import_stage
         WHERE import_id = {importId:String} AND chunk < {chunk:UInt32} AND key IN (${staged})
         UNION ALL
         SELECT hash AS key, chunk, 0 AS staged, 1 AS written FROM import_rows
         WHERE workspace = {workspace:String} AND kind = {kind:String} AND import_id = {importId:String}
           AND chunk < {chunk:UInt32} AND hash IN (${staged})
       )
       GROUP BY key, chunk
     )
     GROUP BY key`,
    { workspace: loading.workspaceId, kind: loading.kind, importId: loading.importId, chunk },
  );
  return new Map(rows.map((r) => [r.key, r.n]));
}

const someRow = z.object({ some: z.coerce.number() });

/** Whether any other import of the workspace brought rows of this kind. */
export async function othersBrought(facts: Facts, loading: Loading): Promise<boolean> {
  const rows = await facts.query(
    someRow,
    `SELECT 1 AS some FROM import_rows
     WHERE workspace = {workspace:String} AND kind = {kind:String} AND import_id != {importId:String} LIMIT 1`,
    { workspace: loading.workspaceId, kind: loading.kind, importId: loading.importId },
  );
  return rows.length > 0;
}

const standingRow = z.object({ key: z.string(), hash: z.string(), version: z.coerce.number(), import_id: z.string() });

/**
 * The current versions of a chunk's rows, leaving out what this very chunk wrote on an earlier try.
 * @param by `key`: the staged are keys. `hash`: they are hashes, and keys are `#<hash>#<n>`.
 */
export async function standingRows(
  facts: Facts,
  loading: Loading,
  chunk: number,
  by: 'key' | 'hash',
): Promise<Map<string, Standing>> {
  const rows = await facts.query(
    standingRow,
    `SELECT key, argMax(import_rows.hash, import_rows.version) AS hash, max(import_rows.version) AS version,
       argMax(import_rows.import_id, import_rows.version) AS import_id
     FROM import_rows
     WHERE workspace = {workspace:String} AND kind = {kind:String}
       AND import_rows.${by} IN (SELECT key FROM import_stage WHERE import_id = {importId:String} AND chunk = {chunk:UInt32})
       AND NOT (import_rows.import_id = {importId:String} AND import_rows.chunk >= {chunk:UInt32})
     GROUP BY key`,
    { workspace: loading.workspaceId, kind: loading.kind, importId: loading.importId, chunk },
  );
  return new Map(rows.map((r) => [r.key, { hash: r.hash, version: r.version, importId: r.import_id }]));
}

const ROW_COLUMNS = ['workspace', 'kind', 'import_id', 'chunk', 'version', 'hash', 'key', 'body'];

/** Writes a chunk's new versions. Repeatable. */
export function insertRows(
  facts: Facts,
  loading: Loading,
  chunk: ChunkName,
  rows: readonly LoggedRow[],
): Promise<void> {
  if (rows.length === 0) return Promise.resolve();
  const { workspaceId, importId, kind } = loading;
  const head = `[${JSON.stringify(workspaceId)},"${kind}","${importId}",${chunk.no},`;
  const write = (r: LoggedRow): string => `${head}${r.version},"${r.hash}",${JSON.stringify(r.key)},${r.body}]`;
  return facts.insert('import_rows', inPieces(rows, write), {
    token: `${chunk.token}:rows`,
    columns: ROW_COLUMNS,
    // The body is JSON already: it is kept as the text it is.
    settings: { input_format_json_read_objects_as_strings: 1 },
  });
}

/** Writes a chunk's bad rows. Repeatable. */
export function insertErrors(facts: Facts, loading: Loading, chunk: ChunkName, rows: readonly BadRow[]): Promise<void> {
  return facts.insert(
    'import_errors',
    rows.map((r) => ({
      workspace: loading.workspaceId,
      import_id: loading.importId,
      line: r.line,
      problems: JSON.stringify(r.problems),
      cells: JSON.stringify(r.cells),
    })),
    { token: `${chunk.token}:errors` },
  );
}

const problemsShape = z.array(
  z.object({ reason: z.string(), column: z.string(), value: z.string(), expected: z.string().optional() }),
);
const errorRow = z.object({
  line: z.coerce.number(),
  problems: z.string().transform((text) => problemsShape.parse(JSON.parse(text))),
  cells: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
});
export type ErrorRow = z.infer<typeof errorRow>;

const ERRORS = `SELECT line, problems, cells FROM import_errors
  WHERE workspace = {workspace:String} AND import_id = {importId:String} AND line > {after:UInt64} ORDER BY line`;

export function selectErrors(facts: Facts, workspace: string, importId: string, after: number, limit: number) {
  return facts.query(errorRow, `${ERRORS} LIMIT {limit:UInt32}`, { workspace, importId, after, limit });
}

const earlierRow = z.object({
  key: z.string(),
  version: z.coerce.number(),
  import_id: z.string(),
  body: z.string(),
});
export type EarlierRow = z.infer<typeof earlierRow>;

/** Of the rows whose current version an import brought: the version before it, by key. */
export function streamEarlier(facts: Facts, loading: Loading) {
  return facts.stream(
    earlierRow,
    `SELECT key, max(import_rows.version) AS version, argMax(import_rows.import_id, import_rows.version) AS import_id,
       argMax(import_rows.body, import_rows.version) AS body
     FROM import_rows
     WHERE workspace = {workspace:String} AND kind = {kind:String} AND import_rows.import_id != {importId:String}
       AND key IN (SELECT key FROM import_rows
         WHERE workspace = {workspace:String} AND kind = {kind:String} AND import_id = {importId:String})
     GROUP BY key
     HAVING version < (SELECT max(version) FROM import_rows
       WHERE workspace = {workspace:String} AND kind = {kind:String} AND import_id = {importId:String})
     ORDER BY key`,
    { workspace: loading.workspaceId, kind: loading.kind, importId: loading.importId },
  );
}

/** Takes away the rows and the bad rows of an import's chunks from one on, which begins with a line of the file. Repeatable. */
export async function forgetChunks(
  facts: Facts,
  { workspaceId: workspace, kind, importId }: Loading,
  from: { readonly chunk: number; readonly line: number },
): Promise<void> {
  const of = 'workspace = {workspace:String} AND import_id = {importId:String}';
  const { chunk, line } = from;
  const rows = `${of} AND kind = {kind:String} AND chunk >= {chunk:UInt32}`;
  await deleteFacts(facts, 'import_rows', rows, { workspace, importId, kind, chunk });
  await deleteFacts(facts, 'import_errors', `${of} AND line >= {line:UInt64}`, { workspace, importId, line });
}

/** Forgets what an import brought, once the facts are right without it. */
export async function forgetRows(facts: Facts, loading: Loading): Promise<void> {
  await facts.command(
    'DELETE FROM import_rows WHERE workspace = {workspace:String} AND kind = {kind:String} AND import_id = {importId:String}',
    { workspace: loading.workspaceId, kind: loading.kind, importId: loading.importId },
    { settings: { lightweight_deletes_sync: 1 } },
  );
}
