import { StringDecoder } from 'node:string_decoder';
import { Parser } from 'htmlparser2';
import { notTaken } from './limits.ts';

/** A text or a tag of more than this is none that a spreadsheet writes: a cell holds 32,767 characters. */
const LONGEST = 4_000_000;
/** So little is read before what came of it is handed on: a piece may name the same long text in every cell. */
const PIECE = 16_384;
/** Tags in tags: a workbook has ten or so, and the parser's work grows with the square of them. */
const DEEPEST = 64;

export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/**
 * Reads XML as it comes; names without their prefix. Entities of its own (and with them their bombs) are not known. Gives
 * back control after every piece, with what the handlers have made of it.
 */
export async function* readXml(source: AsyncIterable<Uint8Array>, handlers: XmlHandlers): AsyncGenerator<void> {
  let quiet = 0;
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        quiet = 0;
        if (++depth > DEEPEST) throw notTaken('The workbook nests its parts too deep.', 'Send it as CSV.');
        handlers.open(local(name), attributes);
      },
      ontext: (text) => handlers.text(text),
      onclosetag: (name) => {
        quiet = 0;
        depth--;
        handlers.close(local(name));
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  const decoder = new StringDecoder('utf8');
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      quiet += piece.length;
      if (quiet > LONGEST) throw notTaken('The workbook holds a text that is too long for a cell.', 'Send it as CSV.');
      parser.write(decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.length)));
      yield;
    }
  }
  parser.end();
  yield;
}

function local(name: string): string {
  const at = name.indexOf(':');
  return at === -1 ? name : name.slice(at + 1);
}

/** The same to its end, for handlers that gather what they want themselves. */
export async function readWholeXml(source: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  const pieces = readXml(source, handlers);
  while ((await pieces.next()).done !== true);
}
