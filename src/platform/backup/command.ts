import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { filesPlace, isBucket, openFiles } from '../files/open.ts';
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
import { nameOf, openPlace, within } from './keeping.ts';
import { checkFiles, readManifest, type Manifest } from './manifest.ts';
import { restoreBackup } from './restore.ts';
import { sizeOf, takeBackup } from './take.ts';
import { counted } from '../kernel/words.ts';

const KEY_APART =
  'The key that opens its secrets is not in it: keep a copy of secrets.json of the data directory, or of TOUCHSTONE_SECRET, in another place.';

const say = (step: string): void => terminal.say(`${step} …`);

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
  return `${counted(rows(manifest.records), 'record')}, ${counted(rows(manifest.facts), 'fact')}, ${counted(manifest.files.length, 'file')}, as of ${manifest.at}`;
}

/** A backup that is there, by its folder or its `s3://bucket/prefix`. */
async function openBackup(where: string, config: Config): Promise<Files> {
  if (!isBucket(where) && !(await stat(where).catch(() => undefined))?.isDirectory()) {
    throw new Error(`${where} is no folder.`);
  }
  return openFiles(where, config);
}

/** Whether every file of a backup is as it was written. */
async function checkBackup(where: string, config: Config): Promise<number> {
  const place = await openBackup(where, config);
  const manifest = await readManifest(place);
  await checkFiles(place, manifest);
  terminal.say(`It is whole: ${told(manifest)}.`);
  return EXIT.done;
}

export const backupCommand: Command = {
  name: 'backup',
  summary:
    'Take a backup of everything, also while the server runs; prints where it lies. --check reads one that is there.',
  usage: 'backup [--to PLACE] [--data DIR], or backup --check BACKUP; a folder or s3://bucket/prefix',
  run: async (args, env) => {
    const { values } = readOptions(args, { values: ['to', 'data', 'check'] });
    const config = readConfig(env, values['data'] === undefined ? {} : { dataDir: values['data'] });
    if (values['check'] !== undefined) return checkBackup(values['check'], config);
    const to = values['to'] ?? config.backupTo;
    if (to === undefined) throw new UsageError('--to: say where to, a folder or s3://bucket/prefix, or set BACKUP_TO');
    const name = nameOf(systemClock.now());
    const place = await openPlace(to, config);
    const files = await openFiles(filesPlace(config), config);
    const manifest = await withStores(config, (stores) =>
      takeBackup({ stores, files, place: within(place, name), clock: systemClock, progress: say }),
    );
    terminal.say(`${told(manifest)}: ${sizeOf(manifest)} bytes.`);
    if (manifest.keys.length > 0) terminal.say(KEY_APART);
    terminal.result(isBucket(to) ? `${to.replace(/\/+$/, '')}/${name}` : join(to, name));
    return EXIT.done;
  },
};

export const restoreCommand = (capabilities: readonly Capability[]): Command => ({
  name: 'restore',
  summary: 'Put a backup into an empty data directory (or empty stores) and check that all of it is there.',
  usage: 'restore --from BACKUP [--data DIR] [--secrets FILE | --new-secrets]',
  run: async (args, env) => {
    const { values, flags } = readOptions(args, { values: ['from', 'data', 'secrets'], flags: ['new-secrets'] });
    const { from, secrets } = values;
    const newSecrets = flags.has('new-secrets');
    if (secrets !== undefined && newSecrets) throw new UsageError('--secrets and --new-secrets: only one of them');
    if (from === undefined) throw new UsageError('--from: say which backup');
    const config = readConfig(env, values['data'] === undefined ? {} : { dataDir: values['data'] });
    const place = await openBackup(from, config);
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
        files: await openFiles(filesPlace(config), config),
        progress: say,
      });
    } finally {
      await engines.stop();
    }
  } finally {
    await dataDir.release();
  }
}
