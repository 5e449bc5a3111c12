import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface EngineUser {
  readonly uid: number;
  readonly gid: number;
}

async function idsOf(name: string): Promise<EngineUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/**
 * PostgreSQL refuses to run as root. Under root it runs as whoever owns its data already, else as `postgres` where the
 * system has that user, else as `nobody`. Null: as ourselves.
 */
export async function engineUser(dataDir: string): Promise<EngineUser | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(dataDir).catch(() => null);
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = (await idsOf('postgres')) ?? (await idsOf('nobody'));
  if (user === null) throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody".');
  return user;
}

async function mayPass(path: string, user: EngineUser): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

export interface UserCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * How a program is run as that user. Where a folder above the program or its data is closed to that user, as /root is,
 * Linux can let this one program pass (`setpriv`, capability dac_override); elsewhere it throws an Error that says which.
 */
export async function commandAs(
  user: EngineUser | null,
  command: string,
  args: readonly string[],
  dataDir: string,
): Promise<UserCommand> {
  if (user === null) return { command, args };
  const closed: string[] = [];
  for (const path of [command, dataDir]) if (!(await mayPass(path, user))) closed.push(path);
  if (closed.length === 0) return { command, args, ...user };
  const passing = [
    ...['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'],
    ...['--securebits', '+no_setuid_fixup', '--inh-caps', '+dac_override', '--ambient-caps', '+dac_override', '--'],
  ];
  try {
    await run('setpriv', [...passing, 'true']);
  } catch (cause) {
    throw new Error(
      `PostgreSQL does not run as root, and user ${user.uid} may not enter ${closed.join(' and ')}. ` +
        'Run Touchstone as another user, move it out of there, or set DATABASE_URL to a server of your own.',
      { cause },
    );
  }
  return { command: 'setpriv', args: [...passing, command, ...args] };
}
