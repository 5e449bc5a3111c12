import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from './folder.ts';
import type { Files } from './ports.ts';

let root: string;
let files: Files;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'touchstone-files-'));
  files = await openFolder(join(root, 'files'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('[FL1] a file is there whole', async () => {
  expect(await files.put('uploads/a.csv', Readable.from([Buffer.from('é'), 'b']))).toBe(3);
  expect(await text(await files.open('uploads/a.csv'))).toBe('éb');
  expect(await files.put('uploads/a.csv', Buffer.from('other'))).toBe(5);
  expect(await text(await files.open('uploads/a.csv'))).toBe('other');
  await files.remove('uploads/a.csv');
  await files.remove('uploads/a.csv');
  await expect(files.size('uploads/a.csv')).rejects.toMatchObject({ type: 'not-found' });
});

test('[FL1] a source that fails leaves what was there', async () => {
  await files.put('a', 'before');
  const failing = Readable.from(
    (async function* () {
      yield 'half';
      throw new Error('the line broke');
    })(),
  );
  await expect(files.put('a', failing)).rejects.toThrow('the line broke');
  expect(await text(await files.open('a'))).toBe('before');
  expect(await readdir(join(root, 'files'))).toEqual(['a']);
});

test('[FL1, FL2] a file that is too large leaves nothing', async () => {
  const endless = Readable.from(
    (function* () {
      for (;;) yield 'x'.repeat(1000);
    })(),
  );
  await expect(files.put('big', endless, { maxBytes: 10_000 })).rejects.toMatchObject({ type: 'too-large' });
  expect(await readdir(join(root, 'files'))).toEqual([]);
  expect(await files.put('big', 'x'.repeat(10), { maxBytes: 10 })).toBe(10);
});

test('[FL3] a file is read from any byte on', async () => {
  await files.put('a', '0123456789');
  expect(await files.size('a')).toBe(10);
  expect(await text(await files.open('a', 7))).toBe('789');
  expect(await text(await files.open('a', 10))).toBe('');
  await expect(files.open('b')).rejects.toMatchObject({ type: 'not-found' });
});

test('[FL8] all files are listed by name, whole ones only', async () => {
  expect(await files.list()).toEqual([]);
  for (const name of ['b', 'a/c', 'a/b/d', 'a.part']) await files.put(name, name);
  await writeFile(join(root, 'files', 'a', 'e.0123456789ab.part'), 'half');
  expect(await files.list()).toEqual(['a.part', 'a/b/d', 'a/c', 'b']);
  expect(await files.list('a')).toEqual(['a/b/d', 'a/c']);
  expect(await files.list('c')).toEqual([]);
});

test('[FL5] no name leads out', async () => {
  for (const name of ['', '.', '..', '../a', 'a/../../b', '/etc/passwd', 'a//b', '.hidden', 'a\0b', 'a\\b', 'a/']) {
    await expect(files.put(name, 'x'), name).rejects.toThrow('is no name');
    await expect(files.open(name), name).rejects.toThrow('is no name');
    await expect(files.remove(name), name).rejects.toThrow('is no name');
  }
});

test('[SR19] without room nothing is taken, and it is said in words', async () => {
  let refusal: string | undefined = 'The disk is nearly full.';
  const crowded = await openFolder(join(root, 'files'), { refusal: () => refusal });
  await expect(crowded.put('a', 'text')).rejects.toMatchObject({ type: 'no-room', status: 507, detail: refusal });
  refusal = undefined;
  expect(await crowded.put('a', 'text')).toBe(4);
});
