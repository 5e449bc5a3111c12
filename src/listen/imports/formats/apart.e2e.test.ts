import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workbookOf, zipOf } from '../../../../test/support/packed.ts';
import { kindOf } from '../../../platform/files/kinds.ts';
import { openFolder } from '../../../platform/files/folder.ts';
import type { Files } from '../../../platform/files/ports.ts';
import { Problem } from '../../../platform/kernel/problem.ts';
import { unwrapApart } from './apart.ts';
import { unpackLimits } from './limits.ts';

const PROGRAM = new URL('../../../../dist/server/unpacker.js', import.meta.url);

let root: string;
let files: Files;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'apart-'));
  files = await openFolder(root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function opened(packed: Buffer, signal?: AbortSignal) {
  await files.put('packed', packed);
  const asked = { kind: kindOf(packed), sent: packed.length, limits: unpackLimits(1e9), part: undefined };
  return unwrapApart(files, 'packed', asked, signal, { program: PROGRAM, memoryMb: 128 });
}

async function refused(packed: Buffer): Promise<unknown> {
  return opened(packed)
    .then(async (step) => text(step.text))
    .catch((error: unknown) => error);
}

const NUMBERS = parquetWriteBuffer({
  codec: 'UNCOMPRESSED',
  schema: [
    { name: 'root', num_children: 1 },
    { name: 'n', type: 'INT32', repetition_type: 'OPTIONAL' },
  ],
  columnData: [{ name: 'n', data: Array.from({ length: 100 }, (_, i) => (i % 7 === 0 ? undefined : i)) }],
});

test('[IM21] what is packed is unwrapped in a process of its own: its text, what it was, and why it is refused', async () => {
  const csv =
    'order_id,customer_id\n' + Array.from({ length: 100_000 }, (_, i) => `o${i},c${(i * 7_919) % 100_003}\n`).join('');
  const { text: table, ...rest } = await opened(await zipOf({ 'a.csv': csv, 'read.me': 'hello' }));
  expect(rest).toEqual({ packed: 'zip', part: 'a.csv', others: [] });
  expect(await text(table)).toBe(csv);
  const row = '<row r="1"><c t="inlineStr"><is><t>a</t></is></c></row>';
  const book = await opened(await workbookOf({ sheets: { A: row } }));
  expect(book).toMatchObject({ packed: 'xlsx', part: 'A', header: true });
  expect(await text(book.text)).toBe('a\n');
  expect(await text((await opened(Buffer.from(NUMBERS))).text)).toMatch(/^n\n\n1\n2\n/);
  const two = await refused(await zipOf({ 'a.csv': csv, 'b.csv': 'x\n' }));
  expect(two).toBeInstanceOf(Problem);
  expect(two).toMatchObject({
    type: 'unsupported',
    details: { code: 'archive-several', values: { names: 'a.csv, b.csv' } },
  });
});

test('[IM21] a file that takes all memory ends that process alone, and is refused in words; so is one whose time is over', async () => {
  // A run of levels that is longer than the page, which the reader of Parquet writes all of.
  const endless = Buffer.from(NUMBERS);
  const levels = endless.indexOf(Buffer.from([0x1b, 0x7e, 0xbf]));
  expect(levels).toBeGreaterThan(0);
  Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f, 1]).copy(endless, levels);
  expect(await refused(endless)).toMatchObject({
    type: 'unsupported',
    detail: 'The file cannot be unpacked: it takes too much memory.',
  });
  const over = new AbortController();
  const { text: table } = await opened(await zipOf({ 'a.csv': 'a,b\n'.repeat(200_000) }), over.signal);
  await table.next();
  over.abort(new Error('its time is over'));
  await expect(text(table)).rejects.toThrow('its time is over');
});
