import { randomUUID } from 'node:crypto';
import { factsTime } from '@touchstone/domain/tabular';
import { readWorkspace } from '../../platform/workspaces/facade.ts';
import type { House } from '../../platform/house/house.ts';
import type { JobContext } from '../../platform/jobs/ports.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import type { Facts } from '../../platform/stores/ports.ts';
import { forgetUnit, unit } from '../../platform/stores/units.ts';
import { ahead, type Chunk, readChunks, type ReadRow } from './chunks.ts';
import {
  type ChunkName,
  earlierOccurrences,
  forgetChunks,
  insertErrors,
  insertRows,
  insertStage,
  insertStageAgain,
  type Loading,
  othersBrought,
  type Standing,
  standingRows,
} from './facts.ts';
import { amidChunk, chunksOf, cutOffAmong, forgetChunk, isUndoLost, type Left, leftOf } from './left.ts';
import { leftSince } from './names.ts';
import { dropLeft, dropRows, type Projection, putRows, settle } from './project.ts';
import { type ImportRow, moveImport, nextSeq, saveProgress, selectStopped } from './records.ts';
import { Seen } from './seen.ts';
import type { Counts } from './vocabulary.ts';

/** Tries without a chunk going in before an import is given up. */
const MOST_TRIES = 5;

/**
 * Loads an import from its cursor to its end. Whatever stops it, another try goes on where the last chunk went in;
 * `leave`: the process stops, and somebody has to ask for that try.
 */
export async function load(house: House, started: ImportRow, context: JobContext): Promise<'end' | 'leave'> {
  const { db } = house.records;
  const now = house.clock.now();
  const job = await moveImport(db, started.id, ['queued', 'running'], {
    state: 'running',
    tries: started.tries + 1,
    tryFromBytes: started.bytesRead,
    tryStartedAt: now,
    startedAt: started.startedAt ?? now,
    seq: started.seq ?? (await nextSeq(db)),
  });
  if (job === null) return 'end';
  if (job.tries > MOST_TRIES) {
    await fail(house, job, `It did not get past line ${job.line} in ${MOST_TRIES} tries. The server's log says why.`);
    return 'end';
  }
  try {
    if ((await finishOthers(house, job, context)) === 'leave') return 'leave';
    const target = await targetOf(house, job, await leftOf(db, started));
    const { projection } = target;
    const stopped = await loadChunks(house, job, target, context);
    if (stopped === 'leave') return 'leave';
    await settle(projection);
    await forgetChunk(db, job.id);
    const finishedAt = house.clock.now();
    if (stopped === 'cancelled') await moveImport(db, job.id, ['cancelled'], { finishedAt });
    else await moveImport(db, job.id, ['running'], { state: 'done', finishedAt, bytesRead: job.bytes });
  } catch (error) {
    if (!isFault(error)) throw error;
    await fail(house, job, error.detail);
  }
  return 'end';
}

/** What is wrong with the file or the import, and will be however often it is tried. */
function isFault(error: unknown): error is Problem {
  return error instanceof Problem && error.status < 500;
}

/** What had gone in stays, and is to be seen. */
async function fail(house: House, job: ImportRow, problem: string): Promise<void> {
  const { db } = house.records;
  const cutOff = (await cutOffAmong(db, [job])).length > 0;
  const finishedAt = house.clock.now();
  await moveImport(db, job.id, ['running'], { state: 'failed', problem, finishedAt, cutOff });
  await settle(await projectionOf(house, job));
  await forgetChunk(db, job.id);
}

/**
 * Brings the chunk that a stopped import was cut off in to its end: half of it stands, and the same rows of another file would be
 * taken for those. The import stays stopped. Where that never gets through, the import says so until it is undone.
 */
export async function finish(house: House, stopped: ImportRow, context: JobContext): Promise<'end' | 'leave'> {
  const { db } = house.records;
  const job = await moveImport(db, stopped.id, ['cancelled', 'failed'], { tries: stopped.tries + 1 });
  if (job === null) return 'end';
  try {
    if (job.tries > MOST_TRIES) throw new Problem('conflict', 'The chunk did not go in.');
    const target = await targetOf(house, job, await leftOf(db, job));
    if ((await loadChunks(house, job, target, context)) === 'leave') return 'leave';
    await settle(target.projection);
  } catch (error) {
    if (!isFault(error)) throw error;
    await moveImport(db, job.id, ['cancelled', 'failed'], { cutOff: true });
  }
  await forgetChunk(db, job.id);
  return 'end';
}

