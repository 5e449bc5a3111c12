import {
  addDays,
  comparedPeriod,
  usualInterval,
  type ComparedWith,
  type Interval,
  type Period,
} from '@touchstone/domain/calendar';
import { saysPeriod, scopeIn, type Scope, type ScopeSaid } from '../../../platform/web/ui/address.ts';
import type { Extent, Outside } from '../contract.ts';

export interface AskedPeriod {
  readonly from: string;
  readonly to: string;
  readonly filter: string;
  /** Whether it has no bound at all: everything there is. */
  readonly allTime: boolean;
  /** What is asked of Home where the reader chose no period: its server knows the usual one as well. */
  readonly usual?: UsualQuestion;
  /** What the period is compared with. */
  readonly compare: ComparedWith;
  /** The days it is compared with; undefined for all time, and where the reader compares with nothing. */
  readonly against: Period | undefined;
  /** Of all time: the few facts that lie far from all others, which it leaves out. */
  readonly outside: Outside | null;
}

interface UsualQuestion {
  readonly filter: string;
  readonly compare: ComparedWith;
}

/** Whether what a period is compared with began before the data did: it is of fewer days than it seems. */
export function coveredInPart(known: Extent, against: Period): boolean {
  return against.from < known.from && known.from < against.to;
}

/** What a reader's choice means over the days that have data. All time has nothing before it: it is compared with nothing. */
export function askedOf(
  scope: Pick<Scope, 'from' | 'to' | 'filter' | 'compare'>,
  known: Extent,
  outside: Outside | null,
  usual?: UsualQuestion,
): AskedPeriod {
  const allTime = scope.from === undefined && scope.to === undefined;
  const compare = allTime ? 'none' : scope.compare;
  const to = scope.to ?? addDays(known.to, 1);
  const first = scope.from ?? (known.from < to ? known.from : addDays(to, -1));
  const from = first < to ? first : addDays(to, -1);
  return {
    from,
    to,
    filter: scope.filter ?? '',
    allTime,
    compare,
    against: comparedPeriod({ from, to }, compare),
    outside: allTime ? outside : null,
    ...(usual === undefined ? {} : { usual }),
  };
}

/** What is asked of Home for the usual period, which need not be known before; undefined where another was chosen. */
export function usualQuestion(said: ScopeSaid): UsualQuestion | undefined {
  const { filter, compare } = scopeIn(said);
  return saysPeriod(said) ? undefined : { filter: filter ?? '', compare };
}

/** What is asked of Home. */
export function homeQuestion(
  asked: AskedPeriod,
): UsualQuestion & { readonly from?: string; readonly to?: string; readonly interval?: Interval } {
  const { from, to, filter, compare } = asked;
  return asked.usual ?? { from, to, filter, interval: usualInterval(asked), compare };
}
