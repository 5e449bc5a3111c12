import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bytesOf } from '../files/receiving.ts';
import { isTableFormat, TABLE_FORMATS } from '../files/tables/written.ts';
import type { Command } from '../house/house.ts';
import { saidBy } from './asking.ts';
import { readOptions } from './options.ts';
import { EXIT, terminal, UsageError } from './terminal.ts';

/**
 * Writes a table to a file, whole or not at all.
 * @param tables what may leave, and its path without an ending: `{ people: '/api/v1/people' }`
 */
export function exportCommand(tables: Readonly<Record<string, `/${string}`>>): Command {
  const names = Object.keys(tables).join('|');
  const formats = Object.keys(TABLE_FORMATS).join('|');
  return {
    name: 'export',
    summary: 'Writes a table to a file: every row, as it is now.',
    usage: `export ${names} --out FILE [--format ${formats}] [--from DAY] [--to DAY] [--data DIR]`,
    run: async (args, _env, connect) => {
      const { values, words } = readOptions(args, { values: ['out', 'format', 'from', 'to', 'data'], words: 1 });
      const { out, from, to, data } = values;
      const path = tables[words[0] ?? ''];
      if (path === undefined) throw new UsageError(`export: say which: ${names}`);
      if (out === undefined) throw new UsageError('--out: say which file to write');
      const format = values['format'] ?? out.split('.').at(-1) ?? '';
      if (!isTableFormat(format)) throw new UsageError(`--format: ${format} is none: choose of ${formats}`);
      await refusePlace(out);
      const days = Object.entries({ from, to }).flatMap(([name, day]) => (day === undefined ? [] : [[name, day]]));
      const query = new URLSearchParams(days).toString();
      const connection = await connect(data === undefined ? {} : { dataDir: data });
      try {
        const response = await connection.request(`${path}.${format}${query === '' ? '' : `?${query}`}`);
        if (!response.ok) throw new Error(await saidBy(response, connection.to));
        await writeWhole(out, bytesOf(response.body));
      } finally {
        await connection.close();
      }
      terminal.result(out);
      return EXIT.done;
    },
  };
}

/** A file is put in the place of what stands there: a link, a device or a folder would be gone. Throws UsageError. */
async function refusePlace(file: string): Promise<void> {
  const there = await lstat(file).catch(() => null);
  if (there?.isDirectory() === true) throw new UsageError(`--out: ${file} is a folder; name a file in it`);
  if (there?.isFile() === false) throw new UsageError(`--out: ${file} is no plain file; name one, or a new one`);
  const folder = dirname(file);
  const around = await stat(folder).catch(() => null);
  if (around?.isDirectory() !== true) throw new UsageError(`--out: there is no folder ${folder}`);
}

/** Beside its place first, under a name that is nobody's, so that nobody takes a part for the whole. */
async function writeWhole(file: string, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${file}.${randomBytes(6).toString('hex')}.part`;
  try {
    await pipeline(parts, createWriteStream(part, { flags: 'wx' }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw new Error(`${file} is not written: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
