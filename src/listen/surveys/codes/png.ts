import { deflateSync } from 'node:zlib';

/**
 * A picture of black and white squares as PNG (ISO/IEC 15948), one bit a pixel. `rows`: true is black; each square is
 * `scale` pixels wide.
 */
export function pngOf(rows: readonly (readonly boolean[])[], scale: number): Buffer {
  const size = rows.length * scale;
  const line = Math.ceil(size / 8);
  const raw = Buffer.alloc((line + 1) * size, 0xff);
  for (let y = 0; y < size; y++) {
    const start = y * (line + 1);
    // No filter.
    raw[start] = 0;
    const row = rows[Math.floor(y / scale)] ?? [];
    for (let x = 0; x < size; x++) {
      const at = start + 1 + (x >> 3);
      if (row[Math.floor(x / scale)] === true) raw[at] = (raw[at] ?? 0) & ~(0x80 >> (x & 7));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  // One bit of grey, deflate, no interlace.
  head.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Buffer): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (TABLE[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
