import { HEAD_BYTES, kindOf } from '../../platform/files/kinds.ts';
import { receive, type Taken } from '../../platform/files/receiving.ts';
import type { House } from '../../platform/house/house.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { notTaken, unpackLimits } from './formats/limits.ts';
import { peek } from './formats/reading.ts';
import { IMPORTABLE, unpack } from './formats/unpack.ts';
import { insertUpload, selectKept, type UploadRow } from './records.ts';
import { fileOf } from './source.ts';
import { Turns } from './turns.ts';
import type { Origin } from './vocabulary.ts';

const DAY_MS = 86_400_000;
const IDS_AT_ONCE = 5_000;

export interface Arriving {
  readonly workspaceId: string;
  readonly fileName: string;
  readonly source: AsyncIterable<Uint8Array>;
  /** Of a file; 0 where nothing is said. */
  readonly saidBytes: number;
  /** Which file of an archive, or sheet of a workbook. */
  readonly part: string | undefined;
  /** Whoever sends it is gone. */
  readonly signal?: AbortSignal;
}

/** Where a file lies until its table is unpacked. */
function packedOf(uploadId: string): string {
  return `packed/${uploadId}`;
}

/** Of one file, once it is its turn. */
const DEADLINE_MS = 600_000;
const turns = new Turns();

/**
 * Takes a file in, as the text that imports read: packed files and workbooks are unpacked into it, and only it stays.
 * Throws Problem for what is too large, empty, damaged or no table; nothing of those stays.
 */
export async function takeUpload(house: House, arriving: Arriving): Promise<UploadRow> {
  const { files, config } = house;
  const { workspaceId, fileName, saidBytes, part } = arriving;
  const id = newId('upload', house.clock);
  const { head, all, release } = await peek(arriving.source, HEAD_BYTES);
  const isText = kindOf(head) === 'text';
  const name = isText ? fileOf(id) : packedOf(id);
  let taken: Taken;
  try {
    taken = await receive(files, name, all, {
      kinds: IMPORTABLE,
      maxBytes: config.uploadCapBytes,
      saidBytes,
      otherwise: {
        mend: 'Send CSV, one JSON object per line, XLSX or Parquet, as it is or in a gz, zst or zip archive.',
        code: 'file-no-text',
      },
    });
  } finally {
    // Refused before any of it was read, it would stay open.
    await release();
  }
  let { bytes } = taken;
  let origin: Origin | null = null;
  try {
    if (!isText) {
      const limits = unpackLimits(config.uploadCapBytes);
      const work = () => inTime(arriving.signal, (signal) => unpack(files, name, fileOf(id), limits, part, signal));
      ({ bytes, origin } = await turns.take(workspaceId, arriving.signal, work));
      await files.remove(name);
    }
    const upload = { id, workspaceId, fileName, bytes, origin, createdAt: house.clock.now() };
    await insertUpload(house.records.db, upload);
    return upload;
  } catch (error) {
    // What cannot be removed now stays; why the file was not taken is what is told.
    await Promise.allSettled([files.remove(name), files.remove(fileOf(id))]);
    if (arriving.signal?.aborted !== true) throw error;
    throw new Problem('unavailable', 'The file was not taken: its sender hung up.', { field: 'file' });
  }
}

/** Work that is ended at its deadline, and with whoever asked for it. */
async function inTime<T>(asked: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(notTaken('The file cannot be unpacked: it takes too much time.', 'Split it, or send it as CSV.'));
  }, DEADLINE_MS);
  try {
    return await work(asked === undefined ? late.signal : AbortSignal.any([late.signal, asked]));
  } finally {
    clearTimeout(timer);
  }
}

/** What a crash left of files that were being written or unpacked, and files of a day ago or more that no upload names. */
export async function sweepFiles(house: House): Promise<void> {
  const { files, clock, records } = house;
  const before = clock.now().getTime() - DAY_MS;
  await files.sweep(new Date(before));
  for (const name of await files.list('packed')) if (bornMs(name) < before) await files.remove(name);
  const old = (await files.list('uploads')).filter((name) => bornMs(name) < before);
  for (let at = 0; at < old.length; at += IDS_AT_ONCE) {
    const some = old.slice(at, at + IDS_AT_ONCE);
    const kept = await selectKept(records.db, null, some.map(idOf)); // prettier-ignore
    for (const name of some) if (!kept.has(idOf(name))) await files.remove(name);
  }
}

function idOf(name: string): string {
  return name.split('/').at(-1) ?? name;
}

/** An id begins with its time in milliseconds (UUIDv7). What bears none is not ours to judge. */
function bornMs(name: string): number {
  return Number.parseInt(/_([0-9a-f]{12})/.exec(name)?.[1] ?? '', 16);
}
