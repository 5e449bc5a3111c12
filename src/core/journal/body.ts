import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import type { HotRequest } from '../../platform/house/house.ts';
import { Problem, badInput } from '../../platform/kernel/problem.ts';

/** Largest body of a request, in bytes, as it comes and unpacked. */
export const MAX_BODY_BYTES = 1_048_576;

const unpack = promisify(gunzip);

/**
 * The JSON of a request, whatever it calls itself: browsers send text/plain, some SDKs gzip under another name. Throws
 * Problem: `too-large`, `unsupported` for another packing, `bad-input` for broken gzip or JSON.
 */
export async function readBody(request: HotRequest): Promise<unknown> {
  const encoding = (request.header('content-encoding') ?? '').trim().toLowerCase();
  if (encoding !== '' && encoding !== 'gzip' && encoding !== 'x-gzip' && encoding !== 'identity') {
    throw new Problem('unsupported', `The body is packed as ${encoding.slice(0, 40)}.`, {
      field: 'content-encoding',
      mend: 'Send gzip, or nothing packed.',
    });
  }
  const raw = await request.body(MAX_BODY_BYTES);
  const bytes = raw[0] === 0x1f && raw[1] === 0x8b ? await gunzipped(raw) : raw;
  if (bytes.length === 0) throw badInput('body', undefined, 'The body is empty.', 'Send a JSON object.');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw badInput('body', undefined, 'The body is not JSON.', 'Was it cut short? Check its quotes and brackets.');
  }
}

async function gunzipped(packed: Buffer): Promise<Buffer> {
  try {
    return await unpack(packed, { maxOutputLength: MAX_BODY_BYTES, finishFlush: constants.Z_FINISH });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw badInput('body', undefined, 'The body is not whole gzip.', 'Was it cut short?');
  }
}

function tooLarge(): Problem {
  return new Problem('too-large', `The body is larger than ${MAX_BODY_BYTES} bytes when it is unpacked.`, {
    mend: 'Send fewer messages a batch.',
  });
}
