import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { scopeIn, type Address, type Scope } from './address.ts';

export { readSearch, writeSearch, type Address, type Scope } from './address.ts';

const SCOPE_KEYS = ['from', 'to', 'filter', 'compare'] as const;

/** Everything in the address, and a way to change some of it. `undefined` takes a value out. */
export function useAddress(): [Address, (change: Readonly<Record<string, string | undefined>>) => void] {
  const address: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  return [
    address,
    (change) => void navigate({ to: '.', search: { ...address, ...change }, replace: true, resetScroll: false }),
  ];
}

/** The period, the filter and the comparison that stand in the address. */
export function useScope(): Scope {
  const [{ from, to, filter, compare }] = useAddress();
  return useMemo(() => scopeIn({ from, to, filter, compare }), [from, to, filter, compare]);
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
