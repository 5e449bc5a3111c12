import { z } from 'zod';

/** RFC 7644 §3.12: what a SCIM client is told when it is refused. */
export class ScimError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly scimType?: 'uniqueness' | 'invalidValue' | 'invalidFilter' | 'invalidPath' | 'noTarget' | 'mutability',
  ) {
    super(detail);
  }
}

export const SCHEMAS = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
  error: 'urn:ietf:params:scim:api:messages:2.0:Error',
} as const;

type Plain = Readonly<Record<string, unknown>>;

/** Names of attributes are compared without regard to case (RFC 7643 §2.1). */
function valueAt(of: Plain, path: string): unknown[] {
  let found: unknown[] = [of];
  for (const name of path.split('.')) {
    found = found.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      const entry = Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase());
      return entry === undefined ? [] : Array.isArray(entry[1]) ? entry[1] : [entry[1]];
    });
  }
  return found;
}

const TERM =
  /^\s*([A-Za-z][\w.:-]*)\s+(?:(pr)|(eq|ne|co|sw|ew)\s+("(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?))\s*/i;

/** A filter (RFC 7644 §3.4.2.2): terms joined by `and`. Throws ScimError for any other. */
export function readFilter(filter: string): (resource: Plain) => boolean {
  const terms: ((resource: Plain) => boolean)[] = [];
  let rest = filter;
  for (;;) {
    const found = TERM.exec(rest);
    if (found === null) throw new ScimError(400, 'This filter is not understood.', 'invalidFilter');
    const [whole, attribute = '', present, operator = '', literal = ''] = found;
    const path = attribute.replace(/^urn:.*:(?=\w+$)/, '');
    const wanted: unknown = present === undefined ? undefined : null;
    terms.push((resource) => {
      const values = valueAt(resource, path).map((v) => (typeof v === 'object' && v !== null ? valueOf(v) : v));
      if (wanted === null) return values.some((v) => v !== undefined && v !== null && v !== '');
      const given = readLiteral(literal);
      const fits = values.some((v) => compare(v, operator.toLowerCase(), given));
      return operator.toLowerCase() === 'ne' ? !values.some((v) => compare(v, 'eq', given)) : fits;
    });
    rest = rest.slice(whole.length);
    if (rest === '') return (resource) => terms.every((term) => term(resource));
    const and = /^and\s+/i.exec(rest);
    if (and === null || terms.length > 20) throw new ScimError(400, 'This filter is not understood.', 'invalidFilter');
    rest = rest.slice(and[0].length);
  }
}

function valueOf(of: object): unknown {
  return Object.entries(of).find(([key]) => key === 'value')?.[1];
}

function readLiteral(literal: string): unknown {
  try {
    return JSON.parse(literal);
  } catch {
    throw new ScimError(400, 'This filter is not understood.', 'invalidFilter');
  }
}

function compare(value: unknown, operator: string, given: unknown): boolean {
  if (typeof value !== 'string' || typeof given !== 'string') return operator === 'eq' && value === given;
  const [a, b] = [value.toLowerCase(), given.toLowerCase()];
  if (operator === 'eq') return a === b;
  if (operator === 'co') return a.includes(b);
  return operator === 'sw' ? a.startsWith(b) : operator === 'ew' ? a.endsWith(b) : false;
}

const truth = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]);
const text = z.string().max(300);

/** What is taken of a user; all else that a directory sends is left aside. */
export const userShape = z.object({
  userName: text.min(1),
  externalId: text.nullish(),
  name: z.object({ givenName: text.nullish(), familyName: text.nullish() }).nullish(),
  displayName: text.nullish(),
  emails: z.array(z.object({ value: text.nullish(), primary: truth.nullish(), type: text.nullish() })).max(50).nullish(), // prettier-ignore
  active: truth.nullish(),
});
export type ScimUser = z.infer<typeof userShape>;

