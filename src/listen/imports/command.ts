import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { IMPORT_KINDS } from '@touchstone/domain/tabular';
import { z } from 'zod';
import { ask, NoAnswer, reach, sending } from '../../platform/cli/asking.ts';
import { readOptions } from '../../platform/cli/options.ts';
import { EXIT, terminal, UsageError } from '../../platform/cli/terminal.ts';
import type { Command, Connection } from '../../platform/house/house.ts';
import { readConfig } from '../../platform/kernel/config.ts';
import { type FileFormat, formatShape, importKind, type MappingShape, mappingShape } from './vocabulary.ts';
import { counted } from '../../platform/kernel/words.ts';

const POLL_MS = 400;
const SAY_MS = 2_000;

const planInWords = z.union([z.string(), mappingShape.shape.columns.valueType.partial({ field: true })]);
/** `map.json`: the columns that are guessed wrong, as `"Column": "field"`, `"property:name"`, `"skip"` or a whole plan. */
const mapFile = z
  .object({
    columns: z.record(z.string(), planInWords).default({}),
    key: z.array(z.string()).optional(),
    instrument: mappingShape.shape.instrument,
    scale: mappingShape.shape.scale,
  })
  .strict();
type MapFile = z.infer<typeof mapFile>;

const previewed = z.object({
  kind: importKind.nullable(),
  format: formatShape.pick({ encoding: true, encodingCertain: true }),
  mapping: mappingShape.nullable(),
  missing: z.array(z.array(z.string())),
  columns: z.array(z.object({ name: z.string(), problem: z.string().nullable() })),
});
const viewed = z.object({
  id: z.string(),
  state: z.string(),
  problem: z.string().nullable(),
  counts: z.object({
    rows: z.number(),
    added: z.number(),
    changed: z.number(),
    unchanged: z.number(),
    repeated: z.number(),
    bad: z.number(),
  }),
  bytes: z.number(),
  bytesRead: z.number(),
  secondsLeft: z.number().nullable(),
});
type Viewed = z.infer<typeof viewed>;

/** Loads a file: what the import page does, at a terminal. */
export const importFile: Command = {
  name: 'import',
  summary: 'Load a file of people, orders, items, products, events, feedback or returns.',
  usage: `import FILE [--as ${IMPORT_KINDS.join('|')}] [--map map.json] [--key COLUMN,…] [--part NAME] [--url ADDRESS] [--data DIR] [--json]`,
  run: async (args, env, connect) => {
    const { values, flags, words } = readOptions(args, {
      values: ['as', 'map', 'key', 'part', 'url', 'data'],
      flags: ['json'],
      words: 1,
    });
    const [file] = words;
    if (file === undefined) throw new UsageError('FILE is missing: which file is to be loaded?');
    const kind = importKind.optional().safeParse(values['as']);
    if (!kind.success) throw new UsageError(`--as: ${values['as']} is no kind: one of ${IMPORT_KINDS.join(', ')}`);
    await readable(file);
    const map = values['map'] === undefined ? null : await readMap(values['map']);
    const key = values['key']?.split(',').map((name) => name.trim());
    const connection =
      values['url'] === undefined
        ? await connect(values['data'] === undefined ? {} : { dataDir: values['data'] })
        : direct(values['url'], readConfig(env).key);
    try {
      const done = await loadFile(connection, file, kind.data, map, key, values['part']);
      if (flags.has('json')) terminal.result(JSON.stringify(done));
      else summarise(done);
      return done.state === 'done' && (done.counts.bad === 0 || done.counts.bad < done.counts.rows)
        ? EXIT.done
        : EXIT.failed;
    } finally {
      await connection.close();
    }
  },
};

async function readable(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found === null) throw new UsageError(`${file}: there is no such file`);
  if (!found.isFile()) throw new UsageError(`${file} is no file`);
}

async function readMap(path: string): Promise<MapFile> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`--map: ${path} cannot be read`);
  });
  try {
    return mapFile.parse(JSON.parse(text));
  } catch {
    throw new UsageError(
      `--map: ${path} has to be JSON such as {"columns": {"Ordered on": "placed"}, "key": ["Order"]}`,
    );
  }
}

