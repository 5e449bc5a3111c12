import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { HotRequest } from '../../platform/house/house.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { fetched } from '../../platform/server/asked.ts';
import { MAX_BODY_BYTES, readBody } from './body.ts';

function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): HotRequest {
  return fetched(new Request('http://shop.example/v1/batch', { method: 'POST', body, headers }), 'here');
}

function packed(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(text));
}

async function problemOf(request: HotRequest): Promise<Problem> {
  const thrown: unknown = await readBody(request).catch((error: unknown) => error);
  if (!(thrown instanceof Problem)) throw new Error('It was read.');
  return thrown;
}

describe('[JR2] a body is JSON whatever it calls itself', () => {
  test.each([
    ['plain text', post('{"a":1}', { 'content-type': 'text/plain' })],
    [
      'gzip as a form',
      post(packed('{"a":1}'), { 'content-encoding': 'gzip', 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    ['gzip that nobody announced', post(packed('{"a":1}'))],
    ['gzip that a proxy unpacked', post('{"a":1}', { 'content-encoding': 'gzip' })],
  ])('%s', async (_, request) => {
    expect(await readBody(request)).toEqual({ a: 1 });
  });
});

describe('[JR5] a body that cannot be read says why', () => {
  test.each([
    ['nothing', post(''), 400, /empty/],
    ['broken JSON', post('{"a":'), 400, /not JSON/],
    ['half a gzip', post(packed('{"a":1}').slice(0, 15)), 400, /not whole gzip/],
    ['another packing', post('x', { 'content-encoding': 'br' }), 415, /packed as br/],
    ['too large', post(`"${'x'.repeat(MAX_BODY_BYTES)}"`), 413, /larger than 1048576/],
    ['too large once unpacked', post(packed(`"${'x'.repeat(MAX_BODY_BYTES)}"`)), 413, /unpacked/],
  ] as const)('%s', async (_, request, status, detail) => {
    const problem = await problemOf(request);
    expect(problem.status).toBe(status);
    expect(problem.detail).toMatch(detail);
  });

  test('a stream that never says how long it is', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    const streamed = { method: 'POST', body: endless, duplex: 'half' };
    const request = fetched(new Request('http://shop.example/v1/batch', streamed), 'here');
    expect((await problemOf(request)).status).toBe(413);
    expect(sent).toBeLessThan(MAX_BODY_BYTES * 2);
  });

  test('a body of a hundred thousand brackets is read, and left to the messages to refuse', async () => {
    const depth = 100_000;
    expect(await readBody(post('['.repeat(depth) + ']'.repeat(depth)))).toBeInstanceOf(Array);
  });
});
