// What `npm run reference` writes, apart from what it reads: pages of Markdown out of the OpenAPI document. The same
// document gives the same pages, byte for byte.

const DEEPEST = 5;
const MOST_WORDS = 24;

/** Names of pages that have to be written, changed or taken away. */
export function differing(present, wanted) {
  const names = new Set([...present.keys(), ...wanted.keys()]);
  return [...names].filter((name) => present.get(name) !== wanted.get(name)).sort();
}

/**
 * @param {object} document OpenAPI 3.1 of all operations
 * @param {readonly { name: string, method: string, path: string, permission: string, audit?: object }[]} operations
 * @returns {Map<string, string>} pages by the names of their files
 */
export function referencePages(document, operations) {
  const described = new Map();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(item))
      described.set(`${method.toUpperCase()} /api/v1${path}`, operation);
  }
  const parts = new Map();
  for (const operation of operations) {
    const [part = ''] = operation.name.split('.');
    parts.set(part, [...(parts.get(part) ?? []), operation]);
  }
  const told = (operation) => {
    const of = described.get(`${operation.method} ${operation.path}`);
    if (of === undefined) throw new Error(`${operation.name} is in no OpenAPI document.`);
    return of;
  };
  const names = [...parts.keys()].sort();
  const pages = new Map(
    names.map((part) => [
      `${part}.md`,
      page(
        part,
        parts.get(part).map((o) => entry(o, told(o), document)),
      ),
    ]),
  );
  pages.set('README.md', index(names.map((part) => [part, parts.get(part).map((o) => [o, told(o)])])));
  return pages;
}

const MADE = '<!-- Made by `npm run reference` from the contracts. Change those, not this. -->';

function page(part, entries) {
  return `${MADE}\n# ${part}\n\n[All of the API](README.md)\n\n${entries.join('\n')}`;
}

function index(parts) {
  const lines = parts.flatMap(([part, operations]) => [
    `## [${part}](${part}.md)`,
    '',
    '| | | |',
    '|---|---|---|',
    ...operations.map(
      ([o, told]) =>
        `| [\`${o.name}\`](${part}.md#${anchor(o.name)}) | \`${o.method} ${o.path}\` | ${cell(told.summary ?? '')} |`,
    ),
    '',
  ]);
  return `${MADE}\n# The API\n\n${INTRODUCTION}\n${lines.join('\n')}`;
}

const INTRODUCTION = `Every operation there is, as the server itself declares them: \`GET /api/v1/openapi.json\` says the same as OpenAPI 3.1. The pages of Touchstone use these and no other.

- **Who**: \`authorization: Bearer tss_…\` with a secret key of **Set up → Keys**, which stands for its workspace. In a browser the session's cookie and the header \`touchstone-workspace\`. Each operation names the permission it wants; \`session\` is whoever is signed in, \`public\` anybody.
- **Wrong**: problem JSON (RFC 9457) with a stable \`type\`, \`detail\` in words, and where they help \`field\`, \`value\` and \`mend\`. 401 nobody is known, 403 the permission is missing, 404 there is no such thing in this workspace, 409 somebody was faster, 429 wait as \`retry-after\` says.
- **Pages**: a listing takes \`limit\` and \`cursor\`, and answers \`nextCursor\` until it is null.
- **Once**: with \`idempotency-key\` the same POST gives its first answer again and does its work once.
- **Values**: moments are RFC 3339 in UTC, days \`2026-11-22\` of the workspace's calendar, amounts and other exact decimals texts with every digit, shares 0 to 1.
- What is no operation: [sending events](../how-to/send-events.md), [exports](../exports.md), [uploads](../imports.md), [SCIM](../sign-in.md), [health and metrics](../operations.md).
`;

const anchor = (name) => name.toLowerCase().replaceAll(/[^a-z0-9-]/g, '');
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function entry(operation, told, document) {
  const lines = [`## ${operation.name}`, '', `\`${operation.method} ${operation.path}\``, '', `${told.summary}.`];
  if (told.description !== undefined) lines.push('', told.description);
  lines.push('', `Permission: \`${operation.permission}\`${audited(operation.audit)}`, '');
  const resolve = (schema) => resolved(schema, document);
  const input = inputRows(told, resolve);
  if (input.length > 0) lines.push('**Input**', '', '| field | in | is |', '|---|---|---|', ...input, '');
  const [status, answer] = Object.entries(told.responses ?? {}).find(([code]) => code.startsWith('2')) ?? ['200', {}];
  const schema = answer.content?.['application/json']?.schema;
  const output = schema === undefined ? [] : fields(resolve(schema), '', resolve, true);
  if (output.length > 0) {
    lines.push(`**Output** (${status})`, '', '| field | is |', '|---|---|');
    lines.push(...output.map(({ name, is }) => `| \`${name}\` | ${cell(is)} |`), '');
  } else lines.push(`**Output** (${status}): none`, '');
  return lines.join('\n');
}

function audited(audit) {
  if (audit === undefined || 'none' in audit) return '';
  return 'change' in audit
    ? ` · written in the audit log as a change of: ${audit.change}`
    : ` · written in the audit log as a look at: ${audit.look}`;
}

