import type { Readable } from 'node:stream';
import { FILE_KINDS, kindOf } from './kinds.ts';
import type { Files } from './ports.ts';

/** Whatever is in it, it runs nothing, loads nothing and is no page of ours. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";

const UNKNOWN = { type: 'application/octet-stream', shown: false };

/** RFC 6266: the name in letters every browser reads, and as it is (RFC 8187) where that differs. */
function disposition(how: 'attachment' | 'inline', fileName: string): string {
  const name = fileName.replaceAll(/[\p{Cc}\p{Cf}/\\]/gu, '_').slice(0, 200) || 'file';
  const plain = name.replaceAll(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(Buffer.from(name).toString()).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return plain === name ? `${how}; filename="${name}"` : `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function headersOf(disposed: string, type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-disposition': disposed,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}

/** Who takes nothing for so long has gone without a word, and what is held for them is let go. */
const IDLE_MS = 600_000;

/**
 * An export that is made as it is sent, in flat memory: the next part is asked for when the last was taken. Where none is
 * taken for `idleMs` the parts are ended and the answer breaks.
 */
export function download(
  fileName: string,
  type: string,
  parts: AsyncIterable<Uint8Array | string>,
  idleMs = IDLE_MS,
): Response {
  return new Response(streamOf(parts, idleMs), { headers: headersOf(disposition('attachment', fileName), type) });
}

/**
 * A stored file as an answer. What it is is read from its first bytes; `fileName` may be its sender's, and is only ever a
 * suggestion. Pictures are shown, all else is saved, and a browser takes neither for anything else.
 */
export async function serve(files: Files, name: string, fileName: string): Promise<Response> {
  const bytes = await files.size(name);
  const parts = partsOf(await files.open(name));
  const first = await parts.next();
  const head = first.done === true ? new Uint8Array() : first.value;
  const kind = kindOf(head);
  const { type, shown } = kind === null ? UNKNOWN : FILE_KINDS[kind];
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* parts;
  }
  const headers = headersOf(disposition(shown ? 'inline' : 'attachment', fileName), type);
  return new Response(streamOf(whole()), { headers: { ...headers, 'content-length': String(bytes) } });
}

async function* partsOf(source: Readable): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) yield Buffer.from(chunk);
}

function streamOf(parts: AsyncIterable<Uint8Array | string>, idleMs?: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  let idle: NodeJS.Timeout | undefined;
  return new ReadableStream({
    pull: async (controller) => {
      clearTimeout(idle);
      const next = await iterator.next();
      if (next.done === true) {
        controller.close();
        return;
      }
      controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value);
      if (idleMs === undefined) return;
      idle = setTimeout(() => {
        controller.error(new Error('Nothing of the file was taken for too long.'));
        iterator.return?.(undefined).catch(() => undefined);
      }, idleMs).unref();
    },
    cancel: async () => {
      clearTimeout(idle);
      await iterator.return?.(undefined);
    },
  });
}
