import { dayAt, daysBetween, fromFactsTimeMs } from '@touchstone/domain/calendar';
import type { Extent, Outside } from './home-shapes.ts';

/** The facts of one month: how many, the first and the last moment as the facts store writes them. */
export interface Month {
  readonly first: string;
  readonly last: string;
  readonly facts: number;
}

/** Facts far from all others are left out when they are so few, beside so many that stay. */
const STRAYS = { share: 0.01, most: 29, beside: 30 };
/** And when so long a time without any lies between, and a longer one than all that stays takes. */
const GAP_DAYS = 60;

/**
 * First and last day of the facts, without strays: a date that somebody mistyped, or one event of today beside orders of
 * years ago, would leave most of every chart of "all time" empty. What is left out is told. Months in order.
 */
export function extentOf(
  months: readonly Month[],
  zone: string,
): { readonly extent: Extent; readonly outside: Outside | null } | null {
  const days = months.map((m) => ({ ...m, from: dayOf(m.first, zone), to: dayOf(m.last, zone) }));
  const total = days.reduce((sum, m) => sum + m.facts, 0);
  const most = Math.min(STRAYS.most, Math.max(1, Math.floor(total * STRAYS.share)), total - STRAYS.beside);
  let best: { readonly from: string; readonly to: string; readonly outside: number } | undefined;
  let before = 0;
  for (const [i, first] of days.entries()) {
    if (i > 0) before += days[i - 1]?.facts ?? 0;
    if (before > Math.max(0, most)) break;
    let after = 0;
    for (let j = days.length - 1; j >= i && before + after <= Math.max(0, most); j--) {
      const last = days[j];
      if (last === undefined) break;
      const body = daysBetween(first.from, last.to);
      const far = (gap: number): boolean => gap > Math.max(GAP_DAYS, body);
      const [previous, next] = [days[i - 1], days[j + 1]];
      const apart =
        (previous === undefined || far(daysBetween(previous.to, first.from))) &&
        (next === undefined || far(daysBetween(last.to, next.from)));
      if (apart && (best === undefined || body < daysBetween(best.from, best.to))) {
        best = { from: first.from, to: last.to, outside: before + after };
      }
      after += last.facts;
    }
  }
  const [first, last] = [days[0], days.at(-1)];
  if (best === undefined || first === undefined || last === undefined) return null;
  const { from, to, outside } = best;
  return { extent: { from, to }, outside: outside === 0 ? null : { facts: outside, from: first.from, to: last.to } };
}

function dayOf(time: string, zone: string): string {
  return dayAt(fromFactsTimeMs(time), zone);
}
