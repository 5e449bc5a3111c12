import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { COMPARISONS, isDay, type ComparedWith } from '@touchstone/domain/calendar';
import { useMemo } from 'react';

/** What stands behind `?` of every page. Values are text; a page reads its own with `useAddress`. */
export type Address = Readonly<Record<string, string>>;

/** The period and filter on top, valid on every page. `to` is the first day no longer in it. Undefined: no bound. */
export interface Scope {
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** In the filter grammar of the API. */
  readonly filter: string | undefined;
  /** What the period is compared with; `comparedPeriod` of the domain's calendar says which days these are. */
  readonly compare: ComparedWith;
}

const SCOPE_KEYS = ['from', 'to', 'filter', 'compare'] as const;

/** Reads the address as text and nothing else: what a link holds is what the API is asked. */
export function readSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function writeSearch(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== '');
  const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

/** Everything in the address, and a way to change some of it. `undefined` takes a value out. */
export function useAddress(): [Address, (change: Readonly<Record<string, string | undefined>>) => void] {
  const address: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  return [
    address,
    (change) => void navigate({ to: '.', search: { ...address, ...change }, replace: true, resetScroll: false }),
  ];
}

/** What in the address is no day, or no period, is not there. */
export function useScope(): Scope {
  const [{ from, to, filter, compare }] = useAddress();
  return useMemo(() => {
    const [first, end] = [asDay(from), asDay(to)];
    const rest = { filter, compare: COMPARISONS.find((way) => way === compare) ?? 'previous' };
    return first !== undefined && end !== undefined && first >= end
      ? { from: undefined, to: undefined, ...rest }
      : { from: first, to: end, ...rest };
  }, [from, to, filter, compare]);
}

function asDay(text: string | undefined): string | undefined {
  return text !== undefined && isDay(text) ? text : undefined;
}

/** The period and filter as input of an operation: only what is set. */
export function scopeInput(scope: Scope): { from?: string; to?: string; filter?: string } {
  return {
    ...(scope.from === undefined ? {} : { from: scope.from }),
    ...(scope.to === undefined ? {} : { to: scope.to }),
    ...(scope.filter === undefined ? {} : { filter: scope.filter }),
  };
}

/** What a link to another page takes along. */
export function scopeOf(address: Address): Record<string, string> {
  return Object.fromEntries(SCOPE_KEYS.flatMap((key) => (address[key] === undefined ? [] : [[key, address[key]]])));
}

/** The value of `$name` in the page's path. */
export function useParam(name: string): string {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  return params[name] ?? '';
}
