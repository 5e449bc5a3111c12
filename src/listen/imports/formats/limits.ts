import { Problem } from '../../../platform/kernel/problem.ts';

/** What unpacking may come to: counted as it comes out. What a file says of itself can only have it refused sooner. */
export interface UnpackLimits {
  /** Of one step: an archive's file, a workbook's part, the table. */
  readonly maxBytes: number;
  /** Of a workbook: of all its parts that are read, together. */
  readonly maxBookBytes: number;
  /** So many times the packed size … */
  readonly mostTimes: number;
  /** … is looked at once so much has come out. */
  readonly fromBytes: number;
}

/** A full sheet of a million rows is about as large. */
const MOST_BOOK_BYTES = 1_000_000_000;

/** Packed text shrinks to a tenth, a dull workbook to a fiftieth; a bomb to a thousandth and less. */
export function unpackLimits(maxBytes: number): UnpackLimits {
  return { maxBytes, maxBookBytes: Math.min(maxBytes, MOST_BOOK_BYTES), mostTimes: 250, fromBytes: 100_000_000 };
}

/** Takes the bytes that came out, and those that are said to come next. */
export type Count = (bytes: number, next?: number) => void;

/** Counts what comes out of a file of `packedBytes`. Throws Problem `too-large` as soon as it is too much. */
export function meter(packedBytes: number, { maxBytes, mostTimes, fromBytes }: UnpackLimits): Count {
  let out = 0;
  return (bytes, next = 0) => {
    out += bytes;
    const all = out + next;
    if (all > maxBytes) {
      throw tooMuch(`Unpacked, the file is larger than ${maxBytes} bytes.`, Math.floor(maxBytes / 1e6), mostTimes);
    }
    if (all > fromBytes && all > packedBytes * mostTimes) {
      throw tooMuch(
        `The file unpacks to more than ${mostTimes} times its size.`,
        Math.floor(maxBytes / 1e6),
        mostTimes,
      );
    }
  };
}

function tooMuch(detail: string, megabytes: number, times: number): Problem {
  return new Problem('too-large', detail, {
    field: 'file',
    mend: 'Split it, or send it as CSV.',
    code: 'file-unpacks-too-large',
    values: { megabytes, times },
  });
}

export async function* metered(
  source: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    count(bytes.length);
    yield bytes;
  }
}

/** What a file is that is not whole, or not what it says. */
export function broken(what: string, how: string): Problem {
  return new Problem('bad-input', `The file is ${what}, but it is damaged: ${how}.`, {
    field: 'file',
    mend: 'Was it sent whole? Make it anew, or send it as CSV.',
    code: 'file-damaged',
  });
}

export function notTaken(detail: string, mend: string): Problem {
  return new Problem('unsupported', detail, { field: 'file', mend, code: 'file-no-table' });
}
