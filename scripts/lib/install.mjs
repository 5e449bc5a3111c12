import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { ROOT } from './tree.mjs';

/** Ends the program with words when Node is older than what package.json asks for. */
export function ensureNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 12)) return;
  console.error(`Touchstone needs Node.js 20.12 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Installs what the lockfile names, unless that was done already. `npm install --no-save` and not `npm ci`: the latter
 * refuses a lockfile that leaves out optional packages of other platforms.
 */
export async function ensureInstalled() {
  ensureNode();
  const wanted = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package.json')))
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  const stamp = join(ROOT, 'node_modules', '.touchstone', 'installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing packages (a minute or two, once) …');
  const { code, output } = await run('npm', [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
  ]);
  if (code !== 0) {
    console.error(output);
    console.error('Packages could not be installed: see above. Is a package registry within reach?');
    process.exit(1);
  }
  mkdirSync(join(ROOT, 'node_modules', '.touchstone'), { recursive: true });
  writeFileSync(stamp, wanted);
}

const SYSTEM = [
  { what: 'chromium', there: () => existsSync('/usr/bin/chromium'), packages: ['chromium', 'fonts-noto-core'] },
  { what: 'postgresql', there: () => existsSync('/usr/lib/postgresql'), packages: ['postgresql'] },
];

/** Installs the programs the tests use beside ours, where they are absent. Debian only; elsewhere it says what to install. */
export async function ensureSystem() {
  const absent = SYSTEM.filter((s) => !s.there());
  if (absent.length === 0) return;
  const packages = absent.flatMap((s) => s.packages);
  console.log(`Installing ${packages.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const { code, output } = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
  });
  if (code === 0) return;
  console.error(output);
  console.error(`The tests need ${packages.join(', ')}: install them and try again.`);
  process.exit(1);
}