/**
 * Before rows of a kind go in, no other import of it may stand half. Throws Problem where one does, cannot be mended and can be
 * undone; one that retention has left nothing to undo of keeps no other back.
 */
async function finishOthers(house: House, job: ImportRow, context: JobContext): Promise<'end' | 'leave'> {
  const { db } = house.records;
  const stopped = async () =>
    (await selectStopped(db, job, await amidChunk(db))).filter((other) => other.id !== job.id);
  for (const other of await cutOffAmong(db, await stopped())) {
    if ((await finish(house, other, context)) === 'leave') return 'leave';
  }
  for (const half of await stopped()) {
    if (!half.cutOff || (await isUndoLost(house, half))) continue;
    throw new Problem(
      'conflict',
      `The import of ${half.fileName} was cut off while rows of it went in, and some of them may be missing. Undo it, then load this file again.`,
    );
  }
  return 'end';
}

export async function projectionOf(house: House, job: ImportRow): Promise<Projection> {
  const workspace = await readWorkspace(house, job.workspaceId);
  if (workspace === null) throw new Problem('not-found', 'The workspace of this import is gone.');
  const { kind, mapping } = job;
  return { house, workspace, kind, mapping, source: job.id, at: factsTime(job.createdAt.getTime()) };
}

/** While one chunk goes in, the next are read. `leave`: the process stops; the job is done again later. */
async function loadChunks(
  house: House,
  job: ImportRow,
  target: Target,
  { signal }: JobContext,
): Promise<'end' | 'cancelled' | 'leave'> {
  let counts = job.counts;
  let writing: Promise<'running' | 'cancelled'> = Promise.resolve('running');
  const write = (chunk: Chunk): Promise<'running' | 'cancelled'> =>
    unit(house.records, chunksOf(job.id), async () => {
      const written = await writeChunk(house, target, chunk);
      house.watch.count('import_rows', written.rows);
      counts = add(counts, written);
      const { offset, line } = chunk.end;
      const bytesRead = Math.min(chunk.bytesRead, job.bytes);
      const progress = { chunk: chunk.no + 1, offset, line, counts, bytesRead };
      return (await saveProgress(house.records.db, job.id, progress)) === 'running' ? 'running' : 'cancelled';
    });
  try {
    for await (const chunk of ahead(readChunks(house.files, job, target.projection.workspace.zone))) {
      if ((await writing) === 'cancelled') return 'cancelled';
      if (signal.aborted) return 'leave';
      writing = write(chunk);
      // Read on meanwhile; what goes wrong is thrown where it is awaited.
      writing.catch(() => undefined);
    }
    return (await writing) === 'cancelled' ? 'cancelled' : 'end';
  } finally {
    // The next try must not find this one still writing.
    await writing.catch(() => undefined);
  }
}

function add(a: Counts, b: Counts): Counts {
  return {
    rows: a.rows + b.rows,
    added: a.added + b.added,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
    repeated: a.repeated + b.repeated,
    bad: a.bad + b.bad,
  };
}

/** Where chunks go, and what is known of the rows that stand there. */
interface Target {
  readonly loading: Loading;
  readonly projection: Projection;
  /** Whether rows have a key of their own. */
  readonly named: boolean;
  /** Whether rows of other imports may stand already: one import at a time writes into a workspace. */
  readonly others: boolean;
  readonly seen: Seen;
  /** Where this try begins, and what those before it may have left there. */
  readonly first: { readonly chunk: number; readonly line: number; readonly left: Left };
}

async function targetOf(house: House, job: ImportRow, left: Left): Promise<Target> {
  const projection = await projectionOf(house, job);
  const { id, workspaceId, kind, mapping } = job;
  const loading: Loading = { workspaceId, importId: id, kind };
  const others = await othersBrought(house.facts, loading);
  const seen = new Seen({ whole: !others && job.chunk === 0 });
  const first = { chunk: job.chunk, line: job.line, left };
  return { loading, projection, named: mapping.key.length > 0, others, seen, first };
}

