import { statfs } from 'node:fs/promises';
import type { Log } from '../kernel/log.ts';

/** How much room there is where we write. */
export interface SpaceWatch {
  /** Kept free so that what was acknowledged can be finished: an engine that meets a full disk ends. */
  readonly reserveBytes: number;
  /** Why nothing new may be taken, in words; undefined while there is room. */
  refusal(): string | undefined;
  stop(): void;
}

export interface SpaceOptions {
  /** Unless said a gigabyte, or a twentieth of a smaller disk. */
  readonly reserveBytes: number | undefined;
  readonly log: Log;
  readonly measure?: (folder: string) => Promise<{ readonly freeBytes: number; readonly totalBytes: number }>;
  readonly everyMs?: number;
}

/** A disk takes some hundred megabytes a second: it must be seen before the reserve is gone. */
const EVERY_MS = 500;
const RESERVE_BYTES = 1_000_000_000;
const RESERVE_SHARE = 0.05;
/** More than the reserve has to be free again before anything is taken, so that it does not flicker. */
const BACK = 1.1;

async function measured(folder: string): Promise<{ readonly freeBytes: number; readonly totalBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Where there is always room: a house over stores of somebody else's. */
export const plenty: SpaceWatch = { reserveBytes: 0, refusal: () => undefined, stop: () => undefined };

/** Looks again and again at how much room a folder's disk has. */
export async function watchSpace(folder: string, options: SpaceOptions): Promise<SpaceWatch> {
  const { log, measure = measured, everyMs = EVERY_MS } = options;
  const first = await measure(folder);
  const reserveBytes = options.reserveBytes ?? Math.min(RESERVE_BYTES, Math.floor(first.totalBytes * RESERVE_SHARE));
  let low = false;
  let free = first.freeBytes;

  function see(freeBytes: number): void {
    const before = low;
    free = freeBytes;
    low = freeBytes < reserveBytes * (low ? BACK : 1);
    if (low && !before) log.error({ freeBytes, reserveBytes }, 'the disk is nearly full: nothing new is taken');
    if (!low && before) log.info({ freeBytes, reserveBytes }, 'the disk has room again');
  }

  see(first.freeBytes);
  const timer = setInterval(() => {
    measure(folder).then(
      ({ freeBytes }) => see(freeBytes),
      () => undefined,
    );
  }, everyMs);
  timer.unref();
  return {
    reserveBytes,
    refusal: () => (low ? inWords(free, reserveBytes) : undefined),
    stop: () => clearInterval(timer),
  };
}

function inWords(freeBytes: number, reserveBytes: number): string {
  const megabytes = (bytes: number): string => `${Math.floor(bytes / 1_000_000)} MB`;
  return `The disk is nearly full: ${megabytes(freeBytes)} are free, and ${megabytes(reserveBytes)} are kept to finish what was taken.`;
}
