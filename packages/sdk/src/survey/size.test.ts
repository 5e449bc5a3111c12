import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

test('[SQ63] script and style of an answering page weigh 14 KB at the most, packed', () => {
  const packed = ['enhance.mjs', 'survey.css'].map(
    (name) => gzipSync(readFileSync(new URL(name, import.meta.url))).byteLength,
  );
  expect(packed.reduce((all, bytes) => all + bytes, 0)).toBeLessThan(14_000);
});
