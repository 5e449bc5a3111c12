import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { IMPORT_KINDS } from '@touchstone/domain/tabular';
import { z } from 'zod';
import { ask, sending } from '../../platform/cli/asking.ts';
import { readOptions } from '../../platform/cli/options.ts';
import { EXIT, terminal, UsageError } from '../../platform/cli/terminal.ts';
import type { Command, Connection } from '../../platform/house/house.ts';
import { importKind, importState } from '../imports/vocabulary.ts';
import { sourceShape, type SourceView } from './contract.ts';
import { WEEKDAYS } from './vocabulary.ts';

/** Hours that have a name. */
const PERIODS: Readonly<Record<number, string>> = { 1: 'hour', 24: 'day', 168: 'week' };
const POLL_MS = 400;
/** For a worker to begin: others' sources may come first. */
const BEGIN_MS = 5 * 60_000;
const listing = z.object({ items: z.array(sourceShape), folder: z.string().nullable() });
const ending = z.object({ state: importState, problem: z.string().nullable() });
const OPTIONS = ['from', 'as', 'every', 'at', 'on', 'cron', 'part', 'authorization-file', 'data'];
const SOURCES = '/api/v1/import-sources';

/** Files that come by themselves: lists them, makes one, looks at one now, lets it rest, forgets it. */
export const sourceCommand: Command = {
  name: 'source',
  summary: 'Files that come by themselves: list sources, add one, look at one now, pause or remove it.',
  usage: `source [list | add NAME --from ADDRESS|PATH --as ${IMPORT_KINDS.join('|')} (--every HOURS | --at HH:MM [--on mon,fri] | --cron EXPRESSION) [--part NAME] [--authorization-file FILE] | run|pause|resume|remove SOURCE] [--data DIR] [--json]`,
  run: async (args, _env, connect) => {
    const { values, flags, words } = readOptions(args, { values: OPTIONS, flags: ['json'], words: 2 });
    const [act = 'list', name] = words;
    if (!['list', 'add', 'run', 'pause', 'resume', 'remove'].includes(act))
      throw new UsageError(`${act} is none of these`);
    if (act !== 'list' && (name ?? '') === '') throw new UsageError(`Say which: source ${act} NAME`);
    const wish = act === 'add' ? await wishOf(name ?? '', values) : null;
    const connection = await connect(values['data'] === undefined ? {} : { dataDir: values['data'] });
    const say = (answer: unknown, lines: readonly string[]): void => {
      if (flags.has('json')) terminal.result(JSON.stringify(answer));
      else for (const line of lines) terminal.result(line);
    };
    try {
      if (wish !== null) {
        const made = await ask(connection, sourceShape, SOURCES, sending('POST', wish));
        say(made, linesOf(made));
        return EXIT.done;
      }
      const found = await ask(connection, listing, SOURCES);
      if (act === 'list') {
        say(found, found.items.length === 0 ? ['There are no sources.'] : found.items.flatMap(linesOf));
        return EXIT.done;
      }
      const source = sourceNamed(found.items, name ?? '');
      const at: `/${string}` = `${SOURCES}/${source.id}`;
      if (act === 'remove') {
        await ask(connection, z.unknown(), at, { method: 'DELETE' });
        say({ id: source.id }, [`${source.name} is forgotten; what it brought stays.`]);
        return EXIT.done;
      }
      if (act === 'run') {
        const { ended, areRowsIn } = await runNow(connection, source);
        say(ended, linesOf(ended));
        return ended.lastState === 'failed' || !areRowsIn ? EXIT.failed : EXIT.done;
      }
      const changed = await ask(connection, sourceShape, at, sending('PATCH', { paused: act === 'pause' }));
      say(changed, linesOf(changed));
      return EXIT.done;
    } finally {
      await connection.close();
    }
  },
};

