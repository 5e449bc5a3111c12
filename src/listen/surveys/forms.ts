import { Problem } from '../../platform/kernel/problem.ts';

/** Room for the longest response and its names, as a form writes it: three bytes for most letters that are not Latin. */
const FORM_BYTES = 1_500_000;

/** All values of a name, in their order. */
export type Form = ReadonlyMap<string, readonly string[]>;

/**
 * What a page's form brought, all values of a name in their order. Throws Problem `too-large`, and `unsupported` for what
 * is no form.
 */
export async function readForm(request: Request): Promise<{ readonly fields: Form; readonly bytes: number }> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw new Problem('unsupported', 'Answers come as a form.', { mend: 'Use the form of the survey’s page.' });
  }
  const fields = new Map<string, string[]>();
  const body = await capped(request);
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    const values = fields.get(name);
    // The records keep neither a zero nor half a character.
    const kept = value.replaceAll('\0', '').replace(/[\ud800-\udfff]/gu, '\ufffd');
    if (values === undefined) fields.set(name, [kept]);
    else values.push(kept);
  }
  return { fields, bytes: body.byteLength };
}

async function capped(request: Request): Promise<Buffer> {
  if (request.body === null) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body) {
    bytes += part.byteLength;
    if (bytes > FORM_BYTES) {
      throw new Problem('too-large', 'These answers are longer than a response may be.', {
        mend: 'Shorten what you wrote.',
      });
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
