import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { signatureOf, startS3, type S3Server, type S3ServerOptions } from '../../../test/support/s3.ts';
import { readConfig, type S3Settings } from '../kernel/config.ts';
import { isWithin, openFiles } from './open.ts';
import { examineFiles } from './examine.ts';
import { openFolder } from './folder.ts';
import { probe } from './probe.ts';
import { openBucket } from './s3.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});

async function storage(options?: S3ServerOptions): Promise<S3Server> {
  const server = await startS3(options);
  undo.push(() => server.close());
  return server;
}

test('[FL12] the storage of these tests signs as Amazon says: its own published examples', () => {
  const example = (path: string, query: string, headers: Record<string, string>, payloadHash: string, method = 'GET') =>
    signatureOf(
      {
        method,
        path,
        query: new URLSearchParams(query),
        headers: {
          ...headers,
          host: 'examplebucket.s3.amazonaws.com',
          'x-amz-content-sha256': payloadHash,
          'x-amz-date': '20130524T000000Z',
        },
        signedHeaders: [...Object.keys(headers), 'host', 'x-amz-content-sha256', 'x-amz-date'].sort().join(';'),
        payloadHash,
        at: '20130524T000000Z',
        region: 'us-east-1',
      },
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    );
  const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  expect(example('/test.txt', '', { range: 'bytes=0-9' }, nothing)).toBe(
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
  expect(example('/', 'max-keys=2&prefix=J', {}, nothing)).toBe(
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  );
  const put = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' };
  const welcome = '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072';
  expect(example('/test%24file.text', '', put, welcome, 'PUT')).toBe(
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  );
});

test('[FL11] a small file is one request; a large one goes in parts of which few are in memory', async () => {
  const server = await storage();
  const files = openBucket(server.bucket, server.settings, { partBytes: 5 * 1_048_576 });
  await files.put('small', 'text');
  expect(server.asked).toEqual(['PUT /tests/small']);
  const piece = Buffer.alloc(1_048_576);
  let given = 0;
  let sent = 0;
  let most = 0;
  const source = Readable.from(
    (function* () {
      for (; given < 16; given++) {
        sent = server.asked.filter((a) => a === 'PUT /tests/large').length;
        most = Math.max(most, given - 5 * sent);
        yield piece;
      }
    })(),
    { highWaterMark: 1 },
  );
  expect(await files.put('large', source)).toBe(16 * piece.length);
  expect(server.asked.filter((a) => a.endsWith('/large'))).toHaveLength(1 + 4 + 1);
  expect(most).toBeLessThanOrEqual(11);
  expect(server.uploads.size).toBe(0);
  expect(await files.size('large')).toBe(16 * piece.length);
});

test('[FL11] a reader that is cut off goes on where it stopped, in the same file or not at all', async () => {
  const server = await storage({ hangUpAfterBytes: 70_000 });
  const files = openBucket(server.bucket, server.settings);
  const content = Array.from({ length: 40_000 }, (_, i) => String(i)).join(' ');
  await files.put('a', content);
  expect(await text(await files.open('a'))).toBe(content);
  expect(await text(await files.open('a', 100_000))).toBe(content.slice(100_000));
  expect(await text(await files.open('a', 30_000, 180_000))).toBe(content.slice(30_000, 180_000));
  // No more than was asked for is sent: it fits before the storage hangs up.
  const before = server.asked.length;
  expect(await text(await files.open('a', 10, 60_010))).toBe(content.slice(10, 60_010));
  expect(server.asked.length).toBe(before + 1);
  expect(server.asked.filter((a) => a.startsWith('GET')).length).toBeGreaterThan(4);
  const reader = await files.open('a');
  await files.put('a', content.toUpperCase().replace('0', '1'));
  await expect(text(reader)).rejects.toThrow('PreconditionFailed');
});

test('[FL12] what the storage has against it is said in words, without the secret', async () => {
  const server = await storage();
  const { settings } = server;
  const keyed = (key: Partial<NonNullable<S3Settings['key']>>): S3Settings => ({
    ...settings,
    key: { accessKeyId: 'writer', secretAccessKey: 'guessed-secret', ...key },
  });
  const away = await startS3();
  await away.close();
  const refused: [where: string, settings: S3Settings, words: string][] = [
    ['s3://elsewhere', settings, 'The storage s3://elsewhere cannot be used: there is no such bucket.'],
    [server.bucket, keyed({ accessKeyId: 'nobody' }), 'it does not know the key'],
    [server.bucket, keyed({}), 'the secret is not that of the key'],
    [server.bucket, server.reading, 'its key may not do that'],
    [server.bucket, away.settings, 'cannot be reached (ECONNREFUSED)'],
  ];
  for (const [where, given, words] of refused) {
    const error: unknown = await probe(openBucket(where, given)).catch((e: unknown) => e);
    expect(error).toMatchObject({ type: 'unavailable', message: expect.stringContaining(words) });
    expect(JSON.stringify(error)).not.toContain(given.key?.secretAccessKey);
  }
  await openBucket(server.bucket, settings).put('a', 'text');
  expect(await text(await openBucket(server.bucket, server.reading).open('a'))).toBe('text');
});

test('[FL12] a place that is none is refused by its name, and so is a key without its secret', async () => {
  const config = readConfig({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'eu-1' });
  expect(config.s3).toEqual({ endpoint: undefined, region: 'eu-1', key: { accessKeyId: 'a', secretAccessKey: 'b' } });
  expect(() => readConfig({ AWS_ACCESS_KEY_ID: 'a' })).toThrow('both or neither');
  for (const where of ['s3://', 's3://UPPER', 's3://bucket/../up', 's3://bucket//a', 'http://bucket', 'gs://bucket']) {
    await expect(openFiles(where, config), where).rejects.toThrow(/is no address|names no folder/);
  }
  expect(isWithin('s3://a/b/c', 's3://a/b')).toBe(true);
  expect(isWithin('s3://a/b/', 's3://a/b')).toBe(true);
  expect(isWithin('s3://a/bc', 's3://a/b')).toBe(false);
  expect(isWithin('data/files/../files', './data/files')).toBe(true);
  expect(isWithin('data/backups', 'data/files')).toBe(false);
});

test('[FL13] the doctor says whether files can be kept, where, and what to do', async () => {
  const server = await storage();
  const of = (where: string, given: S3Settings, patienceMs = 60_000) =>
    examineFiles(async () => openBucket(where, given), {
      check: 'files',
      setting: 'TOUCHSTONE_FILES',
      where,
      patienceMs,
    });
  expect(await of(`${server.bucket}/shop`, server.settings)).toEqual({
    check: 'files',
    state: 'ok',
    says: 'Files can be written to s3://tests/shop and read again.',
  });
  expect(await of(server.bucket, server.reading)).toMatchObject({
    state: 'fail',
    says: 'Files cannot be kept in s3://tests: The storage s3://tests cannot be used: its key may not do that.',
    mend: expect.stringContaining('allowed to put, get, list and delete'),
  });
  const never = await examineFiles(() => new Promise(() => undefined), {
    check: 'files',
    setting: 'TOUCHSTONE_FILES',
    where: '/mnt/shared',
    patienceMs: 1,
  });
  expect(never).toMatchObject({ state: 'fail', says: expect.stringContaining('does not answer in time') });
  const crowded = await examineFiles(() => openFolder(tmpdir(), { refusal: () => 'The disk is nearly full.' }), {
    check: 'files',
    setting: 'the data directory',
    where: '/data/files',
    patienceMs: 60_000,
  });
  expect(crowded).toMatchObject({
    state: 'fail',
    says: 'Files cannot be kept in /data/files: The disk is nearly full.',
  });
});
