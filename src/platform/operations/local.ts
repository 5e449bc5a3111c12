import { access, chmod, constants, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../house/house.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import { checkPort } from '../server/listen.ts';
import { ownerOf } from '../stores/data-dir.ts';
import { endLeftovers, runningEngines } from '../stores/leftovers.ts';
import { FILE as KEY_FILE } from '../vault/keys.ts';
import { inWords } from './in-words.ts';
import { TOKEN_FILE } from './vocabulary.ts';

/** What the doctor found, and how to mend it where that is safe. */
export interface Diagnosis extends Finding {
  readonly fix?: () => Promise<void>;
}

const LEAST_NODE = 20;
/** Files that hold passwords, keys or tokens. */
const SECRETS = ['credentials.json', KEY_FILE, 'stores.json', 'cli-key.json', TOKEN_FILE];

export function nodeFinding(version: string): Finding {
  const major = Number(version.split('.')[0]);
  if (major >= LEAST_NODE) return { check: 'node', state: 'ok', says: `Node.js ${version}.` };
  const mend = `Install Node.js ${LEAST_NODE} or later.`;
  return { check: 'node', state: 'fail', says: `Node.js ${version} is too old.`, mend };
}

/** A clock that shows a time before this program was made is wrong. */
export async function clockFinding(clock: Clock): Promise<Finding> {
  const check = 'clock';
  const made = await stat(fileURLToPath(import.meta.url));
  const now = clock.now();
  if (now.getTime() >= made.mtimeMs - 86_400_000) return { check, state: 'ok', says: `It is ${now.toISOString()}.` };
  const says = `The clock says ${now.toISOString()}, which is before this program was put here.`;
  return { check, state: 'fail', says, mend: 'Set the clock right: days, tokens and backups go by it.' };
}

/** Whether the directory is there, ours and closed to others. Null where nothing lies there yet. */
export async function folderFindings(dir: string): Promise<Diagnosis[] | null> {
  const found = await stat(dir).catch(() => null);
  if (found === null) return null;
  const check = 'data directory';
  if (!found.isDirectory()) {
    const mend = 'Choose another with --data or TOUCHSTONE_DATA.';
    return [{ check, state: 'fail', says: `${dir} is no directory.`, mend }];
  }
  const me = process.getuid?.();
  if (me !== undefined && me !== 0 && found.uid !== me) {
    const says = `${dir} belongs to user ${found.uid}, and you are ${me}.`;
    return [{ check, state: 'fail', says, mend: `Run as that user, or give it to this one: chown -R ${me} ${dir}` }];
  }
  const usable = await access(dir, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!usable) {
    return [{ check, state: 'fail', says: `${dir} cannot be read and written.`, mend: `chmod 700 ${dir}` }];
  }
  const open = await openToOthers(dir, found.mode);
  if (open.length === 0) return [{ check, state: 'ok', says: `${dir} is ours and closed to others.` }];
  return [
    {
      check,
      state: 'fail',
      says: `Other users of this machine can look into ${open.map((o) => o.path).join(', ')}.`,
      mend: open.map((o) => `chmod ${o.mode.toString(8)} ${o.path}`).join('; '),
      fix: async () => {
        for (const { path, mode } of open) await chmod(path, mode);
      },
    },
  ];
}

/** What other users may list or read, with the mode it should have. Under root PostgreSQL passes through the directory. */
async function openToOthers(dir: string, mode: number): Promise<{ readonly path: string; readonly mode: number }[]> {
  const open = (mode & 0o066) === 0 ? [] : [{ path: dir, mode: process.getuid?.() === 0 ? 0o711 : 0o700 }];
  for (const name of SECRETS) {
    const path = join(dir, name);
    const file = await stat(path).catch(() => null);
    if (file !== null && (file.mode & 0o077) !== 0) open.push({ path, mode: 0o600 });
  }
  return open;
}

/** Engines that run although nobody owns the directory. */
export async function leftoverFindings(dir: string): Promise<Diagnosis[]> {
  const left = await runningEngines(dir);
  if (left.length === 0) return [];
  return [
    {
      check: 'leftover engines',
      state: 'fail',
      says: `Engines run that a killed server left behind: ${left.map((l) => `${l.engine} (process ${l.pid})`).join(', ')}.`,
      mend: 'The next start ends them; --fix ends them now.',
      fix: () => endLeftovers(dir),
    },
  ];
}

/** What a killed server left of its ownership: harmless, for the next start takes it over. */
export async function ownerFindings(dir: string, clock: Clock): Promise<Diagnosis[]> {
  const file = join(dir, 'owner.json');
  const there = await stat(file).catch(() => null);
  if (there === null || (await ownerOf(dir, clock)) !== null) return [];
  return [
    {
      check: 'owner',
      state: 'warn',
      says: 'The last server here did not stop in order: its mark is still there.',
      mend: 'The next start takes it over.',
      fix: () => rm(file, { force: true }),
    },
  ];
}

/** Whether the port could be opened. For a directory that nobody serves. */
export async function portFinding({ host, port }: Config): Promise<Finding> {
  const check = 'port';
  try {
    await checkPort(host, port);
    return { check, state: 'ok', says: `Port ${port} is free.` };
  } catch (error) {
    return { check, state: 'fail', says: inWords(error), mend: 'Set PORT, or stop who has it.' };
  }
}
