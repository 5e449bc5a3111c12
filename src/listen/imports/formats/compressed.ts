import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { Problem } from '../../../platform/kernel/problem.ts';
import { broken, notTaken } from './limits.ts';

export async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const from = Readable.from(source);
  const out = createGunzip();
  from.on('error', (error) => out.destroy(error));
  from.pipe(out);
  try {
    for await (const bytes of out) yield Buffer.from(bytes);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw broken('a gzip archive', 'it ends too early or its checksum does not hold');
  } finally {
    from.destroy();
    out.destroy();
  }
}

/** A frame's window is held in memory; zstd itself writes more than this only when told to (`--ultra`, `--long`). */
const MOST_WINDOW = 2 ** 25;
/**
 * Bytes that may be moved: each block moves the whole window, whatever comes out of it. A full block of 128 KB in the largest
 * window moves 256 times what comes out.
 */
const MOST_MOVED = 2e9;
const MOVED_TIMES = 512;
const FRAME = 0xfd2fb528;
const LONGEST_HEADER = 18;

const unzstdBroken = (): Problem => broken('a zstd archive', 'it ends too early or is written wrongly');

/**
 * Frames are found here (RFC 8878, 3.1) and each is given to a decompressor of its own: how much memory one asks for is
 * looked at first.
 */
export async function* unzstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  const now: { at: 'frame' | 'block' | 'checksum' | 'skip' } = { at: 'frame' };
  let skip = 0;
  let checksum = false;
  let out: Uint8Array[] = [];
  let frame: Decompress | null = null;
  let window = 0;
  let moved = 0;
  let made = 0;
  const move = (): void => {
    moved += window;
    if (moved > MOST_MOVED + MOVED_TIMES * made) {
      throw notTaken('The zstd archive is of blocks that are too small.', 'Pack it anew, or send it as gz.');
    }
  };
  const feed = (bytes: Uint8Array, last: boolean): void => {
    try {
      // It keeps what it was given: the buffer must not change under it.
      frame?.push(Uint8Array.from(bytes), last);
    } catch {
      throw unzstdBroken();
    }
  };
  /** Takes one piece off the front; false where more has to come. */
  const step = (ended: boolean): boolean => {
    if (now.at === 'skip') {
      const n = Math.min(skip, rest.length);
      rest = rest.subarray(n);
      skip -= n;
      if (skip > 0) return false;
      now.at = 'frame';
      return rest.length > 0;
    }
    if (now.at === 'frame') {
      if (rest.length < LONGEST_HEADER && !ended) return false;
      if (rest.length === 0) return false;
      if (rest.length < 8) throw unzstdBroken();
      const magic = rest.readUInt32LE(0);
      if (magic >= 0x184d2a50 && magic <= 0x184d2a5f) {
        skip = 8 + rest.readUInt32LE(4);
        now.at = 'skip';
        return true;
      }
      if (magic !== FRAME) throw unzstdBroken();
      const header = frameHeader(rest);
      ({ checksum, window } = header);
      move();
      frame = new Decompress((bytes) => {
        made += bytes.length;
        out.push(bytes);
      });
      // Without its checksum, which the decompressor does not look at and would wait for.
      const bare = Buffer.from(rest.subarray(0, header.bytes));
      bare[4] = (bare[4] ?? 0) & ~4;
      feed(bare, false);
      rest = rest.subarray(header.bytes);
      now.at = 'block';
      return true;
    }
    if (now.at === 'checksum') {
      if (rest.length < 4) {
        if (ended) throw unzstdBroken();
        return false;
      }
      rest = rest.subarray(4);
      now.at = 'frame';
      return true;
    }
    if (rest.length < 3) return false;
    const block = rest.readUIntLE(0, 3);
    const bytes = 3 + (((block >> 1) & 3) === 1 ? 1 : block >> 3);
    if (bytes > 200_000) throw unzstdBroken();
    if (rest.length < bytes) return false;
    const last = (block & 1) === 1;
    move();
    feed(rest.subarray(0, bytes), last);
    rest = rest.subarray(bytes);
    if (last) {
      frame = null;
      now.at = checksum ? 'checksum' : 'frame';
    }
    return true;
  };
  for await (const bytes of source) {
    rest = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes]);
    while (step(false)) {
      yield* out;
      out = [];
    }
  }
  while (step(true)) {
    yield* out;
    out = [];
  }
  if (now.at === 'block' || now.at === 'skip' || rest.length > 0) throw unzstdBroken();
}

function frameHeader(bytes: Buffer): { readonly bytes: number; readonly checksum: boolean; readonly window: number } {
  const flags = bytes[4] ?? 0;
  const single = (flags & 32) !== 0;
  const sizeFlag = flags >> 6;
  const sizeBytes = sizeFlag === 0 ? (single ? 1 : 0) : 2 ** sizeFlag;
  const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeAt = 5 + (single ? 0 : 1) + dictionary;
  if (bytes.length < sizeAt + sizeBytes) throw unzstdBroken();
  let window: number;
  if (single) {
    const size = sizeBytes === 8 ? Number(bytes.readBigUInt64LE(sizeAt)) : bytes.readUIntLE(sizeAt, sizeBytes);
    window = size + (sizeBytes === 2 ? 256 : 0);
  } else {
    const said = bytes[5] ?? 0;
    const base = 2 ** (10 + (said >> 3));
    window = base + (base / 8) * (said & 7);
  }
  if (window > MOST_WINDOW || dictionary > 0) {
    throw new Problem('unsupported', 'The zstd archive needs more memory than is lent to it, or a dictionary.', {
      field: 'file',
      mend: 'Pack it without --ultra, --long and --dict, or send it as gz.',
      code: 'file-no-table',
    });
  }
  return { bytes: sizeAt + sizeBytes, checksum: (flags & 4) !== 0, window };
}
