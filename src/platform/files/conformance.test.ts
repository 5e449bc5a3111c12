import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startS3 } from '../../../test/support/s3.ts';
import { openFolder } from './folder.ts';
import type { Files } from './ports.ts';
import { probe } from './probe.ts';
import { openBucket } from './s3.ts';

interface Place {
  readonly files: Files;
  /** Not where a rule of the bucket does it. */
  readonly sweeps: boolean;
  /** All that lies there, what is no file of ours too. */
  all(): Promise<string[]>;
  /** Something another puts beside our files. */
  leave(path: string): Promise<void>;
  close(): Promise<void>;
}

async function folder(): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'touchstone-files-'));
  return {
    files: await openFolder(root),
    sweeps: true,
    all: async () =>
      (await readdir(root, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => e.name),
    leave: (path) => writeFile(join(root, path), 'half'),
    close: () => rm(root, { recursive: true, force: true }),
  };
}

async function bucket(): Promise<Place> {
  const server = await startS3({ pageKeys: 2 });
  const files = openBucket(`${server.bucket}/some/prefix`, server.settings, { partBytes: 5 * 1_048_576 });
  server.objects.set('tests/some/prefixed', Buffer.from('another house'));
  return {
    files,
    sweeps: false,
    all: async () => [...server.objects.keys(), ...server.uploads.keys()].filter((k) => k !== 'tests/some/prefixed'),
    leave: async (path) => void server.objects.set(`tests/some/prefix/.${path}`, Buffer.from('half')),
    close: () => server.close(),
  };
}

describe.each([
  ['a folder', folder],
  ['S3', bucket],
])('files in %s', (_, open) => {
  let place: Place;
  let files: Files;
  beforeEach(async () => {
    place = await open();
    files = place.files;
  });
  afterEach(() => place.close());

  test('[FL1] a file is there whole, takes the place of another and goes', async () => {
    expect(await files.put('uploads/a.csv', Readable.from([Buffer.from('é'), 'b']))).toBe(3);
    expect(await text(await files.open('uploads/a.csv'))).toBe('éb');
    expect(await files.put('uploads/a.csv', Buffer.from('other'))).toBe(5);
    expect(await text(await files.open('uploads/a.csv'))).toBe('other');
    expect(await files.put('empty', Readable.from([]))).toBe(0);
    expect(await text(await files.open('empty'))).toBe('');
    await files.remove('uploads/a.csv');
    await files.remove('uploads/a.csv');
    await expect(files.size('uploads/a.csv')).rejects.toMatchObject({ type: 'not-found' });
    expect(await place.all()).toHaveLength(1);
  });

  test('[FL1] a source that fails leaves what was there, however much it gave', async () => {
    await files.put('a', 'before');
    for (const size of [1, 11_000_000]) {
      const failing = Readable.from(
        (function* () {
          yield Buffer.alloc(size);
          throw new Error('the line broke');
        })(),
      );
      await expect(files.put('a', failing)).rejects.toThrow('the line broke');
      expect(failing.destroyed).toBe(true);
    }
    expect(await text(await files.open('a'))).toBe('before');
    expect(await place.all()).toHaveLength(1);
  });

  test('[FL1, FL3] a large file is the same when it is read', async () => {
    const size = 6_000_001;
    const bytes = Buffer.alloc(size, 'a stone that tells gold ');
    const pieces = Array.from({ length: 7 }, (_piece, i) => bytes.subarray(i * 900_000, (i + 1) * 900_000));
    expect(await files.put('large', Readable.from(pieces))).toBe(size);
    expect(await files.size('large')).toBe(size);
    expect(
      bytes.equals(
        await files
          .open('large')
          .then((s) => s.toArray())
          .then(Buffer.concat),
      ),
    ).toBe(true);
    expect(await text(await files.open('large', size - 3))).toBe(bytes.subarray(-3).toString());
  });

  test('[FL3] a file is read from any byte on', async () => {
    await files.put('a', '0123456789');
    expect(await files.size('a')).toBe(10);
    expect(await text(await files.open('a', 7))).toBe('789');
    expect(await text(await files.open('a', 10))).toBe('');
    expect(await text(await files.open('a', 11))).toBe('');
    await expect(files.open('b')).rejects.toMatchObject({ type: 'not-found' });
    const unread = await files.open('a');
    unread.destroy();
  });

  test('[FL3] a file is read up to a byte, and no more of it is sent than that', async () => {
    await files.put('a', '0123456789');
    expect(await text(await files.open('a', 0, 1))).toBe('0');
    expect(await text(await files.open('a', 3, 7))).toBe('3456');
    expect(await text(await files.open('a', 7, 99))).toBe('789');
    expect(await text(await files.open('a', 10, 12))).toBe('');
    for (const [from, to] of [[0, 0], [5, 5], [7, 3]] as const) expect(await text(await files.open('a', from, to))).toBe(''); // prettier-ignore
    await expect(files.open('b', 0, 0)).rejects.toMatchObject({ type: 'not-found' });
    await expect(files.open('b', 0, 1)).rejects.toMatchObject({ type: 'not-found' });
  });

  test('[FL8] all files are listed by name, whole ones only', async () => {
    expect(await files.list()).toEqual([]);
    for (const name of ['b', 'a/c', 'a/b/d', 'a.part']) await files.put(name, name);
    await place.leave('e.0123456789ab.part');
    expect(await files.list()).toEqual(['a.part', 'a/b/d', 'a/c', 'b']);
    expect(await files.list('a')).toEqual(['a/b/d', 'a/c']);
    expect(await files.list('c')).toEqual([]);
  });

  test('[FL8] what a crash left is swept once it is old, and nothing else', async () => {
    await files.put('a', 'a');
    await place.leave('e.0123456789ab.part');
    await files.sweep(new Date(Date.now() - 86_400_000));
    expect(await place.all()).toHaveLength(2);
    await files.sweep(new Date(Date.now() + 86_400_000));
    expect(await place.all()).toHaveLength(place.sweeps ? 1 : 2);
    expect(await files.list()).toEqual(['a']);
  });

  test('[FL5] no name leads out', async () => {
    for (const name of ['', '.', '..', '../a', 'a/../../b', '/etc/passwd', 'a//b', '.hidden', 'a\0b', 'a\\b', 'a/']) {
      await expect(files.put(name, 'x'), name).rejects.toThrow('is no name');
      await expect(files.open(name), name).rejects.toThrow('is no name');
      await expect(files.remove(name), name).rejects.toThrow('is no name');
      if (name !== '') await expect(files.list(name), name).rejects.toThrow('is no name');
    }
  });

  test('[FL13] whether files can be kept is tried, and nothing stays of that', async () => {
    await probe(files);
    expect(await place.all()).toEqual([]);
  });
});
