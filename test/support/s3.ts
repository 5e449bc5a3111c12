/**
 * Storage that speaks S3, on 127.0.0.1, for tests: it takes nothing that is not signed right (Signature Version 4, body
 * included) and refuses what Amazon refuses: parts too small or of another upload, keys it does not know, bodies cut off.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { S3Settings } from '../../src/platform/kernel/config.ts';

export interface S3ServerOptions {
  /** Keys of a page of a list. */
  readonly pageKeys?: number;
  /** Every answer with a body is cut off after so many bytes. */
  readonly hangUpAfterBytes?: number;
  /** Objects it cannot read now, by bucket and key; others may be named later. */
  readonly broken?: ReadonlySet<string>;
}

export interface S3Server {
  /** Address of a bucket that is there. */
  readonly bucket: string;
  readonly settings: S3Settings;
  /** May read and list, and nothing else. */
  readonly reading: S3Settings;
  /** What it holds, by bucket and key. */
  readonly objects: Map<string, Buffer>;
  /** Uploads in parts that were begun and neither completed nor aborted. */
  readonly uploads: ReadonlyMap<string, unknown>;
  /** What was asked of it: `PUT /tests/a`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const REGION = 'eu-test-1';
const BUCKET = 'tests';
const LEAST_PART_BYTES = 5 * 1_048_576;
const FIFTEEN_MINUTES_MS = 900_000;

export interface Signed {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** `host;x-amz-date`, as in the authorization. */
  readonly signedHeaders: string;
  readonly payloadHash: string;
  /** `20130524T000000Z` */
  readonly at: string;
  readonly region: string;
}

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const strict = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Signature Version 4 as Amazon describes it ("Signature Calculations for the Authorization Header"). */
export function signatureOf(request: Signed, secret: string): string {
  const { method, path, query, headers, signedHeaders, payloadHash, at, region } = request;
  const pairs = [...query].map(([k, v]) => `${strict(k)}=${strict(v)}`).sort();
  const lines = signedHeaders.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`);
  const canonical = [
    method,
    path.split('/').map((part) => strict(decodeURIComponent(part))).join('/'), // prettier-ignore
    pairs.join('&'),
    lines.join(''),
    signedHeaders,
    payloadHash,
  ].join('\n');
  const scope = `${at.slice(0, 8)}/${region}/s3/aws4_request`;
  const key = [at.slice(0, 8), region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  return hmac(key, ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')).toString('hex');
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

interface Key {
  readonly secret: string;
  readonly writes: boolean;
}

function admit(request: IncomingMessage, url: URL, body: Buffer, keys: ReadonlyMap<string, Key>): void {
  const { authorization = '' } = request.headers;
  const [, id = '', scope = '', signedHeaders = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(authorization) ??
    [];
  const key = keys.get(id);
  if (signature === undefined) throw new Refusal(403, 'AccessDenied');
  if (key === undefined) throw new Refusal(403, 'InvalidAccessKeyId');
  const at = String(request.headers['x-amz-date']);
  const time = Date.parse(at.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  if (!(Math.abs(time - Date.now()) < FIFTEEN_MINUTES_MS)) throw new Refusal(403, 'RequestTimeTooSkewed');
  if (scope !== `${at.slice(0, 8)}/${REGION}/s3/aws4_request`) throw new Refusal(400, 'AuthorizationHeaderMalformed');
  const covered = signedHeaders.split(';');
  const must = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (must.some((name) => !covered.includes(name))) throw new Refusal(403, 'AccessDenied');
  const payloadHash = String(request.headers['x-amz-content-sha256']);
  const signed = {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
  };
  if (signatureOf({ ...signed, signedHeaders, payloadHash, at, region: REGION }, key.secret) !== signature) {
    throw new Refusal(403, 'SignatureDoesNotMatch');
  }
  if (sha256(body) !== payloadHash) throw new Refusal(400, 'XAmzContentSHA256Mismatch');
  if (!key.writes && request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal(403, 'AccessDenied');
}

type Parts = Map<number, { readonly etag: string; readonly bytes: Buffer }>;

interface Held {
  readonly objects: Map<string, Buffer>;
  readonly uploads: Map<string, { readonly key: string; readonly parts: Parts }>;
  readonly options: S3ServerOptions;
}

const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

function xml(answer: ServerResponse, body: string, status = 200): void {
  answer.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
}

function list({ objects, options }: Held, query: URLSearchParams, answer: ServerResponse): void {
  const before = `${BUCKET}/${query.get('prefix') ?? ''}`;
  const after = query.get('continuation-token') ?? '';
  const keys = [...objects.keys()].filter((k) => k.startsWith(before) && k > after).sort();
  const page = keys.slice(0, options.pageKeys ?? 1_000);
  const more = keys.length > page.length;
  const contents = page.map((k) => `<Contents><Key>${k.slice(BUCKET.length + 1)}</Key></Contents>`);
  const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  xml(answer, `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`);
}

function get({ objects, options }: Held, key: string, request: IncomingMessage, answer: ServerResponse): void {
  const bytes = objects.get(key);
  if (bytes === undefined) throw new Refusal(404, 'NoSuchKey');
  if (options.broken?.has(key) === true) throw new Refusal(500, 'InternalError');
  const etag = etagOf(bytes);
  const { range = '', 'if-match': wanted } = request.headers;
  if (wanted !== undefined && wanted !== etag) throw new Refusal(412, 'PreconditionFailed');
  const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  const from = Number(first);
  if (range !== '' && from >= bytes.length) throw new Refusal(416, 'InvalidRange');
  const rest = bytes.subarray(from, last === '' ? undefined : Number(last) + 1);
  answer.writeHead(range === '' ? 200 : 206, { etag, 'content-length': rest.length });
  if (request.method === 'HEAD') answer.end();
  else if (rest.length <= (options.hangUpAfterBytes ?? Number.POSITIVE_INFINITY)) answer.end(rest);
  else answer.write(rest.subarray(0, options.hangUpAfterBytes), () => answer.destroy());
}

function complete({ objects, uploads }: Held, id: string, body: string, answer: ServerResponse): void {
  const upload = uploads.get(id);
  if (upload === undefined) throw new Refusal(404, 'NoSuchUpload');
  const named = [...body.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: /<ETag>(.*?)</.exec(part)?.[1]?.replaceAll('&quot;', '"'),
  }));
  const parts = named.map(({ number, etag }, i) => {
    const part = upload.parts.get(number);
    if (number !== i + 1 || part === undefined || part.etag !== etag) throw new Refusal(400, 'InvalidPart');
    if (i < named.length - 1 && part.bytes.length < LEAST_PART_BYTES) throw new Refusal(400, 'EntityTooSmall');
    return part.bytes;
  });
  if (parts.length === 0) throw new Refusal(400, 'MalformedXML');
  objects.set(upload.key, Buffer.concat(parts));
  uploads.delete(id);
  xml(answer, '<CompleteMultipartUploadResult/>');
}

function put(held: Held, key: string, query: URLSearchParams, body: Buffer, answer: ServerResponse): void {
  const id = query.get('uploadId');
  const etag = etagOf(body);
  if (id === null) held.objects.set(key, body);
  else {
    const upload = held.uploads.get(id);
    if (upload?.key !== key) throw new Refusal(404, 'NoSuchUpload');
    upload.parts.set(Number(query.get('partNumber')), { etag, bytes: body });
  }
  answer.writeHead(200, { etag }).end();
}

function post(held: Held, key: string, query: URLSearchParams, body: Buffer, answer: ServerResponse): void {
  if (!query.has('uploads')) return complete(held, query.get('uploadId') ?? '', body.toString(), answer);
  const id = randomBytes(8).toString('hex');
  held.uploads.set(id, { key, parts: new Map() });
  xml(answer, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
}

function handle(held: Held, request: IncomingMessage, url: URL, body: Buffer, answer: ServerResponse): void {
  const query = url.searchParams;
  const key = decodeURIComponent(url.pathname.slice(1)).replace(/\/$/, '');
  if (key.split('/')[0] !== BUCKET) throw new Refusal(404, 'NoSuchBucket');
  if (request.method === 'GET' && key === BUCKET) return list(held, query, answer);
  if (request.method === 'GET' || request.method === 'HEAD') return get(held, key, request, answer);
  if (request.method === 'PUT') return put(held, key, query, body, answer);
  if (request.method === 'POST') return post(held, key, query, body, answer);
  if (query.has('uploadId')) held.uploads.delete(query.get('uploadId') ?? '');
  else held.objects.delete(key);
  answer.writeHead(204).end();
}

export async function startS3(options: S3ServerOptions = {}): Promise<S3Server> {
  const held: Held = { objects: new Map(), uploads: new Map(), options };
  const keys = new Map<string, Key>(
    ['writer', 'reader'].map((id) => [id, { secret: randomBytes(20).toString('hex'), writes: id === 'writer' }]),
  );
  const asked: string[] = [];
  const server = createServer((request, answer) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push(`${request.method} ${url.pathname}`);
    buffer(request)
      .then((body) => {
        admit(request, url, body, keys);
        handle(held, request, url, body, answer);
      })
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) return answer.destroy();
        if (request.method === 'HEAD') return answer.writeHead(error.status).end();
        const said = `<Error><Code>${error.code}</Code><Message>${error.code}</Message></Error>`;
        return xml(answer, said, error.status);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const settingsOf = (accessKeyId: string): S3Settings => ({
    endpoint: `http://127.0.0.1:${port}`,
    region: REGION,
    key: { accessKeyId, secretAccessKey: keys.get(accessKeyId)?.secret ?? '' },
  });
  return {
    bucket: `s3://${BUCKET}`,
    settings: settingsOf('writer'),
    reading: settingsOf('reader'),
    objects: held.objects,
    uploads: held.uploads,
    asked,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
