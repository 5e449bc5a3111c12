import type { Files } from '../../../platform/files/ports.ts';

/** Part of a file; less than `size` bytes where it ends. */
export async function readPiece(files: Files, name: string, from: number, size: number): Promise<Buffer> {
  const stream = await files.open(name, from, from + size);
  const parts: Buffer[] = [];
  let got = 0;
  for await (const part of stream) {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    got += bytes.length;
    if (got >= size) break;
  }
  stream.destroy();
  return Buffer.concat(parts).subarray(0, size);
}

/** Part of a file, as it is read. */
export async function* readRange(files: Files, name: string, from: number, to: number): AsyncGenerator<Buffer> {
  let left = to - from;
  if (left <= 0) return;
  const stream = await files.open(name, from, to);
  try {
    for await (const part of stream) {
      const bytes = Buffer.from(part);
      yield bytes.length > left ? bytes.subarray(0, left) : bytes;
      left -= bytes.length;
      if (left <= 0) return;
    }
  } finally {
    stream.destroy();
  }
}

export interface Peeked {
  readonly head: Buffer;
  readonly all: AsyncGenerator<Uint8Array>;
  /** Lets go of what is not read. To be called where nobody may have read any of it; does nothing after its end. */
  release(): Promise<void>;
}

/** How a stream begins, and the whole of it. */
export async function peek(source: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> {
  const rest = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let ended = false;
  while (head.length < size && !ended) {
    const next = await rest.next();
    if (next.done === true) ended = true;
    else head = Buffer.concat([head, next.value]);
  }
  const release = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    await rest.return?.();
  };
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      while (!ended) {
        const next = await rest.next();
        if (next.done === true) ended = true;
        else yield next.value;
      }
    } finally {
      await release();
    }
  }
  return { head, all: all(), release };
}
