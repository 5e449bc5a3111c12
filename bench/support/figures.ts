import { z } from 'zod';
import type { OpenedFacts } from '../../src/platform/stores/facts.ts';
import days from '../queries/days.sql?raw';
import eventsSql from '../queries/fill-events.sql?raw';
import feedbackSql from '../queries/fill-feedback.sql?raw';
import ordersSql from '../queries/fill-orders.sql?raw';
import peopleSql from '../queries/fill-people.sql?raw';
import lateRate from '../queries/late_rate.sql?raw';
import nps from '../queries/nps.sql?raw';
import orders from '../queries/orders.sql?raw';
import ratingByStage from '../queries/rating-by-stage.sql?raw';
import ratingByTouchpoint from '../queries/rating-by-touchpoint.sql?raw';
import ratingByWeek from '../queries/rating-by-week.sql?raw';
import ratingGoesWith from '../queries/rating-goes-with.sql?raw';
import ratingLate from '../queries/rating-late.sql?raw';
import rating from '../queries/rating.sql?raw';
import responses from '../queries/responses.sql?raw';
import returns from '../queries/returns.sql?raw';
import type { ReportLine } from './report.ts';
import type { ServerProcess } from './server-process.ts';

const TIMES = 11;
/** Of each figure, untimed, before any is measured: a server that has run for a minute, and caches that are warm. */
const WARM_UPS = 3;
const FROM = '2026-05-01';
const TO = '2026-09-01';
/** The four months before. */
const BEFORE = '2026-01-01';
export const PERIOD = `from=${FROM}&to=${TO}`;

const compared = z.object({ first: z.object({ value: z.number(), n: z.number() }) }).transform((c) => c.first);
const overall = z.object({ overall: z.object({ value: z.number(), n: z.number() }) }).transform((c) => c.overall);
export const home = z.object({ headline: z.literal('rating') }).loose();

/** Each figure as Home asks for it, and a query written by hand for the same answer. */
export const FIGURES = [
  { figure: 'rating, with its change', path: `/metrics/rating/compare?${PERIOD}`, shape: compared, sql: rating },
  { figure: 'NPS, with its change', path: `/metrics/nps/compare?${PERIOD}`, shape: compared, sql: nps },
  {
    figure: 'late deliveries, with its change',
    path: `/metrics/late_rate/compare?${PERIOD}`,
    shape: compared,
    sql: lateRate,
  },
  { figure: 'orders, with its change', path: `/metrics/orders/compare?${PERIOD}`, shape: compared, sql: orders },
  {
    figure: 'responses, with its change',
    path: `/metrics/responses/compare?${PERIOD}`,
    shape: compared,
    sql: responses,
  },
  {
    figure: 'days to deliver, with its change',
    path: `/metrics/days_to_deliver/compare?${PERIOD}`,
    shape: compared,
    sql: days,
  },
  {
    figure: 'returns, with its change',
    path: `/metrics/return_rate/compare?${PERIOD}`,
    shape: compared,
    sql: returns,
  },
  { figure: 'rating by week', path: `/metrics/rating?${PERIOD}&interval=week`, shape: overall, sql: ratingByWeek },
  {
    figure: 'rating by touchpoint',
    path: `/metrics/rating?${PERIOD}&by=touchpoint`,
    shape: overall,
    sql: ratingByTouchpoint,
  },
  { figure: 'rating by stage', path: `/metrics/rating?${PERIOD}&by=stage`, shape: overall, sql: ratingByStage },
  {
    figure: 'rating, late against in time',
    path: `/metrics/rating/compare?${PERIOD}&filter=order.late:true&againstFilter=order.late:false`,
    shape: compared,
    sql: ratingLate,
  },
] as const;

/** All that Home shows, by hand: seven figures with their changes, by week, by stage, by touchpoint, and what goes with them. */
const HOME = [rating, nps, lateRate, days, returns, orders, responses, ratingByWeek, ratingByStage, ratingByTouchpoint];

const byHand = z.object({ value: z.coerce.number(), n: z.coerce.number() });

export interface Keys {
  readonly workspaceId: string;
  readonly writeKey: string;
  readonly secretKey: string;
}

function paramsOf(keys: Keys): Record<string, string> {
  return {
    workspace: keys.workspaceId,
    from: `${FROM} 00:00:00.000`,
    to: `${TO} 00:00:00.000`,
    before: `${BEFORE} 00:00:00.000`,
  };
}

