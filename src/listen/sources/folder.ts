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

/** A file, or those of a folder. */
export interface FoundFiles {
  /** Their paths below the workspace's folder, in order. */
  readonly names: readonly string[];
  /** In that order, each as it is when its turn comes; what is gone by then is left out. */
  files(): AsyncGenerator<FoundFile>;
}

/** What lies at a path. Links that lead out of the workspace's folder are refused. */
export async function filesAt(home: string, path: string): Promise<FoundFiles> {
  const top = await realpath(home).catch(() => {
    throw missing('The server has no folder for this workspace yet.');
  });
  const at = await realpath(join(top, path)).catch(() => {
    throw missing('There is no such file or folder.');
  });
  if (at !== top && !at.startsWith(top + sep)) throw missing('There is no such file or folder.');
  const paths = (await stat(at)).isDirectory() ? await filesIn(at) : [at];
  const nameOf = (file: string): string => relative(top, file).split(sep).join('/');
  return {
    names: paths.map(nameOf),
    files: async function* () {
      for (const file of paths) {
        const found = await stat(file).catch(nullIfGone);
        if (found === null) continue;
        const { size, mtimeMs, ino } = found;
        yield { name: nameOf(file), tag: `${size}-${mtimeMs}-${ino}`, bytes: () => bytesOf(file) };
      }
    },
  };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((e) => e.isFile() && !e.name.startsWith('.')).map((e) => e.name);
  if (names.length > MOST_FILES) throw missing(`The folder holds more than ${MOST_FILES} files.`);
  return names.sort().map((name) => join(folder, name));
}

function missing(detail: string): Problem {
  return new Problem('bad-input', detail, { field: 'path', code: 'path-missing' });
}

function nullIfGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}

/** The path was looked at and holds no link. Nobody puts a link, a pipe or another folder in its place meanwhile. */
async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(nullIfGone);
  if (file === null) throw missing('There is no such file or folder.');
  try {
    const opened = await file.stat();
    // `O_NOFOLLOW` speaks of the last name only: a folder above may have become a link.
    const same = (await realpath(path).catch(nullIfGone)) === path ? await stat(path).catch(nullIfGone) : null;
    if (!opened.isFile() || same === null || same.dev !== opened.dev || same.ino !== opened.ino) {
      throw missing('There is no such file or folder.');
    }
    yield* file.createReadStream({ autoClose: false });
  } finally {
    await file.close();
  }
}
