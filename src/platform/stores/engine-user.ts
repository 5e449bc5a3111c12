import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
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
