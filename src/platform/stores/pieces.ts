import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

const PIECE_LENGTH = 65_536;

/**
 * Rows as a body of JSONEachRow that is written while it is sent. One text of some megabytes for each insert would pile up
 * among the large objects of the heap, which are collected late. Between two pieces others have their turn.
 * @param write a row as one line of JSON; JSON.stringify unless said
 */
export function inPieces<T>(rows: readonly T[], write: (row: T) => string = JSON.stringify): Readable {
  return Readable.from(inTurns(pieces(rows, write)), { objectMode: false });
}

async function* inTurns(all: Iterable<Buffer>): AsyncGenerator<Buffer> {
  for (const piece of all) {
    yield piece;
    await setImmediate();
  }
}

/** The same, piece by piece, for whoever brings the rows part by part. */
export function* pieces<T>(rows: readonly T[], write: (row: T) => string): Generator<Buffer> {
  let piece = '';
  for (const row of rows) {
    piece += `${write(row)}\n`;
    if (piece.length < PIECE_LENGTH) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}
