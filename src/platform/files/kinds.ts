import { binaryKind } from '@touchstone/domain/tabular';

interface Looks {
  /** What it is served as. */
  readonly type: string;
  readonly extension: string;
  /** Whether a browser may show it in the page's own origin: pictures it cannot be made to run anything by. */
  readonly shown: boolean;
}

/** What a file can be, known by its first bytes alone: neither its name nor what its sender says of it counts. */
export const FILE_KINDS = {
  png: { type: 'image/png', extension: 'png', shown: true },
  jpeg: { type: 'image/jpeg', extension: 'jpg', shown: true },
  gif: { type: 'image/gif', extension: 'gif', shown: true },
  webp: { type: 'image/webp', extension: 'webp', shown: true },
  pdf: { type: 'application/pdf', extension: 'pdf', shown: false },
  zip: { type: 'application/zip', extension: 'zip', shown: false },
  gzip: { type: 'application/gzip', extension: 'gz', shown: false },
  zstd: { type: 'application/zstd', extension: 'zst', shown: false },
  parquet: { type: 'application/vnd.apache.parquet', extension: 'parquet', shown: false },
  // Pages, scripts and drawings (HTML, SVG) are text: they leave as such.
  text: { type: 'text/plain; charset=utf-8', extension: 'txt', shown: false },
} as const satisfies Record<string, Looks>;

export type FileKind = keyof typeof FILE_KINDS;

/** Enough to know any of them by, and to see that what begins as text goes on as such. */
export const HEAD_BYTES = 65_536;

const MAGIC: readonly (readonly [kind: FileKind, at: number, bytes: string])[] = [
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['gif', 0, 'GIF87a'],
  ['gif', 0, 'GIF89a'],
  ['webp', 8, 'WEBPVP8'],
  ['pdf', 0, '%PDF-'],
  ['zip', 0, 'PK\x03\x04'],
  ['gzip', 0, '\x1f\x8b\x08'],
  ['zstd', 0, '\x28\xb5\x2f\xfd'],
  ['parquet', 0, 'PAR1'],
];

/** What the first bytes of a file say it is; null for anything else, and for an empty one. */
export function kindOf(head: Uint8Array): FileKind | null {
  if (head.length === 0) return null;
  const text = Buffer.from(head.subarray(0, 16)).toString('latin1');
  const found = MAGIC.find(([, at, bytes]) => text.startsWith(bytes, at));
  if (found !== undefined) return found[0];
  return binaryKind(head) === null ? 'text' : null;
}

/** What it is, for whoever sent it: `a gzip archive`, `text`. */
export function inWords(head: Uint8Array): string {
  return kindOf(head) === 'text' ? 'text' : (binaryKind(head) ?? 'of a kind we do not know');
}