function inputRows(told, resolve) {
  const rows = (told.parameters ?? []).map((given) => {
    const parameter = resolve(given);
    const needed = parameter.required === true ? '' : 'optional; ';
    return `| \`${parameter.name}\` | ${parameter.in} | ${cell(needed + inWords(resolve(parameter.schema ?? {}), resolve))} |`;
  });
  const body = told.requestBody?.content?.['application/json']?.schema;
  if (body === undefined) return rows;
  return [
    ...rows,
    ...fields(resolve(body), '', resolve, false).map(({ name, is }) => `| \`${name}\` | body | ${cell(is)} |`),
  ];
}

/** A schema behind its name. */
function resolved(schema, document) {
  const path = schema?.$ref;
  if (typeof path !== 'string') return schema ?? {};
  const found = path
    .replace(/^#\//, '')
    .split('/')
    .reduce((at, key) => at?.[key], document);
  return resolved(found, document);
}

/** Every field of an object, those of objects within it by their path; lists are marked by []. */
function fields(schema, path, resolve, always, depth = 0) {
  const { inner, suffix } = within(schema, resolve);
  if (depth > DEEPEST || inner.properties === undefined) {
    return depth === 0 ? [{ name: suffix === '' ? '(whole)' : suffix, is: inWords(schema, resolve) }] : [];
  }
  const needed = new Set(inner.required ?? []);
  return Object.entries(inner.properties).flatMap(([name, given]) => {
    const property = resolve(given);
    const at = path === '' ? `${suffix}${suffix === '' ? '' : '.'}${name}` : `${path}.${name}`;
    const below = within(property, resolve);
    const optional = needed.has(name) ? '' : always ? 'may be left out; ' : 'optional; ';
    return [
      { name: at, is: optional + inWords(property, resolve) },
      ...fields(below.inner, `${at}${below.suffix}`, resolve, always, depth + 1),
    ];
  });
}

/** What lies in lists, and in what may be null. */
function within(schema, resolve, suffix = '') {
  const one = resolve(schema);
  const choices = (one.anyOf ?? one.oneOf ?? []).map(resolve).filter((choice) => choice.type !== 'null');
  if (choices.length === 1) return within(choices[0], resolve, suffix);
  if (one.type === 'array') return within(one.items ?? {}, resolve, `${suffix}[]`);
  return { inner: one, suffix };
}

/** A schema in a few words: `whole number, 1 to 200, else 50`. */
function inWords(schema, resolve) {
  const words = kindOf(schema, resolve);
  const standing = schema.default === undefined ? '' : `, else \`${JSON.stringify(schema.default)}\``;
  const said = schema.description === undefined ? '' : `: ${schema.description}`;
  return `${words}${standing}${said}`;
}

function kindOf(schema, resolve) {
  const one = resolve(schema);
  if (one.const !== undefined) return `\`${JSON.stringify(one.const)}\``;
  if (one.enum !== undefined) return listed(one.enum);
  const choices = (one.anyOf ?? one.oneOf)?.map(resolve);
  if (choices !== undefined) return [...new Set(choices.map((choice) => kindOf(choice, resolve)))].join(' or ');
  if (Array.isArray(one.type)) return one.type.map((type) => kindOf({ ...one, type }, resolve)).join(' or ');
  switch (one.type) {
    case 'null':
      return 'null';
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return `whole number${range(one)}`;
    case 'number':
      return `number${range(one)}`;
    case 'string':
      return text(one);
    case 'array':
      return list(one, resolve);
    case 'object':
      return one.properties === undefined && Object.keys(one.additionalProperties ?? {}).length > 0
        ? `object of ${kindOf(one.additionalProperties, resolve)} by name`
        : 'object';
    default:
      return 'any value';
  }
}

const OF_MANY = {
  object: 'objects',
  text: 'texts',
  number: 'numbers',
  'whole number': 'whole numbers',
  moment: 'moments',
  day: 'days',
  UUID: 'UUIDs',
  address: 'addresses',
};

function list({ items, maxItems }, resolve) {
  const kind = kindOf(items ?? {}, resolve);
  return `list${maxItems === undefined ? '' : ` (at most ${maxItems})`} of ${OF_MANY[kind] ?? kind}`;
}

const FORMATS = { 'date-time': 'moment', date: 'day', uuid: 'UUID', uri: 'address', email: 'e-mail address' };

function text({ format, maxLength }) {
  const kind = FORMATS[format] ?? 'text';
  return maxLength === undefined ? kind : `${kind}, at most ${maxLength} characters`;
}

/** What a whole number of JavaScript can hold is no bound that anybody set. */
function range({ minimum, maximum, exclusiveMinimum }) {
  const low = minimum ?? exclusiveMinimum;
  const [from, to] = [low, maximum].map((bound) =>
    Math.abs(bound ?? Infinity) >= Number.MAX_SAFE_INTEGER ? undefined : bound,
  );
  const above = minimum === undefined && exclusiveMinimum !== undefined ? 'more than' : 'at least';
  if (from !== undefined && to !== undefined) return `, ${from} to ${to}`;
  if (from !== undefined) return `, ${above} ${from}`;
  return to === undefined ? '' : `, at most ${to}`;
}

function listed(values) {
  const shown = values
    .slice(0, MOST_WORDS)
    .map((value) => `\`${typeof value === 'string' && !/\p{Cc}/u.test(value) ? value : JSON.stringify(value)}\``);
  return `${shown.join(', ')}${values.length > shown.length ? ` and ${values.length - shown.length} more` : ''}`;
}
