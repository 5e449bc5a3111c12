import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { contentSecurity } from './headers.ts';

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

/** How a file may be packed, best first, each by the build beside it. */
const PACKED = [
  { coding: 'br', ending: '.br' },
  { coding: 'gzip', ending: '.gz' },
] as const;

type Coding = (typeof PACKED)[number]['coding'];

class Asset {
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;

  constructor(
    path: string,
    readonly plain: Buffer<ArrayBuffer>,
    readonly packed: ReadonlyMap<Coding, Buffer<ArrayBuffer>>,
  ) {
    this.type = TYPES[extname(path)] ?? 'application/octet-stream';
    this.etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
    // The build names everything below assets/ after its content.
    this.immutable = path.startsWith('/assets/');
  }
}

/** Reads the built pages into memory (a few megabytes, each with what the build packed of it); undefined where nothing is built. */
export function loadWebApp(folder: string): WebApp | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || PACKED.some(({ ending }) => entry.name.endsWith(ending))) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${file.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '')}`;
    const packed = PACKED.filter(({ ending }) => existsSync(file + ending)).map(
      ({ coding, ending }) => [coding, readFileSync(file + ending)] as const,
    );
    assets.set(path, new Asset(path, readFileSync(file), new Map(packed)));
  }
  const first = assets.get('/index.html');
  return (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return null;
    const path = new URL(request.url).pathname;
    const asset = assets.get(path);
    if (asset !== undefined && asset !== first) return serve(request, asset);
    if (first === undefined || (asset === undefined && !isPage(path))) return null;
    return servePage(request, first.plain.toString('utf8'));
  };
}

/** Paths with a file's ending, and those of the API, of provisioning and of ingest, are never pages. */
function isPage(path: string): boolean {
  return !/^\/(api|v1|scim|internal)(\/|$)/.test(path) && !path.startsWith('/assets/') && extname(path) === '';
}

/**
 * The first page, anew for every visit: it holds the nonce that its style elements carry. Small, and never kept, since
 * a nonce that was seen before would let in what it is there to keep out.
 */
function servePage(request: Request, html: string): Response {
  const nonce = randomBytes(18).toString('base64');
  const body = html.replace('<head>', `<head><meta property="csp-nonce" nonce="${nonce}" />`);
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': contentSecurity(nonce),
  });
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}

function serve(request: Request, asset: Asset): Response {
  const headers = new Headers({
    'content-type': asset.type,
    etag: asset.etag,
    vary: 'accept-encoding',
    'cache-control': asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.headers.get('if-none-match') === asset.etag) return new Response(null, { status: 304, headers });
  const taken = codingsOf(request.headers.get('accept-encoding') ?? '');
  const coding = PACKED.map((way) => way.coding).find((way) => taken.has(way) && asset.packed.has(way));
  if (coding !== undefined) headers.set('content-encoding', coding);
  const body = (coding === undefined ? undefined : asset.packed.get(coding)) ?? asset.plain;
  headers.set('content-length', String(body.length));
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}

/** What a browser says it can unpack (RFC 9110, 12.5.3): a weight of nothing says that it cannot. */
function codingsOf(accepted: string): ReadonlySet<string> {
  const said = accepted.split(',').map((one) => one.split(';').map((part) => part.trim().toLowerCase()));
  return new Set(
    said.flatMap(([coding = '', ...weights]) => (weights.some((one) => /^q=0(\.0*)?$/.test(one)) ? [] : [coding])),
  );
}
