import { Readable } from 'node:stream';
import { Problem } from '../kernel/problem.ts';
import { FILE_KINDS, HEAD_BYTES, kindOf, type FileKind } from './kinds.ts';
import type { Files } from './ports.ts';

export interface Taken {
  readonly bytes: number;
  readonly kind: FileKind;
}

export interface Limits {
  /** Anything else is refused by what it is. */
  readonly kinds: readonly FileKind[];
  readonly maxBytes: number;
}

/**
 * Takes a file in: what it is is read from its first bytes before any of it is written. Throws Problem `unsupported` for
 * another kind, `too-large`, and `bad-input` for an empty one; nothing of those stays.
 */
export async function receive(files: Files, name: string, source: Readable, limits: Limits): Promise<Taken> {
  const { kinds, maxBytes } = limits;
  let kind: FileKind | undefined;
  async function* checked(): AsyncGenerator<Buffer> {
    let head = Buffer.alloc(0);
    for await (const chunk of source) {
      const data = Buffer.from(chunk);
      if (kind !== undefined) {
        yield data;
        continue;
      }
      head = Buffer.concat([head, data]);
      if (head.length < HEAD_BYTES) continue;
      kind = allowed(head, kinds);
      yield head;
    }
    if (kind !== undefined) return;
    kind = allowed(head, kinds);
    yield head;
  }
  const bytes = await files.put(name, Readable.from(checked()), { maxBytes });
  if (kind === undefined) throw new Error('A file was written whose kind was not looked at.');
  return { bytes, kind };
}

function allowed(head: Buffer, kinds: readonly FileKind[]): FileKind {
  if (head.length === 0) throw new Problem('bad-input', 'The file is empty.', { field: 'file' });
  const kind = kindOf(head);
  if (kind !== null && kinds.includes(kind)) return kind;
  const mend = `Send one of these: ${kinds.join(', ')}.`;
  const what = kind === null ? 'of a kind we do not know' : FILE_KINDS[kind].type.split(';')[0];
  throw new Problem('unsupported', `The file is ${what}.`, { field: 'file', mend });
}
