import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import type { S3Settings } from '../kernel/config.ts';
import { Problem } from '../kernel/problem.ts';
import { plenty } from '../stores/space.ts';
import { blocksOf } from './blocks.ts';
import { isName, refuseOtherNames } from './names.ts';
import type { Files } from './ports.ts';
import { refuseWithoutRoom, type Room } from './room.ts';

const ADDRESS = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120})*)\/?$/;
const MEGABYTE = 1_048_576;
/** No storage takes more parts of a file; none but the last may be smaller than 5 MB. */
const MOST_PARTS = 10_000;
/** A reader may be slow, and storage hangs up on slow readers: so often in a row it is asked for the rest. */
const MOST_BREAKS = 5;

export interface BucketOptions {
  readonly space?: Room;
  /** Bytes of the first thousand parts of a large file; the next thousand are twice as large, and so on. */
  readonly partBytes?: number;
}

/**
 * Files in a bucket of storage that speaks S3, below a prefix. A file appears whole when its last byte has been taken:
 * a small one is sent in one piece, a larger one in parts of which two are in memory.
 * @param address `s3://bucket/prefix`
 * @throws an Error in words where the address is none
 */
export function openBucket(address: string, settings: S3Settings, options: BucketOptions = {}): Files {
  const { space = plenty, partBytes = 8 * MEGABYTE } = options;
  const [, bucket, path = ''] = ADDRESS.exec(address) ?? [];
  if (bucket === undefined) throw new Error(`${address} is no address of a bucket: s3://bucket/prefix is one.`);
  const prefix = path === '' ? '' : `${path.slice(1)}/`;
  const client = clientOf(settings);

  function keyOf(name: string): string {
    refuseOtherNames(name);
    return prefix + name;
  }

  /** Asks the storage; what it has against that is said in words. */
  async function ask<T>(asking: Promise<T>): Promise<T> {
    try {
      return await asking;
    } catch (error) {
      throw inWords(error, `s3://${bucket}`);
    }
  }

  async function sizeOf(name: string): Promise<number> {
    const { ContentLength } = await ask(client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(name) })));
    return ContentLength ?? 0;
  }

  async function sendInParts(Key: string, first: Buffer, second: Buffer, rest: AsyncIterator<Buffer>) {
    const whose = { Bucket: bucket, Key };
    const { UploadId } = await ask(client.send(new CreateMultipartUploadCommand(whose)));
    const upload = { ...whose, UploadId };
    const parts: CompletedPart[] = [];
    let bytes = 0;
    const sendPart = async (block: Buffer): Promise<void> => {
      const PartNumber = parts.length + 1;
      if (PartNumber > MOST_PARTS) throw new Problem('too-large', 'The file is too large for the storage it goes to.');
      const { ETag } = await ask(client.send(new UploadPartCommand({ ...upload, PartNumber, Body: block })));
      parts.push({ PartNumber, ETag });
      bytes += block.length;
    };
    try {
      await sendPart(first);
      let block: Buffer | undefined = second;
      while (block !== undefined) {
        // The next part is gathered while this one is on its way.
        const [next]: [IteratorResult<Buffer>, unknown] = await both(rest.next(), sendPart(block));
        block = next.done === true ? undefined : next.value;
      }
      await ask(client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } })));
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
      throw error;
    }
    return bytes;
  }

  /** A file from a byte on; null where it has no more. */
  async function read(name: string, fromByte: number, toByte: number | undefined, IfMatch: string | undefined) {
    const Key = keyOf(name);
    const last = toByte === undefined ? '' : String(toByte - 1);
    const range = fromByte === 0 && last === '' ? {} : { Range: `bytes=${fromByte}-${last}` };
    try {
      const { Body, ETag } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key, ...range, ...(IfMatch === undefined ? {} : { IfMatch }) }),
      );
      if (!(Body instanceof Readable)) throw new Error('The storage gave no stream.');
      return { body: Body, etag: ETag };
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 416) return null;
      throw inWords(error, `s3://${bucket}`);
    }
  }

  async function* pieces(
    name: string,
    fromByte: number,
    toByte: number | undefined,
    begun: Awaited<ReturnType<typeof read>>,
  ) {
    let at = fromByte;
    for (let breaks = 0, current = begun; current !== null;) {
      try {
        for await (const chunk of current.body) {
          const data: Buffer = Buffer.from(chunk);
          at += data.length;
          breaks = 0;
          yield data;
        }
        return;
      } catch (error) {
        if (++breaks > MOST_BREAKS) throw inWords(error, `s3://${bucket}`);
        // The same file or none: another may have taken its name.
        if (at === toByte) return;
        current = await read(name, at, toByte, begun?.etag);
      }
    }
  }

  return {
    put: async (name, source) => {
      refuseWithoutRoom(space);
      const Key = keyOf(name);
      const blocks = blocksOf(source, (number) => partBytes * (1 + Math.floor(number / 1000)));
      try {
        const first = await blocks.next();
        const block = first.done === true ? Buffer.alloc(0) : first.value;
        const second = await blocks.next();
        if (second.done !== true) return await sendInParts(Key, block, second.value, blocks);
        await ask(client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: block })));
        return block.length;
      } finally {
        // Whoever feeds it is let go of, however it ended.
        await blocks.return(undefined);
      }
    },
    open: async (name, fromByte = 0, toByte) => {
      if (toByte !== undefined && toByte <= fromByte) {
        await sizeOf(name);
        return Readable.from([]);
      }
      return Readable.from(pieces(name, fromByte, toByte, await read(name, fromByte, toByte, undefined)));
    },
    size: sizeOf,
    list: async (below) => {
      const Prefix = below === undefined ? prefix : `${keyOf(below)}/`;
      const names: string[] = [];
      for (let ContinuationToken: string | undefined, more = true; more;) {
        const page = await ask(client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, ContinuationToken })));
        names.push(...(page.Contents ?? []).map(({ Key = '' }) => Key.slice(prefix.length)));
        ContinuationToken = page.NextContinuationToken;
        more = ContinuationToken !== undefined;
      }
      return names.filter(isName).sort();
    },
    remove: async (name) => {
      await ask(client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(name) })));
    },
    sweep: () => Promise.resolve(),
  };
}

