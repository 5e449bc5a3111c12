import { Readable } from 'node:stream';
import { Problem } from '../kernel/problem.ts';
import { HEAD_BYTES, inWords, kindOf, type FileKind } from './kinds.ts';
import type { Files } from './ports.ts';

export interface Taken {
  readonly bytes: number;
  readonly kind: FileKind;
}

export interface Limits {
  /** Anything else is refused by what it is. */
  readonly kinds: readonly FileKind[];
  readonly maxBytes: number;
  /** What its sender says of its size, where it says anything: too much is refused before any of it is read. */
  readonly saidBytes?: number;
  /** What to send instead of a file of another kind, and the problem's code. */
  readonly otherwise: { readonly mend: string; readonly code: string };
}

/**
 * Takes a file in: what it is is read from its first bytes before any of it is written. Throws Problem `unsupported` for
 * another kind, `too-large`, and `bad-input` for an empty one; nothing of those stays.
 */
export async function receive(
  files: Files,
  name: string,
  source: AsyncIterable<Uint8Array>,
  limits: Limits,
): Promise<Taken> {
  if ((limits.saidBytes ?? 0) > limits.maxBytes) throw tooLarge(limits.maxBytes);
  let kind: FileKind | undefined;
  async function* checked(): AsyncGenerator<Uint8Array> {
    let head = Buffer.alloc(0);
    let bytes = 0;
    for await (const data of source) {
      bytes += data.length;
      if (bytes > limits.maxBytes) throw tooLarge(limits.maxBytes);
      if (kind !== undefined) {
        yield data;
        continue;
      }
      head = Buffer.concat([head, data]);
      if (head.length < HEAD_BYTES) continue;
      kind = allowed(head, limits);
      yield head;
    }
    if (kind !== undefined) return;
    kind = allowed(head, limits);
    yield head;
  }
  const bytes = await files.put(name, Readable.from(checked()));
  if (kind === undefined) throw new Error('A file was written whose kind was not looked at.');
  return { bytes, kind };
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('too-large', `The file is larger than ${maxBytes} bytes.`, {
    field: 'file',
    mend: 'Split it, or raise UPLOAD_CAP_BYTES.',
    code: 'file-too-large',
    values: { megabytes: Math.floor(maxBytes / 1e6) },
  });
}

function allowed(head: Buffer, { kinds, otherwise }: Limits): FileKind {
  if (head.length === 0) throw new Problem('bad-input', 'The file is empty.', { field: 'file', code: 'file-empty' });
  const kind = kindOf(head);
  if (kind !== null && kinds.includes(kind)) return kind;
  throw new Problem('unsupported', `The file is ${inWords(head)}: that is not taken here.`, {
    field: 'file',
    ...otherwise,
  });
}

/** The body of a request, piece by piece; nothing where there is none. What nobody reads is let go of. */
export async function* bytesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
