import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, closeSync, fchownSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { chown, mkdir, mkdtemp, open, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { commandAs, engineUser, type EngineUser } from './engine-user.ts';
import { writeDurably } from './durable.ts';

const run = promisify(execFile);

export const POSTGRES_USER = 'touchstone';

/** A cluster of PostgreSQL that nobody has used, to be copied; see decisions/0015. */
export interface ClusterTemplate {
  /** Its own, until a copy is given another. */
  readonly password: string;
  /** Relative to the cluster, each after the one it lies in. */
  readonly folders: readonly string[];
  readonly files: readonly { readonly path: string; readonly bytes: Buffer }[];
}

const head = z.object({
  machine: z.string(),
  password: z.string().min(20),
  folders: z.array(z.string()),
  /** Where each file's bytes begin after this line, and how many they are: files that are alike share them. */
  files: z.array(z.tuple([z.string(), z.number(), z.number()])),
});

/** Clusters are of one kind of machine: numbers lie in them as it has them. */
const MACHINE = `${process.platform} ${process.arch}`;
const DIGEST_BYTES = 32;
/** Files that are made durable at a time. */
const SYNCED_AT_ONCE = 8;

/** Makes a cluster in a folder that is not there yet. Throws an Error with what `initdb` said. */
export async function makeCluster(
  folder: string,
  password: string,
  binDir: string,
  user: EngineUser | null,
): Promise<void> {
  const passwordFile = `${folder}.password`;
  await rm(passwordFile, { force: true });
  await mkdir(folder, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  if (user !== null) for (const path of [folder, passwordFile]) await chown(path, user.uid, user.gid);
  const asked = [
    `--pgdata=${folder}`,
    '--auth=scram-sha-256',
    `--username=${POSTGRES_USER}`,
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale-provider=icu',
    '--icu-locale=und',
    '--locale=C',
    '--lc-messages=C',
    '--no-instructions',
  ];
  try {
    const { command, args, ...ids } = await commandAs(user, join(binDir, 'initdb'), asked, folder);
    await run(command, [...args], { ...ids, cwd: dirname(folder) });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Makes a cluster, as for this machine and user, and puts it into one file. */
export async function writeClusterTemplate(file: string, binDir: string): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), 'touchstone-cluster-'));
  try {
    const user = await engineUser(place);
    if (user !== null) await chown(place, user.uid, user.gid);
    const cluster = join(place, 'data');
    const password = randomBytes(24).toString('base64url');
    await makeCluster(cluster, password, binDir, user);
    await packCluster(cluster, password, file);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Puts a cluster that nobody runs, and its password, into a file for `readClusterTemplate`. */
export async function packCluster(cluster: string, password: string, file: string): Promise<void> {
  const folders: string[] = [];
  const files: [string, number, number][] = [];
  const places = new Map<string, number>();
  const pieces: Buffer[] = [];
  let length = 0;
  const entries = await readdir(cluster, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ entry, path: relative(cluster, join(entry.parentPath, entry.name)) }));
  for (const { entry, path } of paths.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    if (entry.isDirectory()) {
      folders.push(path);
      continue;
    }
    const bytes = await readFile(join(cluster, path));
    const digest = createHash('sha256').update(bytes).digest('hex');
    const place = places.get(digest) ?? length;
    if (place === length) {
      places.set(digest, place);
      pieces.push(bytes);
      length += bytes.length;
    }
    files.push([path, place, bytes.length]);
  }
  const first = { machine: MACHINE, password, folders, files } satisfies z.infer<typeof head>;
  const content = Buffer.concat([Buffer.from(`${JSON.stringify(first)}\n`), ...pieces]);
  await writeDurably(file, Buffer.concat([createHash('sha256').update(content).digest(), content]), 0o644);
}

/** The template in a file; null where there is none, or it is damaged, or was made on another kind of machine. */
export async function readClusterTemplate(file: string): Promise<ClusterTemplate | null> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null || bytes.length <= DIGEST_BYTES) return null;
  const content = bytes.subarray(DIGEST_BYTES);
  if (!createHash('sha256').update(content).digest().equals(bytes.subarray(0, DIGEST_BYTES))) return null;
  const end = content.indexOf('\n');
  const { machine, password, folders, files } = head.parse(JSON.parse(content.toString('utf8', 0, end)));
  if (machine !== MACHINE) return null;
  const blobs = content.subarray(end + 1);
  return {
    password,
    folders,
    files: files.map(([path, at, length]) => ({ path, bytes: blobs.subarray(at, at + length) })),
  };
}

/**
 * Writes a template out into a folder that is not there yet. Not durable: see `syncCluster`. A thousand small files are
 * written soonest one after the other, and nothing else waits at a first start.
 */
export function copyCluster({ folders, files }: ClusterTemplate, to: string, user: EngineUser | null): void {
  for (const folder of ['', ...folders]) {
    const path = join(to, folder);
    mkdirSync(path, { mode: 0o700 });
    if (user !== null) chownSync(path, user.uid, user.gid);
  }
  for (const { path, bytes } of files) {
    const file = openSync(join(to, path), 'wx', 0o600);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      if (user !== null) fchownSync(file, user.uid, user.gid);
    } finally {
      closeSync(file);
    }
  }
}

/** Makes all of a copy durable. PostgreSQL may run over it: what it has taken away meanwhile is its own affair. */
export async function syncCluster({ folders, files }: ClusterTemplate, cluster: string): Promise<void> {
  const left = [...files.map(({ path }) => path), ...folders, ''];
  const work = async (): Promise<void> => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) await syncOne(join(cluster, path));
  };
  await Promise.all(Array.from({ length: SYNCED_AT_ONCE }, work));
}

async function syncOne(path: string): Promise<void> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  try {
    await file?.sync();
  } finally {
    await file?.close();
  }
}

/** Whether there is a cluster. */
export async function isCluster(folder: string): Promise<boolean> {
  return (await stat(join(folder, 'PG_VERSION')).catch(() => null)) !== null;
}
