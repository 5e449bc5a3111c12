import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { openFolder } from './folder.ts';
import { kindOf, type FileKind } from './kinds.ts';
import type { Files } from './ports.ts';
import { receive } from './receiving.ts';
import { download, serve } from './serving.ts';

let root: string;
let files: Files;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'touchstone-files-'));
  files = await openFolder(join(root, 'files'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('[SR19] without room nothing is taken, and it is said in words', async () => {
  let refusal: string | undefined = 'The disk is nearly full.';
  const crowded = await openFolder(join(root, 'files'), { refusal: () => refusal });
  await expect(crowded.put('a', 'text')).rejects.toMatchObject({ type: 'no-room', status: 507, detail: refusal });
  refusal = undefined;
  expect(await crowded.put('a', 'text')).toBe(4);
});

const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(20)]);

function pieces(data: Buffer, size: number): Readable {
  const parts = Array.from({ length: Math.ceil(data.length / size) }, (_, i) =>
    data.subarray(i * size, (i + 1) * size),
  );
  return Readable.from(parts);
}

test('[FL9] what a file is is read from its bytes, whatever it is called, and another kind leaves nothing', async () => {
  const otherwise = { mend: 'Send a picture.', code: 'no-picture' };
  const limits = { kinds: ['png', 'text'] as const, maxBytes: 100_000, otherwise };
  expect(await receive(files, 'a', pieces(PNG, 3), limits)).toEqual({ bytes: PNG.length, kind: 'png' });
  const long = Buffer.from('word '.repeat(5_000));
  expect(await receive(files, 'b', pieces(long, 1_000), limits)).toEqual({ bytes: long.length, kind: 'text' });
  expect(await text(await files.open('b'))).toBe(long.toString());
  const refused: [source: Buffer, problem: object][] = [
    [
      Buffer.from('%PDF-1.7 and more'),
      {
        type: 'unsupported',
        detail: 'The file is a PDF: that is not taken here.',
        details: { field: 'file', ...otherwise },
      },
    ],
    [Buffer.from('GIF89a'), { type: 'unsupported' }],
    [
      Buffer.from([0, 1, 2, 3, 0, 0]),
      { type: 'unsupported', detail: 'The file is binary data: that is not taken here.' },
    ],
    [Buffer.alloc(0), { type: 'bad-input', details: { code: 'file-empty' } }],
    [Buffer.from('x'.repeat(100_001)), { type: 'too-large', details: { code: 'file-too-large' } }],
  ];
  for (const [source, problem] of refused) {
    await expect(receive(files, 'c', pieces(source, 1_000), limits)).rejects.toMatchObject(problem);
  }
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(1_000, 'x');
    })(),
  );
  await expect(receive(files, 'c', endless, limits)).rejects.toMatchObject({ type: 'too-large' });
  const said = { ...limits, saidBytes: 100_001 };
  await expect(receive(files, 'c', pieces(PNG, 3), said)).rejects.toMatchObject({ type: 'too-large' });
  expect(await files.list()).toEqual(['a', 'b']);
});

test('[FL9] every kind is known by its first bytes', () => {
  const heads: Record<FileKind, string> = {
    png: '\x89PNG\r\n\x1a\n',
    jpeg: '\xff\xd8\xff\xe0',
    gif: 'GIF87a',
    webp: 'RIFF\x01\x02\x03\x04WEBPVP8 ',
    pdf: '%PDF-1.4',
    zip: 'PK\x03\x04',
    gzip: '\x1f\x8b\x08',
    zstd: '\x28\xb5\x2f\xfd',
    parquet: 'PAR1',
    text: '<svg onload=alert(1)>',
  };
  for (const [kind, head] of Object.entries(heads)) expect(kindOf(Buffer.from(head, 'latin1'))).toBe(kind);
  expect(kindOf(Buffer.from('RIFF1234WAVEfmt '))).toBe('text');
  expect(kindOf(Buffer.alloc(0))).toBeNull();
});

test('[FL10] a file leaves as what it is: pictures are shown, all else is saved, and none of it runs', async () => {
  await files.put('picture', PNG);
  await files.put('page', '<script>alert(1)</script>');
  const picture = await serve(files, 'picture', 'me.png');
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(PNG);
  expect(Object.fromEntries(picture.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(PNG.length),
    'content-disposition': 'inline; filename="me.png"',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  expect(picture.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  const page = await serve(files, 'page', 'index.html');
  await page.text();
  expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(page.headers.get('content-disposition')).toBe('attachment; filename="index.html"');
  await files.put('odd', Buffer.from([0, 1, 2, 3]));
  const odd = await serve(files, 'odd', 'a.png');
  expect(Buffer.from(await odd.arrayBuffer())).toEqual(Buffer.from([0, 1, 2, 3]));
  expect(odd.headers.get('content-type')).toBe('application/octet-stream');
  expect(odd.headers.get('content-disposition')).toBe('attachment; filename="a.png"');
  await expect(serve(files, 'gone', 'a')).rejects.toMatchObject({ type: 'not-found' });
});

test('[FL10] an export is made as it is taken, and let go of when nobody takes it', async () => {
  let made = 0;
  let ended = false;
  async function* parts(): AsyncGenerator<string> {
    try {
      for (; made < 1_000; made++) yield `${made},é\n`;
    } finally {
      ended = true;
    }
  }
  const reader = download('a.csv', 'text/csv; charset=utf-8', parts()).body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('0,é\n');
  expect(made).toBeLessThan(10);
  await reader?.cancel();
  expect(ended).toBe(true);
});

test('[FL10] an export that nobody takes any more is let go of by itself, and breaks', async () => {
  let ended = false;
  async function* parts(): AsyncGenerator<string> {
    try {
      for (;;) yield 'a\n';
    } finally {
      ended = true;
    }
  }
  const reader = download('a.csv', 'text/csv', parts(), 20).body?.getReader();
  await reader?.read();
  await until('the parts to be ended', () => ended);
  await expect(reader?.read()).rejects.toThrow('Nothing of the file was taken for too long.');
});

test('[FL10] a name of anybody cannot break out of its header', () => {
  const header = (name: string) =>
    download(name, 'text/csv', Readable.from(['a,b'])).headers.get('content-disposition');
  expect(header('a"; x="b\r\nset-cookie: c')).toBe(
    `attachment; filename="a_; x=_b__set-cookie: c"; filename*=UTF-8''a%22%3B%20x%3D%22b__set-cookie%3A%20c`,
  );
  expect(header('../../نظر (1).csv')).toBe(
    `attachment; filename=".._..____ (1).csv"; filename*=UTF-8''.._.._%D9%86%D8%B8%D8%B1%20%281%29.csv`,
  );
  expect(header('\ud800')).toBe(`attachment; filename="_"; filename*=UTF-8''%EF%BF%BD`);
  expect(header('')).toBe('attachment; filename="file"');
});
