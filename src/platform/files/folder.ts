import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { Problem } from '../kernel/problem.ts';
import { syncFolder } from '../stores/durable.ts';
import { plenty } from '../stores/space.ts';
import { isName, refuseOtherNames } from './names.ts';
import type { Files } from './ports.ts';
import { noRoom, refuseWithoutRoom, type Room } from './room.ts';

/** What is being written, or what a crash left of it. */
const DRAFT = /\.[0-9a-f]{12}\.part$/;

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function inWords(error: unknown): never {
  const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  throw full ? noRoom('The disk is full.') : error;
}

/** Files in a folder: of the data directory, or one that every server of a cluster sees. */
export async function openFolder(root: string, space: Room = plenty): Promise<Files> {
  await mkdir(root, { recursive: true, mode: 0o700 });

  function pathOf(name: string): string {
    refuseOtherNames(name);
    return join(root, name);
  }

  async function sizeOf(name: string): Promise<number> {
    try {
      return (await stat(pathOf(name))).size;
    } catch (error) {
      if (isMissing(error)) throw new Problem('not-found', 'There is no such file.');
      throw error;
    }
  }

  return {
    put: async (name, source) => {
      refuseWithoutRoom(space);
      const path = pathOf(name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const draft = `${path}.${randomBytes(6).toString('hex')}.part`;
      const file = await open(draft, 'wx', 0o600);
      let bytes = 0;
      try {
        try {
          const chunks = source instanceof Readable ? source : [source];
          for await (const chunk of chunks) {
            const data = Buffer.from(chunk);
            bytes += data.length;
            await file.writeFile(data).catch(inWords);
          }
          await file.sync().catch(inWords);
        } finally {
          await file.close();
        }
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
      return bytes;
    },
    open: async (name, fromByte = 0, toByte) => {
      await sizeOf(name);
      if (toByte !== undefined && toByte <= fromByte) return Readable.from([]);
      return createReadStream(pathOf(name), {
        start: fromByte,
        ...(toByte === undefined ? {} : { end: toByte - 1 }),
      });
    },
    size: sizeOf,
    list: async (below) => {
      const from = below === undefined ? root : pathOf(below);
      const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      return entries
        .filter((e) => e.isFile() && !DRAFT.test(e.name))
        .map((e) => relative(root, join(e.parentPath, e.name)).split(sep).join('/'))
        .filter(isName)
        .sort();
    },
    remove: async (name) => {
      await rm(pathOf(name), { force: true });
    },
    sweep: async (before) => {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      for (const draft of entries.filter((e) => e.isFile() && DRAFT.test(e.name))) {
        const path = join(draft.parentPath, draft.name);
        const found = await stat(path).catch((error: unknown) => {
          if (isMissing(error)) return null;
          throw error;
        });
        if (found !== null && found.mtime < before) await rm(path, { force: true });
      }
    },
  };
}
