import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { Period } from '@touchstone/domain/calendar';
import { createContext, useContext, useMemo } from 'react';
import { saysPeriod, scopeIn, withChange, type Address, type Scope } from './address.ts';

export { readSearch, scopeOf, writeSearch, type Address, type Scope } from './address.ts';

/** Everything in the address, and a way to change some of it. `undefined` takes a value out. */
export function useAddress(): [Address, (change: Readonly<Record<string, string | undefined>>) => void] {
  const address: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  return [
    address,
    (change) => void navigate({ to: '.', search: withChange(address, change), replace: true, resetScroll: false }),
  ];
}

/** The period and filter of a page, and whether it is known yet which: the usual period is asked for. */
export interface ScopeHere extends Scope {
  readonly isPending: boolean;
}

/** The period, the filter and the comparison that stand in the address; where no period does, the usual one. */
export function useScope(): ScopeHere {
  const [{ period, from, to, filter, compare }] = useAddress();
  const usual = useContext(UsualContext);
  const isSaid = saysPeriod({ period, from, to });
  return useMemo(
    () => ({
      ...scopeIn({ period, from, to, filter, compare }, usual ?? undefined),
      isPending: !isSaid && usual === undefined,
    }),
    [period, from, to, filter, compare, usual, isSaid],
  );
}

/** The period of pages whose address says none. Null: all time; undefined: not known yet. */
export const UsualContext = createContext<Period | null | undefined>(null);

/** The period and filter as input of an operation: only what is set. */
export function scopeInput(scope: Scope): { from?: string; to?: string; filter?: string } {
  return {
    ...(scope.from === undefined ? {} : { from: scope.from }),
    ...(scope.to === undefined ? {} : { to: scope.to }),
    ...(scope.filter === undefined ? {} : { filter: scope.filter }),
  };
}

/** The value of `$name` in the page's path. */
export function useParam(name: string): string {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  return params[name] ?? '';
}
