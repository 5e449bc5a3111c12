import { COMPARISONS, isDay, usualPeriod, type ComparedWith, type Period } from '@touchstone/domain/calendar';

/** What stands behind `?` of every page. Values are text; a page reads its own with `useAddress`. */
export type Address = Readonly<Record<string, string>>;

/** The period and filter on top, valid on every page. `to` is the first day no longer in it. Undefined: no bound; of both, all time. */
export interface Scope {
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** In the filter grammar of the API. */
  readonly filter: string | undefined;
  /** What the period is compared with; `comparedPeriod` of the domain's calendar says which days these are. */
  readonly compare: ComparedWith;
}

/** Reads the address as text and nothing else: what a link holds is what the API is asked. */
export function readSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function writeSearch(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== '');
  const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

/** What an address says of the period and filter. */
export type ScopeSaid = { readonly [K in keyof Scope | 'period']?: string | undefined };

/** How an address says that all time was chosen. */
export const ALL_TIME = 'all';

/** The period and filter of an address. What in it is no day, or no period, is not there; where it says none it is the usual one. */
export function scopeIn(address: ScopeSaid, usual?: Period): Scope {
  const { filter, compare } = address;
  const { from, to } = saysPeriod(address) ? boundsIn(address) : (usual ?? { from: undefined, to: undefined });
  return { from, to, filter, compare: COMPARISONS.find((way) => way === compare) ?? 'previous' };
}

/** Whether an address says which period, all time included. */
export function saysPeriod(address: ScopeSaid): boolean {
  const { from, to } = boundsIn(address);
  return address.period === ALL_TIME || from !== undefined || to !== undefined;
}

/**
 * The period of a page whose address says none, with data of these days: the latest of them, or all time where the page says
 * so. Null: all time; undefined: not known yet.
 */
export function usualOf(
  scoped: true | 'allTime' | undefined,
  days: Period | undefined,
  isKnown: boolean,
): Period | null | undefined {
  if (scoped === 'allTime') return null;
  if (days === undefined) return isKnown ? null : undefined;
  return usualPeriod(days) ?? null;
}

function boundsIn({ from, to }: ScopeSaid): Pick<Scope, 'from' | 'to'> {
  const [first, end] = [asDay(from), asDay(to)];
  const isNone = first !== undefined && end !== undefined && first >= end;
  return isNone ? { from: undefined, to: undefined } : { from: first, to: end };
}

const SCOPE_KEYS = ['period', 'from', 'to', 'filter', 'compare'] as const;

/** What a link to another page takes along. */
export function scopeOf(address: Address): Record<string, string> {
  return Object.fromEntries(SCOPE_KEYS.flatMap((key) => (address[key] === undefined ? [] : [[key, address[key]]])));
}

/** An address with some of it changed: days take the place of all time, and all time that of days. */
export function withChange(
  address: Address,
  change: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const isOf = (key: string): boolean => change[key] !== undefined && change[key] !== '';
  return {
    ...address,
    ...(isOf('period') ? { from: undefined, to: undefined } : {}),
    ...(isOf('from') || isOf('to') ? { period: undefined } : {}),
    ...change,
  };
}

function asDay(text: string | undefined): string | undefined {
  return text !== undefined && isDay(text) ? text : undefined;
}
