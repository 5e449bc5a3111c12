import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { badInput, Problem } from '../../platform/kernel/problem.ts';

/** Most files of a folder that are looked at. */
const MOST_FILES = 1_000;

export interface FoundFile {
  /** Its path below the workspace's folder. */
  readonly name: string;
  /** Another one whenever the file is written. */
  readonly tag: string;
  bytes(): AsyncGenerator<Uint8Array>;
}

/** The folder of a workspace below the one the operator named. */
export function folderOf(root: string, workspaceId: string): string {
  return join(resolve(root), workspaceId);
}

/** A path as it is kept: relative, with slashes. Throws Problem for one that leads out. */
export function pathBelow(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (path.startsWith('/') || path.includes('\\') || path.includes('\0') || parts.includes('..')) {
    throw badInput('path', path, 'The path leads out of the folder.', 'A path such as daily/orders.csv', {
      code: 'path-outside',
    });
  }
  return parts.join('/');
}

/** A file, or those of a folder in the order of their names. Links that lead out of the workspace's folder are refused. */
export async function filesAt(home: string, path: string): Promise<FoundFile[]> {
  const top = await realpath(home).catch(() => {
    throw missing('The server has no folder for this workspace yet.');
  });
  const at = await realpath(join(top, path)).catch(() => {
    throw missing('There is no such file or folder.');
  });
  if (at !== top && !at.startsWith(top + sep)) throw missing('There is no such file or folder.');
  if (!(await stat(at)).isDirectory()) return [await found(top, at)];
  const entries = await readdir(at, { withFileTypes: true });
  const names = entries.filter((e) => e.isFile() && !e.name.startsWith('.')).map((e) => e.name);
  if (names.length > MOST_FILES) throw missing(`The folder holds more than ${MOST_FILES} files.`);
  return Promise.all(names.sort().map((name) => found(top, join(at, name))));
}

function missing(detail: string): Problem {
  return new Problem('bad-input', detail, { field: 'path', code: 'path-missing' });
}

async function found(top: string, path: string): Promise<FoundFile> {
  const { size, mtimeMs, ino } = await stat(path);
  return {
    name: relative(top, path).split(sep).join('/'),
    tag: `${size}-${mtimeMs}-${ino}`,
    bytes: async function* () {
      // Nobody puts a link or a pipe in its place meanwhile.
      const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      try {
        if (!(await file.stat()).isFile()) throw missing('There is no such file or folder.');
        yield* file.createReadStream({ autoClose: false });
      } finally {
        await file.close();
      }
    },
  };
}
