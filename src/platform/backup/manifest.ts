import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Files } from '../files/ports.ts';
import { Problem } from '../kernel/problem.ts';

/** How a backup is written: raised when a program that knows only the one before could not read it. */
export const BACKUP_FORMAT = 1;
export const MANIFEST = 'manifest.json';

const file = {
  /** Its name in the backup. */
  file: z.string(),
  bytes: z.number().int(),
  /** Of the file as it lies there, in hex. */
  sha256: z.string(),
};
const storedFile = z.object(file);
export type StoredFile = z.infer<typeof storedFile>;

const table = z.object({
  name: z.string(),
  /** Its rows, and the sum of their hashes: `dump-records.ts`, `dump-facts.ts`. */
  rows: z.number().int(),
  hash: z.string(),
  ...file,
});

const body = z.object({
  format: z.number().int(),
  /** The moment it shows: RFC 3339. */
  at: z.string(),
  /** The migrations that had made the schema, in order. */
  schema: z.object({ records: z.array(z.string()), facts: z.array(z.string()) }),
  records: z.array(table.extend({ columns: z.array(z.string()) })),
  facts: z.array(table.extend({ columns: z.array(z.object({ name: z.string(), type: z.string() })) })),
  /** Where each sequence stood: text, for they may be larger than a number holds. */
  sequences: z.record(z.string(), z.string()),
  /** The names of the keys that seal secrets in it: none of the keys is. */
  keys: z.array(z.string()),
  /** Work that waited. */
  jobs: z.object({ rows: z.number().int(), ...file }),
  /** Uploads and others, under the names the house knows them by. */
  files: z.array(z.object({ name: z.string(), ...file })),
});
export type ManifestBody = z.infer<typeof body>;

const manifest = body.extend({
  /** SHA-256 of all the above: what was changed afterwards is seen. */
  seal: z.string(),
});
export type Manifest = z.infer<typeof manifest>;

function sealOf(content: ManifestBody): string {
  return createHash('sha256')
    .update(JSON.stringify(body.parse(content)))
    .digest('hex');
}

export function sealed(content: ManifestBody): Manifest {
  const parsed = body.parse(content);
  return { ...parsed, seal: sealOf(parsed) };
}

/** What a backup says of itself. Throws in words for a folder that is none, and for a damaged or a newer one. */
export async function readManifest(place: Files): Promise<Manifest> {
  const written = await place.open(MANIFEST).then(text, (error: unknown) => {
    if (!(error instanceof Problem) || error.type !== 'not-found') throw error;
    throw new Error(`There is no ${MANIFEST}: that is no backup, or one that was not brought to its end.`);
  });
  const json = parsedOrUndefined(written);
  const head = z.object({ format: z.number() }).safeParse(json);
  if (head.success && head.data.format > BACKUP_FORMAT) {
    throw new Error('The backup was made by a newer Touchstone: restore it with that one, or a later one.');
  }
  const read = manifest.safeParse(json);
  if (!read.success || sealOf(read.data) !== read.data.seal) {
    throw new Error(`The backup is damaged: its ${MANIFEST} is not as it was written.`);
  }
  return read.data;
}

function parsedOrUndefined(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

/** Every file of a backup. */
export function filesOf(m: ManifestBody): StoredFile[] {
  return [...m.records, ...m.facts, m.jobs, ...m.files];
}

/** Reads every file of a backup. Throws in words where one is missing or another than was written. */
export async function checkFiles(place: Files, m: ManifestBody): Promise<void> {
  for (const { file: name, bytes, sha256 } of filesOf(m)) {
    const hash = createHash('sha256');
    let read = 0;
    const source = await place.open(name).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.type !== 'not-found') throw error;
      throw new Error(`The backup is damaged: ${name} is missing.`);
    });
    for await (const chunk of source) {
      hash.update(chunk);
      read += chunk.length;
    }
    if (read !== bytes || hash.digest('hex') !== sha256) {
      throw new Error(`The backup is damaged: ${name} is not as it was written.`);
    }
  }
}
