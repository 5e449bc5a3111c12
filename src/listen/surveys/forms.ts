import type { HotRequest } from '../../platform/house/house.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { FILES } from './vocabulary.ts';

/** Room for the longest response and its names, as a form writes it: three bytes for most letters that are not Latin. */
const FORM_BYTES = 1_500_000;

/** All values of a name, in their order. */
export type Form = ReadonlyMap<string, readonly string[]>;

/** As it came: neither its name nor what it is said to be is to be trusted. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a page's form brought. */
export interface Handed {
  readonly fields: Form;
  readonly files: ReadonlyMap<string, readonly SentFile[]>;
  /** Of what was typed, and of files. */
  readonly bytes: { readonly typed: number; readonly files: number };
}

/** Reads what is handed in; pages with files only so many at a time, for they are held in memory. */
export class Forms {
  /** Addresses whose pages with files are read. */
  readonly #reading: string[] = [];

  /** Throws Problem `too-large`, `unsupported` for what is no form, and `too-many-requests` where too many send files at once. */
  async read(request: HotRequest, ip: string): Promise<Handed> {
    const type = request.header('content-type') ?? '';
    if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
      const body = await request.body(FORM_BYTES);
      const entries = new URLSearchParams(body.toString('utf8'));
      return { ...read(entries), files: new Map(), bytes: { typed: body.byteLength, files: 0 } };
    }
    if (!/^multipart\/form-data\b/i.test(type)) throw noForm();
    const own = this.#reading.filter((one) => one === ip).length;
    if (this.#reading.length >= FILES.atOnce || own >= FILES.atOnceOfOne) {
      throw new Problem('too-many-requests', 'Too many send files at once.', {
        mend: 'Send it again in a moment.',
        retryAfterSeconds: 5,
      });
    }
    this.#reading.push(ip);
    try {
      return await readFiles(await inTime(request.body(FILES.formBytes, AbortSignal.timeout(FILES.readMs))), type);
    } finally {
      this.#reading.splice(this.#reading.indexOf(ip), 1);
    }
  }
}

async function readFiles(body: Buffer, type: string): Promise<Handed> {
  refuseManyParts(body, type);
  const data = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => Promise.reject(noForm()));
  const files = new Map<string, SentFile[]>();
  const typed: [string, string][] = [];
  let sent = 0;
  let many = 0;
  for (const [name, value] of data) {
    if (typeof value === 'string') typed.push([name, value]);
    // A field that was left empty is a file without a name.
    else if (value.name !== '' || value.size > 0) {
      const bytes = new Uint8Array(await value.arrayBuffer());
      sent += bytes.byteLength;
      if (++many > FILES.most) throw tooLarge();
      const file = { name: keepable(value.name), bytes };
      const same = files.get(name);
      if (same === undefined) files.set(name, [file]);
      else same.push(file);
    }
  }
  if (body.byteLength - sent > FORM_BYTES) throw tooLarge();
  return { ...read(typed), files, bytes: { typed: body.byteLength - sent, files: sent } };
}

/** Each costs more than its bytes: they are counted before anything is taken apart. */
function refuseManyParts(body: Buffer, type: string): void {
  const [, quoted, bare] = /boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(type) ?? [];
  const boundary = Buffer.from(`--${quoted ?? bare ?? ''}`);
  if (boundary.length < 3) throw noForm();
  let parts = 0;
  for (let at = body.indexOf(boundary); at !== -1; at = body.indexOf(boundary, at + boundary.length)) {
    if (++parts > FILES.parts) throw tooLarge();
  }
}

function read(entries: Iterable<readonly [string, string]>): Pick<Handed, 'fields'> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of entries) {
    const values = fields.get(name);
    const kept = keepable(value);
    if (values === undefined) fields.set(name, [kept]);
    else values.push(kept);
  }
  return { fields };
}

const UNKEPT = /[\0\ud800-\udfff]/u;

/** The records keep neither a zero nor half a character. */
function keepable(text: string): string {
  if (!UNKEPT.test(text)) return text;
  return text.replaceAll('\0', '').replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** Whoever sends as slowly as they can keeps a place no longer than others do. */
function inTime<T>(reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    if (!(error instanceof DOMException)) throw error;
    throw new Problem('too-many-requests', 'It took too long until all of it was here.', {
      mend: 'Send it again, or smaller files.',
      retryAfterSeconds: 5,
    });
  });
}

function noForm(): Problem {
  return new Problem('unsupported', 'Answers come as a form.', { mend: 'Use the form of the survey’s page.' });
}

function tooLarge(): Problem {
  return new Problem('too-large', 'These answers are longer than a response may be.', {
    mend: 'Shorten what you wrote, or send smaller files.',
  });
}
