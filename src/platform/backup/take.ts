import { createHash } from 'node:crypto';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { isPassing } from '../files/names.ts';
import type { Files } from '../files/ports.ts';
import type { StoreAddresses } from '../house/house.ts';
import type { Clock } from '../kernel/clock.ts';
import { silentLog } from '../kernel/log.ts';
import { Problem } from '../kernel/problem.ts';
import { selectWaitingJobs } from '../jobs/waiting.records.ts';
import { FactsDump, type FactsTable } from '../stores/dump-facts.ts';
import { RecordsDump } from '../stores/dump-records.ts';
import { openRecords } from '../stores/records.ts';
import { betweenUnits } from '../stores/units.ts';
import {
  BACKUP_FORMAT,
  filesOf,
  MANIFEST,
  sealed,
  type Manifest,
  type ManifestBody,
  type StoredFile,
} from './manifest.ts';
import { holdsSealed, keysOf, watched } from './sealed.ts';

export interface TakeOptions {
  readonly stores: StoreAddresses;
  /** The house's own files. */
  readonly files: Files;
  /** Where the backup goes: an empty folder. */
  readonly place: Files;
  readonly clock: Clock;
  readonly progress?: (step: string) => void;
  readonly signal?: AbortSignal;
  /** How long work that is under way is waited for. */
  readonly patienceMs?: number;
}

/** The job that takes backups: one that is being taken is nothing to go on with elsewhere. */
export const TAKE_BACKUP = 'backup.take';

const PATIENCE_MS = 600_000;
const AGAIN_MS = 250;

/** What the two stores held at one moment, kept until it is read. */
interface Held {
  readonly at: Date;
  readonly sequences: Record<string, string>;
  readonly fileNames: readonly string[];
}

/**
 * Takes a backup while all goes on. Both stores are held at one moment between units of work (units.ts): PostgreSQL by a
 * snapshot, ClickHouse by copies that share their files with the tables. Sequences are read after both, so that a number
 * of something either store shows is never given again. The manifest is written last: without it there is no backup.
 */
export async function takeBackup(options: TakeOptions): Promise<Manifest> {
  const { stores, place, files, signal, progress = () => undefined } = options;
  const facts = new FactsDump(stores.facts);
  const turn = await RecordsDump.connect(stores.recordsUrl);
  const records = await RecordsDump.connect(stores.recordsUrl);
  let holding = false;
  try {
    if (!(await turn.takeTurn('backup'))) throw new Error('Another backup is being taken: wait for its end.');
    progress('Waiting for a moment between two units of work');
    const factsTables = await facts.tables();
    await facts.letGo();
    holding = true;
    const held = await hold(options, records, facts, factsTables);
    const keep = storing(place, signal);

    progress('Copying the records');
    const keys = new Set<string>();
    const recordsPart: ManifestBody['records'] = [];
    for (const table of await records.tables()) {
      const sum = await records.sum(table);
      const hear = (line: string): void => keysOf(table, line).forEach((key) => keys.add(key));
      const lines = holdsSealed(table) ? watched(records.read(table), hear) : records.read(table);
      const stored = await keep(`records/${table.name}.ndjson.gz`, Readable.from(lines), 'pack');
      recordsPart.push({ ...table, columns: [...table.columns], ...sum, ...stored });
    }
    const waiting = (await selectWaitingJobs(records.db)).filter((j) => j.name !== TAKE_BACKUP);
    const jobs = await keep('jobs.ndjson.gz', Readable.from(waiting.map((j) => `${JSON.stringify(j)}\n`)), 'pack');

    progress('Copying the facts');
    const factsPart: ManifestBody['facts'] = [];
    for (const table of factsTables) {
      const sum = await facts.sum(table, true);
      const stored = await keep(`facts/${table.name}.native.gz`, await facts.read(table), 'pack');
      factsPart.push({ name: table.name, columns: [...table.columns], ...sum, ...stored });
    }

    progress('Copying the files');
    const filesPart: ManifestBody['files'] = [];
    for (const name of held.fileNames) {
      const source = await openStill(files, name);
      if (source === null) continue;
      const number = String(filesPart.length + 1).padStart(6, '0');
      filesPart.push({ name, ...(await keep(`files/${number}`, source, 'as it is')) });
    }

    const manifest = sealed({
      format: BACKUP_FORMAT,
      at: held.at.toISOString(),
      schema: { records: await records.migrations(), facts: await facts.migrations() },
      records: recordsPart,
      facts: factsPart,
      sequences: held.sequences,
      keys: [...keys],
      jobs: { rows: waiting.length, ...jobs },
      files: filesPart,
    });
    await place.put(MANIFEST, `${JSON.stringify(manifest, null, 1)}\n`);
    return manifest;
  } finally {
    if (holding) await facts.letGo().catch(() => undefined);
    await Promise.allSettled([facts.close(), records.end()]);
    await turn.end();
  }
}

/** Comes between all units of work and holds both stores there; work that was cut off is waited for. */
async function hold(
  { stores, files, clock, signal, patienceMs = PATIENCE_MS }: TakeOptions,
  records: RecordsDump,
  facts: FactsDump,
  tables: readonly FactsTable[],
): Promise<Held> {
  const gate = openRecords(stores.recordsUrl, silentLog, { max: 1 });
  const end = performance.now() + patienceMs;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const held = await gate.transaction(async (tx): Promise<Held | { readonly cutOff: readonly string[] }> => {
        await betweenUnits(tx, patienceMs);
        await records.begin();
        const cutOff = await records.openUnits();
        if (cutOff.length > 0) {
          await records.commit();
          return { cutOff };
        }
        const at = clock.now();
        await facts.hold(tables);
        return {
          at,
          sequences: await records.sequences(),
          fileNames: (await files.list()).filter((name) => !isPassing(name)),
        };
      });
      if ('at' in held) return held;
      if (performance.now() > end) {
        throw new Error(
          `Work was cut off and has not been gone on with: ${held.cutOff.join(', ')}. A backup can be taken when it is done or cancelled.`,
        );
      }
      await pause(AGAIN_MS);
    }
  } finally {
    await gate.close();
  }
}

/** Null where it was removed meanwhile: nobody needs it. One that cannot be read now is no reason to go on without it. */
async function openStill(files: Files, name: string): Promise<Readable | null> {
  try {
    return await files.open(name);
  } catch (error) {
    if (error instanceof Problem && error.type === 'not-found') return null;
    throw error;
  }
}

type Keep = (file: string, source: Readable, how: 'pack' | 'as it is') => Promise<StoredFile>;

/** Writes files of a backup and tells what was written. */
function storing(place: Files, signal: AbortSignal | undefined): Keep {
  return async (file, source, how) => {
    const hash = createHash('sha256');
    let bytes = 0;
    const measured = new Transform({
      transform: (chunk: Buffer, _, done) => {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    const packed = how === 'pack' ? createGzip({ level: 3 }) : new PassThrough();
    const written = pipeline(source, packed, measured, { ...(signal === undefined ? {} : { signal }) });
    // `put` throws what breaks the line; this is heard so that it is not thrown twice.
    written.catch(() => undefined);
    await place.put(file, measured);
    await written;
    return { file, bytes, sha256: hash.digest('hex') };
  };
}

/** How large a backup is, in bytes. */
export function sizeOf(manifest: Manifest): number {
  return filesOf(manifest).reduce((sum, f) => sum + f.bytes, 0);
}
