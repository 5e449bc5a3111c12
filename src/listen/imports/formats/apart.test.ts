import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFolder } from '../../../platform/files/folder.ts';
import { unwrapApart } from './apart.ts';
import { unpackLimits } from './limits.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'apart-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Fills buffers, which no limit of the heap knows of, and never listens to anybody. */
const GREEDY = `
process.once('message', () => {
  const rest = new Int32Array(new SharedArrayBuffer(4));
  for (const all = []; ; Atomics.wait(rest, 0, 0, 10)) all.push(Buffer.alloc(4_000_000, 1));
});`;

test.skipIf(process.platform !== 'linux')(
  '[IM21] a file whose bytes take more than is given, beside the heap, is refused too',
  async () => {
    const program = join(root, 'greedy.mjs');
    await writeFile(program, GREEDY);
    const files = await openFolder(join(root, 'files'));
    await files.put('packed', 'x');
    const asked = { kind: 'zip' as const, sent: 1, limits: unpackLimits(1e9), part: undefined };
    const limits = { program: pathToFileURL(program), allMemoryMb: 200 };
    await expect(unwrapApart(files, 'packed', asked, undefined, limits)).rejects.toMatchObject({
      type: 'unsupported',
      detail: 'The file cannot be unpacked: it takes too much memory.',
    });
  },
);
