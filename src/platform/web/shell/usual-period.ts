import type { Period } from '@touchstone/domain/calendar';
import { useMemo } from 'react';
import { useRead } from '../client/read.ts';
import { useReader } from '../client/session.tsx';
import { saysPeriod, usualOf } from '../ui/address.ts';
import { useAddress } from '../ui/scope.tsx';
import { useCapabilities } from './capabilities.ts';
import { useScopeKind } from './page-here.ts';

/** The period of pages whose address says none: of the days that have data. Null: all time; undefined: not known yet. */
export function useUsualPeriod(): Period | null | undefined {
  const { may } = useReader();
  const [address] = useAddress();
  const days = useCapabilities().find((c) => c.knownDays !== undefined && may(c.knownDays.permission))?.knownDays;
  const scoped = useScopeKind();
  const isWanted = scoped === true && !saysPeriod(address) && days !== undefined;
  const { data, error } = useRead(days?.key ?? ['known-days'], (signal) => days?.read(signal) ?? NOTHING, { enabled: isWanted }); // prettier-ignore
  const { from, to } = data?.extent ?? {};
  const isKnown = days === undefined || data !== undefined || error !== null;
  return useMemo(
    () => usualOf(scoped, from === undefined || to === undefined ? undefined : { from, to }, isKnown),
    [scoped, from, to, isKnown],
  );
}

const NOTHING = Promise.resolve({ extent: null });
