import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { Files } from './ports.ts';

/** Writes a small file, reads it and takes it away again. Throws where any of that cannot be done. */
export async function probe(files: Files): Promise<void> {
  const name = `probe-${randomBytes(8).toString('hex')}`;
  await files.put(name, name);
  try {
    if ((await text(await files.open(name))) !== name) throw new Error('What was written reads as something else.');
  } finally {
    await files.remove(name);
  }
}
