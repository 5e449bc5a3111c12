import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
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

/** Beside its place first, so that nobody takes a part for the whole. */
async function writeWhole(file: string, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${file}.part`;
  try {
    await pipeline(parts, createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw new Error(`${file} is not written: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
