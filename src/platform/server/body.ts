import { Problem } from '../kernel/problem.ts';

/** Largest body of an operation, in bytes. Files go through routes that stream. */
export const BODY_CAP_BYTES = 1_000_000;
/** How deep objects and lists of a body may lie in one another. */
export const DEPTH_CAP = 32;

const NUL = 'The request holds a NUL character, which no store keeps.';

/** Throws Problem `bad-input` for an address that holds a NUL. */
export function refuseNul(url: string): void {
  if (url.includes('%00')) throw new Problem('bad-input', NUL);
}

/**
 * The text of a JSON body, or undefined where there is none. Throws Problem: `unsupported` when it says it is something
 * else, `too-large`, or `bad-input` when it is not JSON, lies too deep or holds a NUL.
 */
export async function readJsonBody(request: Request): Promise<string | undefined> {
  if (request.body === null) return undefined;
  const text = utf8(await readCapped(request, BODY_CAP_BYTES));
  if (text === '') return undefined;
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/([a-z.]+\+)?json\b/i.test(type)) {
    throw new Problem('unsupported', 'The body has to be JSON.', { mend: 'Send content-type: application/json.' });
  }
  if (depthOf(text) > DEPTH_CAP) {
    throw new Problem('bad-input', `The body lies deeper than ${DEPTH_CAP} objects and lists in one another.`);
  }
  try {
    JSON.parse(text);
  } catch {
    throw new Problem('bad-input', 'The body is not JSON.', { mend: 'Check its quotes, commas and brackets.' });
  }
  if (/(?<!\\)(\\\\)*\\u0000/.test(text)) throw new Problem('bad-input', NUL);
  return text;
}

/** The whole body. Throws Problem `too-large` beyond `cap` bytes, without having kept more, and what `signal` says. */
export async function readCapped(request: Request, cap: number, signal?: AbortSignal): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? '0') > cap) throw tooLarge(cap);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  signal?.addEventListener('abort', () => void reader?.cancel());
  for (;;) {
    const next = await reader?.read();
    signal?.throwIfAborted();
    if (next === undefined || next.done) return Buffer.concat(chunks);
    size += next.value.byteLength;
    if (size > cap) {
      await reader?.cancel();
      throw tooLarge(cap);
    }
    chunks.push(next.value);
  }
}

export function tooLarge(cap: number): Problem {
  return new Problem('too-large', `The body is larger than ${cap} bytes.`, { mend: 'Send less at a time.' });
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('bad-input', 'The body is not UTF-8.');
  }
}

/** Depth of brackets outside of strings. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i++) {
    const c = json.charCodeAt(i);
    if (quoted) {
      if (c === 92) i++;
      else if (c === 34) quoted = false;
    } else if (c === 34) quoted = true;
    else if (c === 123 || c === 91) deepest = Math.max(deepest, ++depth);
    else if (c === 125 || c === 93) depth--;
  }
  return deepest;
}
