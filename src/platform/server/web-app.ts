import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Answers with a file of the built pages, with the first page for any other path of theirs, or with null. */
export type WebApp = (request: Request) => Response | null;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSES = new Set(['.html', '.js', '.css', '.json', '.svg', '.txt', '.webmanifest']);
const SMALLEST_COMPRESSED = 1_000;

class Asset {
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  readonly #compresses: boolean;
  readonly #encoded = new Map<'br' | 'gzip', Buffer>();

  constructor(
    path: string,
    readonly plain: Buffer,
  ) {
    const extension = extname(path);
    this.type = TYPES[extension] ?? 'application/octet-stream';
    this.etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
    // The build names everything below assets/ after its content.
    this.immutable = path.startsWith('/assets/');
    this.#compresses = COMPRESSES.has(extension) && plain.length >= SMALLEST_COMPRESSED;
  }

  /** The smallest form that the browser takes; compressed once, when first asked for. */
  encoded(accepts: string): { readonly body: Buffer; readonly encoding?: 'br' | 'gzip' } {
    if (!this.#compresses) return { body: this.plain };
    const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : undefined;
    if (encoding === undefined) return { body: this.plain };
    let body = this.#encoded.get(encoding);
    if (body === undefined) {
      body =
        encoding === 'br'
          ? brotliCompressSync(this.plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
          : gzipSync(this.plain, { level: 9 });
      this.#encoded.set(encoding, body);
    }
    return { body, encoding };
  }
}

/** Reads the built pages into memory (a few megabytes); undefined where nothing is built. */
export function loadWebApp(folder: string): WebApp | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${file.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '')}`;
    assets.set(path, new Asset(path, readFileSync(file)));
  }
  const first = assets.get('/index.html');
  return (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return null;
    const path = new URL(request.url).pathname;
    const asset = assets.get(path) ?? (isPage(path) ? first : undefined);
    return asset === undefined ? null : serve(request, asset);
  };
}

/** Paths with a file's ending, and those of the API and of ingest, are never pages. */
function isPage(path: string): boolean {
  return !/^\/(api|v1)(\/|$)/.test(path) && !path.startsWith('/assets/') && extname(path) === '';
}

function serve(request: Request, asset: Asset): Response {
  const headers = new Headers({
    'content-type': asset.type,
    etag: asset.etag,
    vary: 'accept-encoding',
    'cache-control': asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.headers.get('if-none-match') === asset.etag) return new Response(null, { status: 304, headers });
  const { body, encoding } = asset.encoded(request.headers.get('accept-encoding') ?? '');
  if (encoding !== undefined) headers.set('content-encoding', encoding);
  headers.set('content-length', String(body.length));
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers });
}
