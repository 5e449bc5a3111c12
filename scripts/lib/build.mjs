import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { withLock } from './lock.mjs';
import { bundleServer, bundleWeb } from './bundles.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = ['src', 'packages', 'demo', 'scripts/lib', 'package-lock.json', 'package.json'];
/** Older builds than these go, once no server of a while ago can still be reading them. */
const KEPT = 4;
const KEPT_MS = 3_600_000;
const CLUSTER_MS = 120_000;

/**
 * Builds the server (`dist/server`) and the web app (`dist/web`) unless what lies there was built from these sources.
 * Each build gets a folder of its own, `dist/builds/<stamp>`, and `dist/server` and `dist/web` are links that change
 * in one step: a running server keeps the files it started from, and two builds at once do not meet.
 * @param {{ force?: boolean, say?: (line: string) => void }} [options]
 * @returns {Promise<{ stamp: string, built: boolean, ms: number }>}
 */
export async function ensureBuilt({ force = false, say = () => {} } = {}) {
  const started = performance.now();
  const done = (stamp, built) => ({ stamp, built, ms: Math.round(performance.now() - started) });
  if (!force && current(stampOf())) return done(stampOf(), false);
  mkdirSync(join(root, 'dist/builds'), { recursive: true });
  return withLock(join(root, 'dist/.building'), async () => {
    const stamp = stampOf();
    if (!force && current(stamp)) return done(stamp, false);
    say('Building the server and the web app …');
    const folder = join(root, 'dist/builds', `${stamp}-${process.pid}`);
    rmSync(folder, { recursive: true, force: true });
    try {
      await bundleServer(root, join(folder, 'server'));
      const migrations = join(root, 'src/platform/stores/migrations');
      if (existsSync(migrations)) cpSync(migrations, join(folder, 'server/migrations'), { recursive: true });
      await bundleWeb(root, join(folder, 'web'));
      const compressed = compress(join(folder, 'web'));
      prepareCluster(folder, say);
      await compressed;
      writeFileSync(join(folder, 'stamp'), stamp);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    point(join(root, 'dist/server'), join(folder, 'server'));
    point(join(root, 'dist/web'), join(folder, 'web'));
    prune(folder);
    return done(stamp, true);
  });
}

/** A cluster of PostgreSQL for first starts to copy. Where none can be made here, each makes its own. */
function prepareCluster(folder, say) {
  const args = [join(folder, 'server/cluster.js'), join(folder, 'cluster')];
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore', timeout: CLUSTER_MS });
  if (status !== 0) say('No cluster of PostgreSQL could be made here: a first start takes a second longer.');
}

/** One digest of everything the bundles are made from; tests and documents are no part of them. */
export function stampOf() {
  const hash = createHash('sha256').update(process.version.split('.')[0] ?? '');
  for (const source of SOURCES) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true }).map((name) => join(path, String(name)))
      : [path];
    for (const file of files.toSorted()) {
      if (/\.test\.tsx?$|\.md$/.test(file) || file.split(sep).includes('node_modules') || !statSync(file).isFile())
        continue;
      hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function current(stamp) {
  return ['server', 'web'].every((part) => {
    const folder = linkedTo(join(root, 'dist', part));
    if (folder === undefined || !existsSync(folder)) return false;
    const note = join(dirname(folder), 'stamp');
    return existsSync(note) && readFileSync(note, 'utf8') === stamp;
  });
}

function point(link, target) {
  const next = `${link}.${process.pid}`;
  rmSync(next, { recursive: true, force: true });
  symlinkSync(target, next, 'junction');
  if (existsSync(link) && linkedTo(link) === undefined) rmSync(link, { recursive: true });
  renameSync(next, link);
}

function linkedTo(path) {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function prune(newest) {
  const builds = join(root, 'dist/builds');
  const old = readdirSync(builds)
    .map((name) => join(builds, name))
    .filter((path) => path !== newest)
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const gone = old.slice(KEPT - 1).filter((path) => Date.now() - statSync(path).mtimeMs > KEPT_MS);
  for (const path of gone) rmSync(path, { recursive: true, force: true });
}

/** Brotli takes seconds where gzip takes none: only of files that a slow line would wait for. */
const LARGE_BYTES = 65_536;

async function compress(folder) {
  const paths = readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => /\.(js|css|html|svg|json)$/.test(path));
  const kept = async (path) => {
    const plain = readFileSync(path);
    writeFileSync(`${path}.gz`, await promisify(gzip)(plain, { level: 9 }));
    if (plain.length > LARGE_BYTES) writeFileSync(`${path}.br`, await promisify(brotliCompress)(plain));
  };
  await Promise.all(paths.map(kept));
}
