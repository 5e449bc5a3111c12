import { Readable } from 'node:stream';

/**
 * What a source gives, in blocks of stated sizes, of which the last may be smaller; none for an empty source.
 * @param bytesOf the size of a block by its number, from 0
 */
export async function* blocksOf(
  source: Readable | Buffer | string,
  bytesOf: (number: number) => number,
): AsyncGenerator<Buffer, undefined, undefined> {
  let parts: Buffer[] = [];
  let gathered = 0;
  let number = 0;
  for await (const chunk of source instanceof Readable ? source : [source]) {
    let data: Buffer = Buffer.from(chunk);
    for (let room = bytesOf(number) - gathered; data.length >= room; room = bytesOf(number)) {
      const block = Buffer.concat([...parts, data.subarray(0, room)]);
      parts = [];
      gathered = 0;
      number++;
      data = data.subarray(room);
      yield block;
    }
    if (data.length === 0) continue;
    parts.push(data);
    gathered += data.length;
  }
  if (gathered > 0) yield Buffer.concat(parts);
}
