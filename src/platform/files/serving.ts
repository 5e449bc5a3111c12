import { Readable } from 'node:stream';
import { FILE_KINDS, type FileKind } from './kinds.ts';
import type { Files } from './ports.ts';

/** Whatever is in it, it runs nothing, loads nothing and is no page of ours. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";

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

/** Headers of a download that is made as it is sent. */
export function downloadHeaders(fileName: string, type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-disposition': disposition('attachment', fileName),
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}

/**
 * A stored file as an answer. `fileName` may be its sender's: it is only ever a suggestion. Pictures are shown, all else is
 * saved; a browser takes neither for anything but what it was found to be when it came.
 */
export async function serve(
  files: Files,
  name: string,
  { fileName, kind }: { readonly fileName: string; readonly kind: FileKind },
): Promise<Response> {
  const { type, shown } = FILE_KINDS[kind];
  const bytes = await files.size(name);
  const body = Readable.toWeb(await files.open(name));
  return new Response(body as ReadableStream<Uint8Array>, {
    headers: {
      ...downloadHeaders(fileName, type),
      'content-disposition': disposition(shown ? 'inline' : 'attachment', fileName),
      'content-length': String(bytes),
    },
  });
}
