import * as crypto from 'node:crypto';
import { type Fault, type MappedRow, RowMapper, type RowProblem } from '@touchstone/domain/tabular';
import type { Files } from '../../platform/files/ports.ts';
import type { CurrentRow } from './current.ts';
import type { BadRow, LineProblem } from './facts.ts';
import type { ImportRow } from './records.ts';
import { fileOf, type Place, readRows } from './source.ts';

/** So many rows go in at once: enough that a statement's cost does not show, few enough to hold. */
export const CHUNK_ROWS = 15_000;
/** And no more of the file's bytes than this, for rows that are long. */
const CHUNK_BYTES = 4_000_000;
const DAY_MS = 86_400_000;

/** A row as it was read. Its key is the mapped one; of rows without, it is given once equal ones are counted. */
export interface ReadRow extends CurrentRow {
  key: string;
  readonly line: number;
  readonly hash: string;
  readonly body: string;
}

export interface Chunk {
  readonly no: number;
  readonly rows: readonly ReadRow[];
  readonly bad: readonly BadRow[];
  /** Where the next chunk begins. */
  readonly end: Place;
  readonly bytesRead: number;
}

/** A version is the import's place in the order of imports and the line: 2^21 imports of 2^32 lines. */
const LINES = 2 ** 32;

/** 96 bits of SHA-1: of a hundred million rows two would be taken for one with a chance of one in ten trillion. */
function hashOf(text: string): string {
  // crypto.hash came with Node 20.12 and takes half the time.
  const atOnce: typeof crypto.hash | undefined = crypto.hash;
  const digest = atOnce?.('sha1', text, 'base64url') ?? crypto.createHash('sha1').update(text).digest('base64url');
  return digest.slice(0, 16);
}

/**
 * Reads an import's file from its cursor on, in chunks. The same file, mapping and cursor give the same chunks: a chunk
 * that is read again after a crash is the same chunk.
 */
export async function* readChunks(files: Files, job: ImportRow, zone: string): AsyncGenerator<Chunk> {
  const { format, mapping, kind } = job;
  const mapper = new RowMapper(kind, mapping, format.columns, { zone, latestMs: job.createdAt.getTime() + DAY_MS });
  const keyAt = mapping.key.map((name) => format.columns.indexOf(name));
  // The same answers to another question are other answers. Rows without a key are known by their content alone.
  const asked = kind === 'feedback' && keyAt.length > 0 ? JSON.stringify([mapping.instrument, mapping.scale]) : '';
  const from = job.chunk === 0 ? null : { offset: job.offset, line: job.line };
  const first = (job.seq ?? 0) * LINES;
  let no = job.chunk;
  let rows: ReadRow[] = [];
  let bad: BadRow[] = [];
  let begin = job.offset;
  let end: Place = { offset: job.offset, line: job.line };
  let bytesRead = 0;
  const cut = (): Chunk => {
    const chunk = { no, rows, bad, end, bytesRead };
    [rows, bad, begin] = [[], [], end.offset];
    no++;
    return chunk;
  };
  for await (const block of readRows(files, fileOf(job.uploadId), format, from)) {
    ({ bytesRead } = block);
    for (let i = 0; i < block.rows.length; i++) {
      const source = block.rows[i];
      const after = block.ends[i];
      if (source === undefined || after === undefined) continue;
      end = after;
      const { line, cells, fault } = source;
      if (fault === undefined) {
        const mapped = mapper.map(cells);
        if (isProblems(mapped)) bad.push({ line, problems: mapped, cells: shortened(cells) });
        else {
          const body = JSON.stringify(mapped);
          const key = keyAt.length === 0 ? '' : keyAt.map((at) => (cells[at] ?? '').trim()).join('\u001f');
          if (keyAt.length > 0 && key.replaceAll('\u001f', '') === '') {
            bad.push({
              line,
              problems: [{ reason: 'missing', column: mapping.key.join(', '), value: '' }],
              cells: shortened(cells),
            });
          } else rows.push({ key, version: first + line, row: mapped, line, hash: hashOf(asked + body), body });
        }
      } else bad.push({ line, problems: [faultProblem(fault)], cells });
      if (rows.length + bad.length >= CHUNK_ROWS || end.offset - begin >= CHUNK_BYTES) yield cut();
    }
  }
  yield cut();
}

/** Has the next chunk read while one waits for the one before it to go in: there is always something to do. */
export async function* ahead(chunks: AsyncGenerator<Chunk>): AsyncGenerator<Chunk> {
  let next = chunks.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      next = chunks.next();
      // What goes wrong is thrown where it is awaited.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await chunks.return(undefined);
  }
}

function isProblems(mapped: MappedRow | readonly RowProblem[]): mapped is readonly RowProblem[] {
  return Array.isArray(mapped);
}

function faultProblem(fault: Fault): LineProblem {
  return { reason: fault, column: '', value: '' };
}

function shortened(cells: readonly string[]): string[] {
  return cells.map((cell) => (cell.length > 2_000 ? `${cell.slice(0, 2_000)}…` : cell));
}
