import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import type { Files } from '../files/ports.ts';
import { composeHouse } from '../house/compose.ts';
import type { Capability, StoreAddresses } from '../house/house.ts';
import { waitingJob, type WaitingJob } from '../jobs/waiting.records.ts';
import type { Config } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { ensureFactsDatabase } from '../stores/databases.ts';
import { FactsDump } from '../stores/dump-facts.ts';
import { RecordsDump, type Sum } from '../stores/dump-records.ts';
import { openFacts } from '../stores/facts.ts';
import { migrateFacts, migrateRecords, recordsMigrations } from '../stores/migrate.ts';
import type { FactsMigration } from '../stores/ports.ts';
import { openRecords } from '../stores/records.ts';
import { knownKeys } from '../vault/keys.ts';
import { checkFiles, type Manifest } from './manifest.ts';
import { holdsSealed, keysOf } from './sealed.ts';

const NO_KEY =
  'Secrets in the backup are sealed with a key that is not here. Give secrets.json of the old data directory with --secrets FILE, or set ' +
  'TOUCHSTONE_SECRET to what it was. Where both are lost, --new-secrets leaves those secrets behind: second factors and sign-in providers have to be set up anew.';

export interface LoadOptions {
  readonly stores: StoreAddresses;
  /** The house's own files, empty. */
  readonly files: Files;
  readonly place: Files;
  readonly manifest: Manifest;
  /** The names of the keys this place has, or that secrets sealed with another are left behind. */
  readonly keys: readonly string[] | 'leave others behind';
  /** Every migration of the facts that this program knows, in order. */
  readonly factsMigrations: readonly FactsMigration[];
  readonly progress?: (step: string) => void;
}

/** The migrations a backup's schema was made by. Throws in words where this program does not know one of them. */
function knownOf(all: readonly FactsMigration[], names: readonly string[]): FactsMigration[] {
  const known = new Set(all.map((m) => m.name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new Error(
      `The backup was made by a newer Touchstone (its schema has ${unknown}): restore it with that one, or a later one.`,
    );
  }
  return all.filter((m) => names.includes(m.name));
}

function same(what: string, read: Sum, written: Sum): void {
  if (read.rows !== written.rows || read.hash !== written.hash) {
    throw new Error(
      `${what}: ${written.rows} rows were backed up and ${read.rows} stand there now, or others than those.`,
    );
  }
}

/**
 * Puts a backup into two empty stores, in the schema it was taken from, and checks every table against what was written
 * down. Opening the house afterwards brings the schema up to date. Gives the jobs that waited.
 * Throws in words; what was put by then is of no use.
 */
export async function loadBackup(options: LoadOptions): Promise<WaitingJob[]> {
  const { stores, files, place, manifest, factsMigrations, progress = () => undefined } = options;
  const recordsKnown = knownOf(recordsMigrations, manifest.schema.records);
  const factsKnown = knownOf(factsMigrations, manifest.schema.facts);
  const { keys } = options;
  if (keys !== 'leave others behind' && !manifest.keys.every((key) => keys.includes(key))) throw new Error(NO_KEY);
  progress('Checking the backup');
  await checkFiles(place, manifest);
  const facts = new FactsDump(stores.facts);
  await ensureFactsDatabase(stores.facts);
  const records = await RecordsDump.connect(stores.recordsUrl);
  try {
    if (!(await records.isEmpty()) || !(await facts.isEmpty()) || (await files.list()).length > 0) {
      throw new Error('Something stands there already. A backup is restored into an empty place only.');
    }
    await makeSchema(stores, recordsKnown, factsKnown);

    progress('Putting the records back');
    await records.beginLoading();
    for (const table of manifest.records) {
      const source = await unpacked(place, table.file);
      if (keys === 'leave others behind' && holdsSealed(table)) {
        // A row whose secret nobody can open: a second factor, a sign-in provider, what signs the cookies.
        await records.load(table, source, (line) => keysOf(table, line).length === 0);
        continue;
      }
      await records.load(table, source);
      same(table.name, await records.sum(table), table);
    }
    await records.setSequences(manifest.sequences);
    await records.commit();

    progress('Putting the facts back');
    for (const table of manifest.facts) {
      if (table.rows > 0) await facts.load(table, await unpacked(place, table.file));
      same(table.name, await facts.sum(table, false), table);
    }

    progress('Putting the files back');
    for (const file of manifest.files) await files.put(file.name, await place.open(file.file));
  } finally {
    await Promise.allSettled([records.end(), facts.close()]);
  }
  const lines = (await text(await unpacked(place, manifest.jobs.file))).split('\n').filter((line) => line !== '');
  return lines.map((line) => waitingJob.parse(JSON.parse(line)));
}

export interface RestoreOptions extends Omit<LoadOptions, 'factsMigrations' | 'keys'> {
  /** Secrets sealed with a key that is not here are left behind. */
  readonly newSecrets?: boolean;
  readonly config: Config;
  readonly capabilities: readonly Capability[];
}

/** Puts a backup into empty stores and brings what it held up to this program: schema, mirrors, jobs. */
export async function restoreBackup({ config, capabilities, newSecrets, ...options }: RestoreOptions): Promise<void> {
  const { stores, progress = () => undefined } = options;
  const jobs = await loadBackup({
    ...options,
    keys: newSecrets === true ? 'leave others behind' : await knownKeys(config),
    factsMigrations: capabilities.flatMap((c) => c.facts ?? []),
  });
  progress('Bringing it up to date');
  const composed = await composeHouse({ config, stores, capabilities, log: silentLog, background: false });
  try {
    for (const { plugged } of composed.living) await plugged.restored?.();
    await composed.jobs.putBack(jobs);
  } finally {
    await composed.stop();
  }
}

async function unpacked(place: Files, file: string): Promise<Readable> {
  const source = await place.open(file);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

async function makeSchema(
  stores: LoadOptions['stores'],
  recordsKnown: readonly FactsMigration[],
  factsKnown: readonly FactsMigration[],
): Promise<void> {
  const records = openRecords(stores.recordsUrl, silentLog, { max: 1 });
  const facts = openFacts(stores.facts);
  try {
    await migrateRecords(records.pool, recordsKnown);
    await migrateFacts(facts, factsKnown);
  } finally {
    await Promise.all([records.close(), facts.close()]);
  }
}
