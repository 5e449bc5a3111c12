import { Readable } from 'node:stream';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import type { Files } from '../../../platform/files/ports.ts';
import { Problem } from '../../../platform/kernel/problem.ts';
import { broken, type Count, metered, notTaken } from './limits.ts';
import { readRange } from './reading.ts';

const MOST_ENTRIES = 10_000;
/** Bits of an entry's flags: it is encrypted. */
const ENCRYPTED = 1;

class FilesReader extends RandomAccessReader {
  constructor(
    readonly files: Files,
    readonly name: string,
  ) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(readRange(this.files, this.name, start, end), { objectMode: false });
  }
}

export interface Archive {
  /** What it holds, folders left out, in its own order. */
  readonly names: readonly string[];
  /** One of them, unpacked and counted, its size as it is said before all. Throws Problem where it is damaged or needs a password. */
  read(name: string, count: Count): AsyncGenerator<Uint8Array>;
}

/** Looks into a zip archive. Names are only compared and shown, never made files of; a name that leads elsewhere is refused. */
export async function openZip(files: Files, name: string): Promise<Archive> {
  const size = await files.size(name);
  const entries = new Map<string, Entry>();
  const reader = new FilesReader(files, name);
  const zip = await fromRandomAccessReaderPromise(reader, size, { autoClose: false }).catch(refuse);
  try {
    if (zip.entryCount > MOST_ENTRIES) {
      throw notTaken(`The archive holds more than ${MOST_ENTRIES} files.`, 'Pack only the table.');
    }
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
  } catch (error) {
    refuse(error);
  }
  return {
    names: [...entries.keys()],
    read: async function* (wanted, count) {
      const entry = entries.get(wanted);
      if (entry === undefined) throw broken('a zip archive', `${wanted} is missing`);
      if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) {
        throw notTaken('The archive has a password.', 'Pack it without one.');
      }
      count(0, entry.uncompressedSize);
      try {
        yield* metered(await zip.openReadStreamPromise(entry), count);
      } catch (error) {
        refuse(error);
      }
    },
  };
}

function refuse(error: unknown): never {
  if (error instanceof Problem) throw error;
  const why = error instanceof Error ? error.message : '';
  if (/relative path|absolute path|invalid characters in fileName/.test(why)) {
    throw notTaken('The archive holds a file whose name leads out of its folder.', 'Pack it anew.');
  }
  throw broken('a zip archive or an Excel workbook', 'its list of files or one of them cannot be read');
}