/** How much is filled in. Events are numbered from `first` on, so that there can be more of them later. */
export interface Size {
  readonly first: number;
  readonly events: number;
  readonly orders: number;
  readonly answers: number;
  /** Those who do anything, and those of them who order and answer. */
  readonly people: number;
  readonly customers: number;
}

export async function fillEvents(facts: OpenedFacts, workspace: string, size: Size): Promise<void> {
  await facts.command(eventsSql, { workspace, first: size.first, count: size.events, people: size.people });
}

/** Orders, answers and traits; all rows of one part each, as they are after a quiet night. */
export async function fillOthers(facts: OpenedFacts, workspace: string, size: Size): Promise<void> {
  const { orders: ordersCount, answers, customers } = size;
  await facts.command(ordersSql, { workspace, orders: ordersCount, customers });
  await facts.command(feedbackSql, { workspace, orders: ordersCount, answers, customers });
  await facts.command(peopleSql, { workspace, customers });
  for (const table of ['orders', 'feedback', 'person_traits']) await facts.command(`OPTIMIZE TABLE ${table} FINAL`);
}

/** Until what was filled in is merged, as it is after a quiet hour; two minutes at most. */
export async function settle(facts: OpenedFacts): Promise<void> {
  const merging = z.object({ n: z.coerce.number() });
  for (let quiet = 0, tries = 0; quiet < 4 && tries < 240; tries++) {
    const [row] = await facts.query(merging, 'SELECT count() AS n FROM system.merges');
    quiet = row?.n === 0 ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Every figure, then all of Home at once. */
export async function measureFigures(
  bench: string,
  server: ServerProcess,
  facts: OpenedFacts,
  keys: Keys,
  report: (line: ReportLine) => void,
  label = '',
): Promise<void> {
  const line = (figure: string, { ms, handMs, against }: Measured): void =>
    report({
      bench,
      figure: `${label}${figure}`,
      value: Math.round(ms),
      unit: 'ms',
      against: `${Math.round(handMs)} ms ${against}; limits 1.3 times and 1,000 ms`,
      ratio: Math.round((ms / handMs) * 100) / 100,
    });
  for (const wanted of FIGURES) await measure(server, facts, keys, wanted, WARM_UPS);
  for (const wanted of FIGURES) line(wanted.figure, await measure(server, facts, keys, wanted, TIMES));
  line('all of Home at once', await measureHome(server, facts, keys));
}

interface Measured {
  readonly ms: number;
  readonly handMs: number;
  readonly against: string;
}

async function measure(
  server: ServerProcess,
  facts: OpenedFacts,
  keys: Keys,
  wanted: (typeof FIGURES)[number],
  times: number,
): Promise<Measured> {
  const params = paramsOf(keys);
  const [ours, hand]: [number[], number[]] = [[], []];
  for (let i = 0; i < times; i++) {
    const [told, toldMs] = await timed(() => ask(server, keys, wanted.path, wanted.shape));
    const [rows, rowsMs] = await timed(() => facts.query(byHand, wanted.sql, params));
    const [row] = rows;
    if (row === undefined || row.n !== told.n || Math.abs(row.value - told.value) > 1e-9) {
      throw new Error(
        `${wanted.figure}: the API says ${JSON.stringify(told)}, the query by hand ${JSON.stringify(row)}`,
      );
    }
    ours.push(toldMs);
    hand.push(rowsMs);
  }
  return { ms: median(ours), handMs: median(hand), against: 'by hand' };
}

/** Beside the same by hand, asked all at once. */
async function measureHome(server: ServerProcess, facts: OpenedFacts, keys: Keys): Promise<Measured> {
  const [ours, hand]: [number[], number[]] = [[], []];
  for (let i = 0; i <= 3; i++) {
    const [, ms] = await timed(() => ask(server, keys, `/metrics/home?${PERIOD}`, home));
    const [, handMs] = await timed(async () => {
      const figures = HOME.map((sql) => facts.query(z.object({ n: z.coerce.number() }), sql, paramsOf(keys)));
      await Promise.all([...figures, facts.query(z.unknown(), ratingGoesWith, paramsOf(keys))]);
    });
    // The first of each warms the caches.
    if (i > 0) ours.push(ms);
    if (i > 0) hand.push(handMs);
  }
  const against = `for the same ${HOME.length + 1} statements by hand, at once`;
  return { ms: median(ours), handMs: median(hand), against };
}

export async function ask<T>(server: ServerProcess, keys: Keys, path: string, shape: z.ZodType<T>): Promise<T> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${keys.secretKey}` },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return shape.parse(await response.json());
}

export async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