export const groupShape = z.object({
  displayName: text.min(1),
  externalId: text.nullish(),
  members: z.array(z.object({ value: z.string().max(64) })).max(10_000).nullish(), // prettier-ignore
});
export type ScimGroup = z.infer<typeof groupShape>;

const patchShape = z.object({
  Operations: z
    .array(
      z.object({
        op: z.string().transform((op) => op.toLowerCase()).pipe(z.enum(['add', 'replace', 'remove'])), // prettier-ignore
        path: z.string().max(300).optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(1_000),
});

/** Throws ScimError that names the attribute. */
export function parsed<T>(shape: z.ZodType<T>, value: unknown): T {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ScimError(400, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not usable'}`, 'invalidValue');
}

const PATH = /^(?:urn:[\w:.-]+:)?([A-Za-z]\w*)(?:\[(.+)\])?(?:\.([A-Za-z]\w*))?$/;

/** Applies a PATCH (RFC 7644 §3.5.2) to a plain resource; what comes of it is parsed by whoever asked. */
export function patched(resource: Plain, body: unknown): Plain {
  let result = resource;
  for (const { op, path, value } of parsed(patchShape, body).Operations) {
    if (path !== undefined) result = change(result, op, path, value);
    else if (op === 'remove' || typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ScimError(400, 'An operation without a path takes an object.', 'noTarget');
    } else {
      // Some directories send `name.givenName` as a key.
      for (const [key, each] of Object.entries(value)) if (PATH.test(key)) result = change(result, op, key, each);
    }
  }
  return result;
}

function change(resource: Plain, op: 'add' | 'replace' | 'remove', path: string, value: unknown): Plain {
  const [, wanted = '', filter, sub] = PATH.exec(path) ?? [];
  if (wanted === '') throw new ScimError(400, `The path ${path} is not understood.`, 'invalidPath');
  const name = Object.keys(resource).find((key) => key.toLowerCase() === wanted.toLowerCase()) ?? wanted;
  const before = resource[name];
  const set = (after: unknown): Plain => Object.fromEntries([...Object.entries(resource).filter(([k]) => k !== name), [name, after]]); // prettier-ignore
  if (filter !== undefined) return set(inList(before, op, readFilter(filter), sub, value, filter));
  if (sub !== undefined) {
    const held = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {};
    return set(change({ ...held }, op, sub, value));
  }
  if (op === 'remove') {
    // Of a list some members may be named.
    const gone = Array.isArray(value) && Array.isArray(before) ? new Set(value.map(keyOf)) : null;
    return set(gone === null || !Array.isArray(before) ? undefined : before.filter((each) => !gone.has(keyOf(each))));
  }
  if (op === 'add' && Array.isArray(before)) {
    const added: unknown[] = Array.isArray(value) ? value : [value];
    const known = new Set(before.map(keyOf));
    return set([...before, ...added.filter((each) => !known.has(keyOf(each)))]);
  }
  return set(value);
}

function keyOf(each: unknown): unknown {
  return typeof each === 'object' && each !== null ? valueOf(each) : each;
}

function inList(
  before: unknown,
  op: 'add' | 'replace' | 'remove',
  fits: (each: Plain) => boolean,
  sub: string | undefined,
  value: unknown,
  filter: string,
): unknown[] {
  const list: Plain[] = (Array.isArray(before) ? before : []).filter((e) => typeof e === 'object' && e !== null);
  if (op === 'remove' && sub === undefined) return list.filter((each) => !fits(each));
  const put = (each: Plain): Plain =>
    sub !== undefined ? change(each, op, sub, value) : { ...each, ...(typeof value === 'object' ? value : {}) };
  if (list.some(fits)) return list.map((each) => (fits(each) ? put(each) : each));
  // `emails[type eq "work"].value` of somebody without one: it is made.
  const type = /^type\s+eq\s+"([\w-]+)"$/i.exec(filter.trim())?.[1];
  if (op === 'remove' || type === undefined) throw new ScimError(400, 'No value fits this filter.', 'noTarget');
  return [...list, put({ type })];
}
