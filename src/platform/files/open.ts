import { join, resolve, sep } from 'node:path';
import type { Config } from '../kernel/config.ts';
import { plenty } from '../stores/space.ts';
import { openFolder } from './folder.ts';
import type { Files } from './ports.ts';
import type { Room } from './room.ts';

/** Whether a place is storage that speaks S3. Throws in words for an address of any other kind. */
export function isBucket(where: string): boolean {
  if (where.startsWith('s3://')) return true;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(where)) throw new Error(`${where} names no folder and no s3://bucket/prefix.`);
  return false;
}

/**
 * Files in a place by its name: a folder, or `s3://bucket/prefix`.
 * @throws an Error in words where it names neither
 */
export async function openFiles(where: string, { s3 }: Pick<Config, 's3'>, space: Room = plenty): Promise<Files> {
  if (!isBucket(where)) return openFolder(where, space);
  // Its client is large: only who keeps files there loads it.
  const { openBucket } = await import('./s3.ts');
  return openBucket(where, s3, { space });
}

/** Whether one place lies in the other, or is the same. */
export function isWithin(inner: string, outer: string): boolean {
  if (isBucket(inner) !== isBucket(outer)) return false;
  const [a, b] = [inner, outer].map((w) => (isBucket(w) ? `${w.replace(/\/+$/, '')}/` : `${resolve(w)}${sep}`));
  return a !== undefined && b !== undefined && a.startsWith(b);
}

/** Where a house keeps its files. */
export function filesPlace({ filesAt, dataDir }: Pick<Config, 'filesAt' | 'dataDir'>): string {
  return filesAt ?? join(dataDir, 'files');
}