function direct(url: string, key: string | undefined): Connection {
  if (!URL.canParse(url)) throw new UsageError(`--url: ${url} is no address`);
  if (key === undefined) throw new UsageError('--url: set TOUCHSTONE_KEY to a secret key of the workspace');
  return {
    to: url,
    request: (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${key}`);
      return reach(url, path, { ...init, headers });
    },
    close: async () => undefined,
  };
}

async function loadFile(
  connection: Connection,
  file: string,
  wanted: z.infer<typeof importKind> | undefined,
  map: MapFile | null,
  key: readonly string[] | undefined,
  part: string | undefined,
): Promise<Viewed> {
  terminal.say(`Sending ${basename(file)} to ${connection.to} …`);
  const sent: RequestInit & { readonly duplex: 'half' } = {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>,
    duplex: 'half',
  };
  const { uploadId } = await ask(
    connection,
    z.object({ uploadId: z.string() }),
    `/api/v1/uploads?name=${encodeURIComponent(basename(file))}${part === undefined ? '' : `&part=${encodeURIComponent(part)}`}`,
    sent,
  );
  const guess = await ask(
    connection,
    previewed,
    '/api/v1/imports/preview',
    sending('POST', { uploadId, kind: wanted }),
  );
  const kind = wanted ?? guess.kind;
  if (kind === null || guess.mapping === null) {
    throw new Error('What kind of rows the file holds cannot be guessed. Say so: --as people, for example.');
  }
  for (const line of encodingInWords(guess.format)) terminal.say(line);
  for (const { name, problem: what } of guess.columns) if (what !== null) sayProblem(name, what);
  const mapping = overlay(guess.mapping, map, key);
  for (const line of mappingInWords(kind, mapping)) terminal.say(line);
  const made = await ask(connection, viewed, '/api/v1/imports', sending('POST', { uploadId, kind, mapping }));
  await ask(connection, viewed, `/api/v1/imports/${made.id}/start`, sending('POST', {}));
  return follow(connection, made.id);
}

const TO_LOOK_AT: Readonly<Partial<Record<string, string>>> = {
  'ambiguous-dates': 'day and month could stand either way round; say it in --map: {"format": "dmy"} or "mdy".',
  'mixed-dates': 'times in several ways, none of them in most rows; say in --map which one to read: {"format": "ymd"}.',
  'some-other-dates': 'some times are written otherwise: their rows will be listed.',
  'not-a-date': 'no time can be read here.',
};

function sayProblem(column: string, what: string): void {
  const words = TO_LOOK_AT[what];
  if (words !== undefined) terminal.say(`  ${column}: ${words}`);
}

/** Which alphabet the file is read in, where its letters alone tell. */
export function encodingInWords(format: Pick<FileFormat, 'encoding' | 'encodingCertain'>): string[] {
  if (format.encodingCertain) return [];
  return [`Reading it as ${format.encoding}, a guess by its letters. If they come out wrong, save the file as UTF-8.`];
}

/** What each column becomes, and by what a row is known, in lines for a terminal. */
export function mappingInWords(kind: string, mapping: MappingShape): string[] {
  const plans = Object.entries(mapping.columns);
  const width = Math.max(...plans.map(([column]) => column.length));
  const untimed = kind === 'orders' && !plans.some(([, { field }]) => field === 'placed');
  return [
    `Loading it as ${kind}:`,
    ...plans.map(([column, plan]) => {
      const to = plan.field === 'property' ? `property ${plan.name ?? column}` : plan.field;
      return `  ${column.padEnd(width)}  ${to}${plan.format === undefined ? '' : ` (${plan.format})`}`;
    }),
    mapping.key.length === 0 ? '  rows are named by their content' : `  a row's key: ${mapping.key.join(' + ')}`,
    ...(untimed
      ? [
          '  no column says when an order was placed; if one does, name it in --map: {"columns": {"Ordered on": "placed"}}',
        ]
      : []),
  ];
}

/** The guess, with what the map file says in its place. A field it gives to one column is no other column's any more. */
export function overlay(guess: MappingShape, map: MapFile | null, key: readonly string[] | undefined): MappingShape {
  const columns = { ...guess.columns };
  for (const [column, said] of Object.entries(map?.columns ?? {})) {
    const plan = typeof said === 'string' ? planOf(said) : said;
    const before = guess.columns[column] ?? { field: 'skip' };
    const field = plan.field ?? before.field;
    for (const [other, taken] of Object.entries(columns)) {
      if (other !== column && taken.field === field && field !== 'property' && field !== 'skip') {
        columns[other] = { ...taken, field: 'property', name: other };
      }
    }
    columns[column] = { ...before, ...plan, field };
  }
  const { instrument, scale } = map ?? {};
  return {
    ...guess,
    columns,
    key: [...(key ?? map?.key ?? guess.key)],
    ...(instrument === undefined ? {} : { instrument }),
    ...(scale === undefined ? {} : { scale }),
  };
}

function planOf(said: string): { field: string; name?: string } {
  const [field = '', name] = said.split(':', 2);
  return name === undefined ? { field } : { field, name };
}

/** Asks until the import has ended. */
export async function follow(connection: Connection, id: string): Promise<Viewed> {
  let saidAt = 0;
  for (;;) {
    const now = await ask(connection, viewed, `/api/v1/imports/${id}`).catch((error: unknown) => {
      if (!(error instanceof NoAnswer)) throw error;
      const next = `The import ${id} goes on when it runs again: see Listen → Imports.`;
      throw new NoAnswer(`${error.message} ${next}`, { cause: error });
    });
    if (now.state !== 'queued' && now.state !== 'running') return now;
    const elapsed = performance.now();
    if (now.state === 'running' && elapsed - saidAt >= SAY_MS) {
      saidAt = elapsed;
      const share = now.bytes === 0 ? 0 : Math.floor((100 * now.bytesRead) / now.bytes);
      const left = now.secondsLeft === null ? '' : `, about ${now.secondsLeft} s left`;
      terminal.say(`  ${share} %: ${counted(now.counts.rows, 'row')}${left}`);
    }
    await pause(POLL_MS);
  }
}

function summarise({ id, state, problem: why, counts }: Viewed): void {
  const { rows, added, changed, unchanged, repeated, bad } = counts;
  terminal.result(`${id}: ${state}${why === null ? '' : `. ${why}`}`);
  terminal.result(
    `  ${counted(rows, 'row')}: ${added} new, ${changed} changed, ${unchanged} as they were, ${repeated} repeated, ${bad} bad`,
  );
  if (bad > 0)
    terminal.result(`  Bad rows with their reasons: GET /api/v1/imports/${id}/errors.csv, or the import page.`);
}
