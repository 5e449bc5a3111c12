import { dayAt } from '@touchstone/domain/calendar';
import { inTopBox, npsPoints, rescale } from '@touchstone/domain/scores';
import { type Sums, intervalOf, sumsOf } from '@touchstone/domain/stats';
import { definitionOf } from '../registry.ts';
import type { MetricKey } from '../vocabulary.ts';
import { type MadeUpShop, type ShopAnswer, type ShopOrder, madeUpShop } from './shop.ts';

/*
 * What the figures of the made-up shop have to be, worked from its rows by plain loops, in the days of ZONE and from
 * February to May 2026. Only the intervals' formulas are the product's own: `domain/stats` holds them to account.
 */
export const ZONE = 'America/Sao_Paulo';
export const made: MadeUpShop = madeUpShop();

/** What counts, one entry per row: whose it is, and what it adds. Worked from the rows as they were made. */
export interface Counted {
  readonly person: string;
  readonly value: number;
  readonly day: string;
  readonly answer?: ShopAnswer;
  readonly order: ShopOrder | undefined;
}

export const orderOf = new Map(made.orders.map((o) => [o.id, o]));
export const day = (ms: number): string => dayAt(ms, ZONE);
export const isLate = (o: ShopOrder | undefined): boolean | null =>
  o === undefined || o.deliveredMs === null || o.promised === null ? null : day(o.deliveredMs) > o.promised;

function valueOf(key: MetricKey, a: ShopAnswer): number | undefined {
  if (a.score === null) return undefined;
  const usual = { rating: [1, 5], nps: [0, 10], csat: [1, 5], ces: [1, 7], text: [0, 1] } as const;
  const [low, high] = a.scale ?? usual[a.instrument];
  const scale = { low, high };
  if (key === 'overall_score')
    return a.instrument === 'text' ? undefined : rescale(a.score, scale, { low: 1, high: 5 });
  if (key === 'nps') return a.instrument === 'nps' ? npsPoints(a.score) : undefined;
  if (key === 'ces') return a.instrument === 'ces' ? rescale(a.score, scale, { low: 1, high: 7 }) : undefined;
  const asked = key === 'rating' ? 'rating' : 'csat';
  if (a.instrument !== asked) return undefined;
  return key === 'csat' ? Number(inTopBox(a.score, scale) ?? Number.NaN) : rescale(a.score, scale, { low: 1, high: 5 });
}

/** The whole score of an answer on the scale of its metric: what lies between two falls on the one below. */
export function wholeOf({ answer }: Counted): number {
  const usual = { rating: [1, 5], nps: [0, 10], csat: [1, 5], ces: [1, 7], text: [0, 1] } as const;
  const [low, high] = usual[answer?.instrument ?? 'text'];
  const [from, to] = answer?.scale ?? [low, high];
  return Math.floor(low + (((answer?.score ?? 0) - from) * (high - low)) / (to - from));
}

function orderValue(key: MetricKey, o: ShopOrder): number | undefined {
  if (key === 'orders') return 1;
  if (o.deliveredMs === null) return undefined;
  if (key === 'return_rate') return Number(o.returnedMs !== null);
  if (key === 'days_to_deliver') return (o.deliveredMs - o.placedMs) / 86_400_000;
  const late = isLate(o);
  return late === null ? undefined : Number(late);
}

export function countedFor(key: MetricKey): Counted[] {
  const all: Counted[] =
    definitionOf(key).source === 'feedback'
      ? made.answers.flatMap((a) => {
          const value = key === 'responses' ? 1 : valueOf(key, a);
          if (value === undefined || Number.isNaN(value)) return [];
          return [
            {
              person: a.person === 0 ? a.id : `p${a.person}`,
              value,
              day: day(a.atMs),
              answer: a,
              order: orderOf.get(a.order),
            },
          ];
        })
      : made.orders.flatMap((o) => {
          const value = orderValue(key, o);
          const at = key === 'orders' ? o.placedMs : o.deliveredMs;
          if (value === undefined || at === null) return [];
          return [{ person: o.person === 0 ? o.id : `p${o.person}`, value, day: day(at), order: o }];
        });
  return all.filter((c) => c.day >= '2026-02-01' && c.day < '2026-06-01');
}

export function sumsBy(rows: readonly Counted[]): Sums {
  const people = new Map<string, [number, number]>();
  for (const row of rows) {
    const [n, s] = people.get(row.person) ?? [0, 0];
    people.set(row.person, [n + 1, s + row.value]);
  }
  return sumsOf(people.values());
}

/** The figure of these rows, worked anew. */
export function expected(key: MetricKey, rows: readonly Counted[]) {
  const { measure } = definitionOf(key);
  const people = new Set(rows.map((r) => r.person).filter((p) => p.startsWith('p'))).size;
  if (measure === null) {
    const value = new Set(
      rows.map((r, i) => (r.answer === undefined || r.answer.response === '' ? `#${i}` : r.answer.response)),
    ).size;
    return { value, n: rows.length, people, low: null, high: null };
  }
  const interval = intervalOf(sumsBy(rows), measure);
  return {
    value: rows.reduce((sum, r) => sum + r.value, 0) / rows.length,
    n: rows.length,
    people,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

export function grouped(rows: readonly Counted[], keys: (row: Counted) => readonly string[]): Map<string, Counted[]> {
  const groups = new Map<string, Counted[]>();
  for (const row of rows) for (const key of new Set(keys(row))) groups.set(key, [...(groups.get(key) ?? []), row]);
  return groups;
}