/** What `add` asks for. Throws UsageError for what cannot be meant. */
export async function wishOf(name: string, values: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const { from, every, at, on, cron, part } = values;
  if (from === undefined) throw new UsageError('--from is missing: an address, or a path below the folder for imports');
  const kind = importKind.safeParse(values['as']);
  if (!kind.success) throw new UsageError(`--as: say which kind: one of ${IMPORT_KINDS.join(', ')}`);
  if ([every, at, cron].filter((said) => said !== undefined).length !== 1) {
    throw new UsageError('Say when: either --every HOURS, --at HH:MM or --cron EXPRESSION');
  }
  if (every !== undefined && !/^[1-9]\d{0,2}$/.test(every))
    throw new UsageError(`--every: ${every} is no number of hours`);
  if (on !== undefined && at === undefined)
    throw new UsageError('--on says on which days, --at at which time: say both');
  const secret = values['authorization-file'];
  return {
    name,
    kind: kind.data,
    ...(/^https?:\/\//i.test(from) ? { place: 'url', url: from } : { place: 'folder', path: from }),
    ...(every === undefined ? {} : { everyHours: Number(every) }),
    ...(at === undefined ? {} : { cron: cronAt(at, on) }),
    ...(cron === undefined ? {} : { cron }),
    ...(part === undefined ? {} : { part }),
    ...(secret === undefined ? {} : { authorization: await secretIn(secret) }),
  };
}

function cronAt(at: string, on: string | undefined): string {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(at) ?? [];
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) {
    throw new UsageError(`--at: ${at} is no time such as 06:30`);
  }
  const days = on?.toLowerCase().split(',').map((day) => {
    const no = WEEKDAYS.findIndex((name) => name === day.trim().slice(0, 3));
    if (no < 0) throw new UsageError(`--on: ${day} is no weekday: ${WEEKDAYS.join(', ')}`);
    return no;
  }); // prettier-ignore
  return `${Number(minute)} ${Number(hour)} * * ${days === undefined ? '*' : days.join(',')}`;
}

/** On the command line others of the machine could read it. */
async function secretIn(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`--authorization-file: ${path} cannot be read`);
  });
  return text.trim();
}

function sourceNamed(items: readonly SourceView[], name: string): SourceView {
  const [found, second] = items.filter((item) => item.id === name || item.name === name);
  if (found === undefined) throw new Error(`There is no source ${name}. ./touchstone source lists them.`);
  if (second !== undefined) throw new Error(`Several sources are called ${name}: say the id of one.`);
  return found;
}

/**
 * Looks now, and waits for what it brings to be in.
 * @param waitMs how long a worker may take to begin
 * @returns the source as it is then, and whether all rows of what it brought last are in; true where it brought nothing
 */
export async function runNow(
  connection: Connection,
  before: SourceView,
  waitMs = BEGIN_MS,
): Promise<{ readonly ended: SourceView; readonly areRowsIn: boolean }> {
  const asked = await ask(connection, sourceShape, `${SOURCES}/${before.id}/run`, { method: 'POST' });
  terminal.say(`Looking at ${placeOf(before)} …`);
  const end = performance.now() + waitMs;
  for (;;) {
    const { items } = await ask(connection, listing, SOURCES);
    const now = items.find(({ id }) => id === before.id);
    if (now === undefined) throw new Error('The source was removed meanwhile.');
    if (now.lastRunAt !== before.lastRunAt) {
      const { lastImportId } = now;
      const isOld = lastImportId === null || lastImportId === before.lastImportId;
      return { ended: now, areRowsIn: isOld || (await loaded(connection, lastImportId)) };
    }
    // Whoever looks writes the next time down first.
    if (now.nextRunAt === asked.nextRunAt && performance.now() > end) {
      throw new Error(
        'No worker has begun to look. The source is looked at as soon as one is there and has time: see that a server runs with the role worker (serve --roles).',
      );
    }
    await pause(POLL_MS);
  }
}

/** Waits for an import to end; whether its rows are in. */
async function loaded(connection: Connection, importId: string): Promise<boolean> {
  for (;;) {
    const { state, problem } = await ask(connection, ending, `/api/v1/imports/${importId}`);
    if (state !== 'queued' && state !== 'running') {
      terminal.say(`  ${importId}: ${state}${problem === null ? '' : `. ${problem}`}`);
      return state === 'done';
    }
    await pause(POLL_MS);
  }
}

/** One source, for a terminal. */
export function linesOf({
  id,
  name,
  kind,
  where,
  everyHours,
  cron,
  paused,
  nextRunAt,
  due,
  ...last
}: SourceView): string[] {
  const times = cron ?? `every ${PERIODS[everyHours ?? 1] ?? `${everyHours} hours`}`;
  const next = paused ? 'paused' : due ? 'next within five minutes' : `next ${nextRunAt}`;
  const problem = last.lastProblem === null ? '' : `: ${last.lastProblem}`;
  const seen = last.lastRunAt === null ? 'not looked at yet' : `${last.lastState} ${last.lastRunAt}${problem}`;
  return [`${id}  ${name}  ${kind}  ${placeOf({ where })}`, `    ${times}, ${next}; ${seen}`];
}

function placeOf({ where }: Pick<SourceView, 'where'>): string {
  return where === '' ? 'the whole folder' : where;
}