/** What two come to. Neither is left behind when the other fails. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

function clientOf({ endpoint, region, key }: S3Settings): S3Client {
  return new S3Client({
    region,
    // Storage of others seldom has a name in DNS for every bucket.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    // Without a key the client looks where its machine or container gets one from.
    ...(key === undefined ? {} : { credentials: key }),
    // A body is covered by its signature; storage of others refuses the newer sums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
  });
}

const REASONS: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket',
  AccessDenied: 'its key may not do that',
  InvalidAccessKeyId: 'it does not know the key',
  SignatureDoesNotMatch: 'the secret is not that of the key',
  RequestTimeTooSkewed: 'the clock of this machine is wrong',
  CredentialsProviderError: 'no key is set',
};

/** What the storage has against it: of its own words, which quote the request, only the name of the error is told on. */
function inWords(error: unknown, where: string): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'NoSuchKey' || error.name === 'NotFound') {
    return new Problem('not-found', 'There is no such file.');
  }
  const reason = REASONS[error.name];
  if (reason !== undefined) return away(`The storage ${where} cannot be used: ${reason}.`);
  if (error instanceof S3ServiceException) {
    return away(`The storage ${where} answers ${error.$metadata.httpStatusCode ?? ''} ${error.name}.`);
  }
  const code = 'code' in error ? String(error.code) : error.name === 'TimeoutError' ? 'no answer in time' : undefined;
  return code === undefined ? error : away(`The storage ${where} cannot be reached (${code}).`);
}

function away(detail: string): Problem {
  return new Problem('unavailable', detail, {
    mend: 'Try again later; ./touchstone doctor says more.',
    retryAfterSeconds: 30,
  });
}
