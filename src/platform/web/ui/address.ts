import { COMPARISONS, isDay, type ComparedWith } from '@touchstone/domain/calendar';

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

/** Reads the address as text and nothing else: what a link holds is what the API is asked. */
export function readSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function writeSearch(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== '');
  const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

/** What in the address is no day, or no period, is not there. */
export function scopeIn(address: { readonly [K in keyof Scope]?: string | undefined }): Scope {
  const { from, to, filter, compare } = address;
  const [first, end] = [asDay(from), asDay(to)];
  const rest = { filter, compare: COMPARISONS.find((way) => way === compare) ?? 'previous' };
  return first !== undefined && end !== undefined && first >= end
    ? { from: undefined, to: undefined, ...rest }
    : { from: first, to: end, ...rest };
}

function asDay(text: string | undefined): string | undefined {
  return text !== undefined && isDay(text) ? text : undefined;
}
