import type { Readable } from 'node:stream';

/** Uploads, attachments and exports. A folder of the data directory. Names are ours, never a user's. */
export interface Files {
  /** Writes a whole file, durably; gone again when the source fails. Returns its size in bytes. */
  put(name: string, source: Readable | Buffer | string): Promise<number>;
  /**
   * Opens it from a byte on, to its end or to where `toByte` is the first that is left out: storage sends no more than was
   * asked for. Throws Problem `not-found` where there is none.
   */
  open(name: string, fromByte?: number, toByte?: number): Promise<Readable>;
  size(name: string): Promise<number>;
  /** The names of all files, or of those below a folder, in order. */
  list(below?: string): Promise<string[]>;
  remove(name: string): Promise<void>;
  /** Removes what a crash left of files that were last written to before a moment. In storage a rule of the bucket does that. */
  sweep(before: Date): Promise<void>;
}