/**
 * Puts one chunk in: what it holds that is new, or other than before, becomes current. Every step may be done again:
 * what this chunk wrote on an earlier try is left out of "before", so the same rows are chosen, and inserts of the same
 * token count once. What an earlier try wrote that this one does not is taken away first.
 */
async function writeChunk(house: House, target: Target, chunk: Chunk): Promise<Counts> {
  const { facts } = house;
  const { loading, projection, first } = target;
  const { rows } = chunk;
  const left = chunk.no === first.chunk ? first.left : 'nothing';
  if (left === 'other chunk') await forgetChunks(facts, loading, first);
  // It says which lines these are: a chunk of other lines is never taken for one that went in.
  const token = `${chunksOf(loading.importId)}:${chunk.no}:${chunk.end.line}`;
  const name: ChunkName = { no: chunk.no, token };
  const standing = await lookUp(facts, target, name, rows, left);
  const last = new Map<string, ReadRow>();
  for (const row of rows) last.set(row.key, row);
  const gone = await leftSince(house, loading, last.values(), standing);

  const fresh: ReadRow[] = [];
  const again: ReadRow[] = [];
  const elsewhere: ReadRow[] = [];
  const replaced = new Map<string, ReadRow[]>();
  let changed = 0;
  let unchanged = 0;
  for (const row of last.values()) {
    const before = gone.has(row.key) ? undefined : standing.get(row.key);
    if (before === undefined) fresh.push(row);
    else if (before.hash === row.hash || before.version > row.version) {
      unchanged++;
      if (before.importId !== loading.importId) elsewhere.push(row);
    } else {
      changed++;
      if (before.importId === loading.importId) again.push(row);
      else {
        fresh.push(row);
        const others = replaced.get(before.importId);
        if (others === undefined) replaced.set(before.importId, [row]);
        else others.push(row);
      }
    }
  }
  // Another import may have come between the tries.
  if (left !== 'nothing') await dropLeft(projection, elsewhere);
  if (left === 'other chunk') {
    await dropLeft(projection, fresh);
    // From here on this chunk has begun: another try finds what it wrote, and keeps it.
    await forgetUnit(house.records.db, loading.importId);
  }
  await Promise.all([
    insertRows(facts, loading, name, again.length === 0 ? fresh : [...fresh, ...again]),
    insertErrors(facts, loading, name, chunk.bad),
    putRows(projection, fresh, token, replaced),
  ]);
  if (again.length > 0) {
    // A key that an earlier chunk of this very file wrote: taken away first, so no token may hold the new row back.
    await dropRows(projection, again);
    await putRows(projection, again, `${token}:${randomUUID()}`, new Map());
  }
  return {
    rows: rows.length + chunk.bad.length,
    added: fresh.length + again.length - changed,
    changed,
    unchanged,
    repeated: rows.length - last.size,
    bad: chunk.bad.length,
  };
}

/**
 * What stood there of a chunk's rows. Rows without a key get one: their content and their number among equal ones of the file.
 * Only what may have come before is looked up; of a first file of its kind that is next to nothing.
 */
async function lookUp(
  facts: Facts,
  { loading, named, others, seen }: Target,
  chunk: ChunkName,
  rows: readonly ReadRow[],
  left: Left,
): Promise<Map<string, Standing>> {
  const names = rows.map((r) => (named ? r.key : r.hash));
  const doubtful = seen.meet(names);
  await (left === 'nothing' ? insertStage : insertStageAgain)(facts, loading, chunk, doubtful);
  const none = doubtful.length === 0;
  if (!named) numberEqual(rows, none ? new Map() : await earlierOccurrences(facts, loading, chunk.no));
  // Rows that are known by their content and number stand already only where another import brought them.
  if (none || (!named && !others)) return new Map();
  return standingRows(facts, loading, chunk.no, named ? 'key' : 'hash');
}

/** @param seen how often each content came before; counted on */
function numberEqual(rows: readonly ReadRow[], seen: Map<string, number>): void {
  for (const row of rows) {
    const n = (seen.get(row.hash) ?? 0) + 1;
    seen.set(row.hash, n);
    row.key = `#${row.hash}#${n}`;
  }
}
