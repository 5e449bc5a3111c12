import { startOfDayMs, toFactsTime } from '@touchstone/domain/calendar';
import { z } from 'zod';
import { download } from '../files/serving.ts';
import type { Table } from '../files/tables/table.ts';
import {
  LABELLED_FORMATS,
  type LabelledFormat,
  TABLE_FORMATS,
  type TableFormat,
  written,
} from '../files/tables/written.ts';
import { day, type Audited } from '../kernel/contract.ts';
import type { Permission } from '../kernel/permissions.ts';
import { badInput } from '../kernel/problem.ts';
import type { ExportEnd, Route, RouteContext } from './house.ts';

/** A table that leaves the house as a file, in every format there is. */
export interface Export<F extends z.ZodObject, T, L = never> {
  /** Without its ending: `/api/v1/orders`. */
  readonly path: `/${string}`;
  readonly permission: Permission;
  readonly audit: Audited;
  /** What narrows it, as the listing of the same takes it. */
  readonly filter: F;
  /** Whether its columns say what they and their values stand for: then it leaves for SPSS and as Triple-S too. */
  readonly labelled?: true;
  /** Throws Problem for what cannot be asked. `signal`: whoever asked has gone. */
  open(filter: z.infer<F>, context: RouteContext, signal: AbortSignal, format: Format): Promise<Table<T>> | Table<T>;
  /** CSV whose lines the store writes itself; null where it cannot. */
  lines?(filter: z.infer<F>, context: RouteContext, signal: AbortSignal): Promise<Table<L> | null>;
}

type Format = TableFormat | LabelledFormat;

const TYPES = { ...TABLE_FORMATS, ...LABELLED_FORMATS };
const FORMATS: readonly TableFormat[] = ['csv', 'ndjson', 'xlsx', 'parquet'];
const LABELLED: readonly LabelledFormat[] = ['sav', 'sss.zip'];

/**
 * Its routes: `/api/v1/orders.csv`, `.ndjson`, `.xlsx`, `.parquet`. Rows have no cap: they are read as they are sent.
 * So many exports run at once, one more gets 429. What goes wrong before the first row is answered in words; afterwards the
 * connection breaks, so that no part passes for the whole. The audit log is told when it begins, and how many rows left when
 * it ended.
 */
export function exportRoutes<F extends z.ZodObject, T, L = never>(wanted: Export<F, T, L>): Route[] {
  const { path, permission, audit } = wanted;
  return [...FORMATS, ...(wanted.labelled === true ? LABELLED : [])].map((format) => ({
    method: 'GET',
    path: `${path}.${format}`,
    permission,
    audit,
    rateLimit: { perMinute: 30, by: 'caller' },
    handle: async (request, context) => {
      const { bom, filter } = asked(wanted.filter, new URL(request.url));
      const ended = context.begin();
      const sent = async <R>(table: Table<R>): Promise<Response> => {
        const rows = await begun(table, ended);
        const parts = telling(written({ ...table, rows: rows.all() }, format, bom), rows, context, request.signal);
        return download(`${table.name}.${format}`, TYPES[format], parts);
      };
      try {
        const lines = format === 'csv' ? await wanted.lines?.(filter, context, request.signal) : undefined;
        return await (lines ? sent(lines) : sent(await wanted.open(filter, context, request.signal, format)));
      } catch (error) {
        ended();
        throw error;
      }
    },
  }));
}

const options = z.object({ bom: z.stringbool().default(false) });

function asked<F extends z.ZodObject>(filter: F, url: URL): { readonly bom: boolean; readonly filter: z.infer<F> } {
  const { workspace: _, bom, ...given } = Object.fromEntries(url.searchParams);
  const own = options.safeParse(bom === undefined ? {} : { bom });
  const rest = filter.strict().safeParse(given);
  if (own.success && rest.success) return { bom: own.data.bom, filter: filter.parse(given) };
  const issue = own.error?.issues[0] ?? rest.error?.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknown ?? issue?.path.join('.') ?? '';
  const fields = ['bom', ...Object.keys(filter.shape)].join(', ');
  const value = field === 'bom' ? bom : given[field];
  if (unknown === undefined && issue !== undefined) throw badInput(field, value, `${field}: ${issue.message}.`);
  throw badInput(field, value, `There is no filter ${field}.`, `It is narrowed by ${fields}.`);
}

interface Begun<T> {
  all(): AsyncGenerator<readonly T[]>;
  /** How many have been taken. */
  count(): number;
  end(): Promise<void>;
}

/** The first block is read before anything is answered, for what goes wrong there can still be said. */
async function begun<T>({ rows, written: lines }: Table<T>, ended: () => void): Promise<Begun<T>> {
  const source = rows[Symbol.asyncIterator]();
  const first = await source.next();
  let count = 0;
  return {
    async *all() {
      for (let next = first; next.done !== true; next = await source.next()) {
        count += lines === undefined ? next.value.length : next.value.reduce((sum, row) => sum + lines.rows(row), 0);
        yield next.value;
      }
    },
    count: () => count,
    end: async () => {
      ended();
      await source.return?.(undefined);
    },
  };
}

/** Without its cause: the server's library writes what it is thrown to its own output, and to who waits where nothing was sent yet. */
function brokenOff(): Error {
  return new Error('The export broke off: the log says why.');
}

async function* telling<T>(
  parts: AsyncIterable<Uint8Array | string>,
  rows: Begun<T>,
  { log, left }: RouteContext,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array | string> {
  let end: ExportEnd = 'hung up';
  try {
    yield* parts;
    end = 'whole';
  } catch (error) {
    if (!signal.aborted) {
      end = 'broken off';
      log.error({ error: error instanceof Error ? error : undefined }, 'an export broke off');
    }
    throw brokenOff();
  } finally {
    await rows.end();
    await left(rows.count(), end);
  }
}

/** Days of the workspace's calendar, `to` exclusive; open where not said. */
export const periodInput = { from: day.optional(), to: day.optional() };

/** What the facts store can tell apart. */
const FIRST_DAY = '1980-01-01';
const LAST_DAY = '2200-01-01';

/** Such days as the facts store knows moments. Throws Problem for days of which nothing is kept, and for an end before the beginning. */
export function factsPeriod(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  zone: string,
): { readonly fromTime?: string; readonly toTime?: string } {
  for (const [field, said] of Object.entries({ from, to })) {
    if (said !== undefined && said < FIRST_DAY) throw badInput(field, said, `Nothing before ${FIRST_DAY} is kept.`);
    if (said !== undefined && said > LAST_DAY) throw badInput(field, said, 'This lies too far ahead.');
  }
  if (from !== undefined && to !== undefined && to <= from)
    throw badInput('to', to, 'The end must lie after the beginning; it is exclusive.');
  return {
    ...(from === undefined ? {} : { fromTime: toFactsTime(startOfDayMs(from, zone)) }),
    ...(to === undefined ? {} : { toTime: toFactsTime(startOfDayMs(to, zone)) }),
  };
}

/**
 * Rows page by page, each after the last of the one before, in blocks of one table.
 * @param read a page after a row, or the first; fewer rows than `size` are the last
 */
export async function* inPages<T>(
  size: number,
  read: (after: T | undefined, limit: number) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (let last: T | undefined; ;) {
    const rows = await read(last, size);
    yield rows;
    if (rows.length < size) return;
    last = rows.at(-1);
  }
}
