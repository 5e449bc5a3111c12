import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolder } from '../files/folder.ts';
import type { Files } from '../files/ports.ts';
import type { Capability, Command, StoreAddresses } from '../house/house.ts';
import { systemClock } from '../kernel/clock.ts';
import { readConfig, type Config } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { readOptions } from '../cli/options.ts';
import { EXIT, UsageError, terminal } from '../cli/terminal.ts';
import { DataDirOwned, ownerOf, takeDataDir } from '../stores/data-dir.ts';
import { openEngines, runningStores } from '../stores/engines.ts';
import { writeDurably } from '../stores/durable.ts';
import { FILE as KEY_FILE } from '../vault/keys.ts';
import { nameOf, within } from './keeping.ts';
import { checkFiles, readManifest, type Manifest } from './manifest.ts';
import { restoreBackup } from './restore.ts';
import { sizeOf, takeBackup } from './take.ts';

const KEY_APART =
  'The key that opens its secrets is not in it: keep a copy of secrets.json of the data directory, or of TOUCHSTONE_SECRET, in another place.';

const say = (step: string): void => terminal.say(`${step} …`);

function filesOf(config: Config): string {
  return config.filesDir ?? join(config.dataDir, 'files');
}

/** Lends the stores of a data directory: those that a server runs, else those this process starts for the while. */
async function withStores<T>(config: Config, work: (stores: StoreAddresses) => Promise<T>): Promise<T> {
  const owner = await ownerOf(config.dataDir, systemClock);
  if (owner !== null) return work(await runningStores(config.dataDir));
  if (config.databaseUrl === undefined && !(await holdsData(config.dataDir))) {
    throw new Error(`${config.dataDir} holds nothing: name the data directory with --data.`);
  }
  const dataDir = await takeDataDir(config.dataDir, 'nothing: a backup is being taken', systemClock);
  try {
    say('Starting the stores');
    const engines = await openEngines(config, dataDir, silentLog);
    try {
      return await work(engines);
    } finally {
      await engines.stop();
    }
  } finally {
    await dataDir.release();
  }
}

async function holdsData(dir: string): Promise<boolean> {
  return (await readdir(dir).catch(() => [])).length > 0;
}

function told(manifest: Manifest): string {
  const rows = (tables: readonly { rows: number }[]): number => tables.reduce((sum, t) => sum + t.rows, 0);
  return `${rows(manifest.records)} records, ${rows(manifest.facts)} facts, ${manifest.files.length} files, as of ${manifest.at}`;
}

async function openBackup(folder: string): Promise<Files> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw new Error(`${folder} is no folder.`);
  return openFolder(folder);
}

/** Whether every file of a backup is as it was written. */
async function checkBackup(folder: string): Promise<number> {
  const place = await openBackup(folder);
  const manifest = await readManifest(place);
  await checkFiles(place, manifest);
  terminal.say(`It is whole: ${told(manifest)}.`);
  return EXIT.done;
}

export const backupCommand: Command = {
  name: 'backup',
  summary:
    'Take a backup of everything, also while the server runs; prints its folder. --check reads one that is there.',
  usage: 'backup [--to FOLDER] [--data DIR], or backup --check FOLDER',
  run: async (args, env) => {
    const { values } = readOptions(args, { values: ['to', 'data', 'check'] });
    if (values['check'] !== undefined) return checkBackup(values['check']);
    const config = readConfig(env, values['data'] === undefined ? {} : { dataDir: values['data'] });
    const to = values['to'] ?? config.backupTo;
    if (to === undefined) throw new UsageError('--to: say into which folder, or set BACKUP_TO');
    const name = nameOf(systemClock.now());
    const place = await openFolder(to);
    const files = await openFolder(filesOf(config));
    const manifest = await withStores(config, (stores) =>
      takeBackup({ stores, files, place: within(place, name), clock: systemClock, progress: say }),
    );
    terminal.say(`${told(manifest)}: ${sizeOf(manifest)} bytes.`);
    if (manifest.keys.length > 0) terminal.say(KEY_APART);
    terminal.result(join(to, name));
    return EXIT.done;
  },
};

export const restoreCommand = (capabilities: readonly Capability[]): Command => ({
  name: 'restore',
  summary: 'Put a backup into an empty data directory (or empty stores) and check that all of it is there.',
  usage: 'restore --from FOLDER [--data DIR] [--secrets FILE | --new-secrets]',
  run: async (args, env) => {
    const { values, flags } = readOptions(args, { values: ['from', 'data', 'secrets'], flags: ['new-secrets'] });
    const { from, secrets } = values;
    const newSecrets = flags.has('new-secrets');
    if (secrets !== undefined && newSecrets) throw new UsageError('--secrets and --new-secrets: only one of them');
    if (from === undefined) throw new UsageError('--from: say which backup');
    const config = readConfig(env, values['data'] === undefined ? {} : { dataDir: values['data'] });
    const place = await openBackup(from);
    // Before anything is begun: a backup that cannot be restored leaves no trace.
    const manifest = await readManifest(place);
    if (await holdsData(config.dataDir)) {
      throw new Error(`${config.dataDir} holds something already. A backup is restored into an empty directory only.`);
    }
    try {
      await restoreInto(config, capabilities, { place, manifest, secrets, newSecrets });
    } catch (error) {
      // What somebody else has begun there meanwhile is theirs.
      if (error instanceof DataDirOwned) throw error;
      // The directory itself may be a place somebody mounted.
      for (const name of await readdir(config.dataDir).catch(() => [])) {
        await rm(join(config.dataDir, name), { recursive: true, force: true });
      }
      throw error;
    }
    terminal.say(`All of it is there: ${told(manifest)}. ./touchstone serve --data ${config.dataDir} serves it.`);
    return EXIT.done;
  },
});

interface Source {
  readonly place: Files;
  readonly manifest: Manifest;
  /** The old installation's key file. */
  readonly secrets: string | undefined;
  readonly newSecrets: boolean;
}

async function restoreInto(
  config: Config,
  capabilities: readonly Capability[],
  { secrets, ...source }: Source,
): Promise<void> {
  const dataDir = await takeDataDir(config.dataDir, 'nothing: a backup is being restored', systemClock);
  try {
    if (secrets !== undefined) await writeDurably(join(dataDir.path, KEY_FILE), await readFile(secrets, 'utf8'), 0o600);
    say('Starting the stores');
    const engines = await openEngines(config, dataDir, silentLog);
    try {
      await restoreBackup({
        ...source,
        config: { ...config, dataDir: dataDir.path },
        capabilities,
        stores: engines,
        files: await openFolder(filesOf(config)),
        progress: say,
      });
    } finally {
      await engines.stop();
    }
  } finally {
    await dataDir.release();
  }
}
