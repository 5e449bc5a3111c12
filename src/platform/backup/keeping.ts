import { filesPlace, isWithin, openFiles } from '../files/open.ts';
import type { Files } from '../files/ports.ts';
import type { Config } from '../kernel/config.ts';
import { MANIFEST } from './manifest.ts';

/** `touchstone-20261122-022300`: sorts by time. */
const NAME = /^touchstone-\d{8}-\d{6}$/;

export function nameOf(at: Date): string {
  const digits = at.toISOString().replaceAll(/[^0-9]/g, '');
  return `touchstone-${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
}

/** The place where backups are kept: a folder or `s3://bucket/prefix`. Throws in words where each would hold those before it. */
export async function openPlace(to: string, config: Pick<Config, 'dataDir' | 'filesAt' | 's3'>): Promise<Files> {
  const own = filesPlace(config);
  if (isWithin(to, own))
    throw new Error(`${to} lies in ${own}, which is in every backup itself: choose another place.`);
  return openFiles(to, config);
}

/** The same files, below a folder. */
export function within(files: Files, folder: string): Files {
  const inner = (name: string): string => `${folder}/${name}`;
  return {
    put: (name, source) => files.put(inner(name), source),
    open: (name, fromByte, toByte) => files.open(inner(name), fromByte, toByte),
    size: (name) => files.size(inner(name)),
    remove: (name) => files.remove(inner(name)),
    sweep: (before) => files.sweep(before),
    list: async (below) => {
      const names = await files.list(below === undefined ? folder : inner(below));
      return names.map((name) => name.slice(folder.length + 1));
    },
  };
}

/**
 * Removes all but the latest backups, and what was begun before the latest and has no manifest: nobody will end it. Other
 * files are left alone.
 * @param keep at least 1
 */
export async function keepLatest(place: Files, keep: number): Promise<void> {
  const names = await place.list();
  const whole = new Set(names.filter((n) => n.endsWith(`/${MANIFEST}`)).map((n) => n.slice(0, n.indexOf('/'))));
  const kept = [...whole]
    .filter((n) => NAME.test(n))
    .toSorted()
    .slice(-keep);
  const latest = kept.at(-1);
  if (latest === undefined) return;
  const goes = (folder: string): boolean => NAME.test(folder) && folder < latest && !kept.includes(folder);
  // The manifest first: half a backup is none.
  const leaving = names.filter((name) => goes(name.slice(0, name.indexOf('/'))));
  for (const name of leaving.filter((n) => n.endsWith(`/${MANIFEST}`))) await place.remove(name);
  for (const name of leaving.filter((n) => !n.endsWith(`/${MANIFEST}`))) await place.remove(name);
}
