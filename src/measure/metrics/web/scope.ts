import { addDays, comparedPeriod, type ComparedWith, type Period } from '@touchstone/domain/calendar';
import { api, useRead } from '../../../platform/web/client/index.ts';
import { useScope } from '../../../platform/web/ui/index.ts';
import type { Outside } from '../contract.ts';

export interface AskedPeriod {
  readonly from: string;
  readonly to: string;
  readonly filter: string;
  /** Whether the reader chose no bound at all: everything there is. */
  readonly allTime: boolean;
  /** What the period is compared with. */
  readonly compare: ComparedWith;
  /** The days it is compared with; undefined for all time, and where the reader compares with nothing. */
  readonly against: Period | undefined;
  /** Of all time: the few facts that lie far from all others, which it leaves out. */
  readonly outside: Outside | null;
}

/**
 * The reader's period with both ends, as the API wants it: what is not chosen ends with the data.
 * `undefined` while it is not known; `nothing` where nothing is loaded.
 */
export function useAskedPeriod(): {
  readonly asked: AskedPeriod | undefined;
  readonly nothing: boolean;
  readonly error: unknown;
} {
  const scope = useScope();
  const allTime = scope.from === undefined && scope.to === undefined;
  const extent = useRead(['metrics', 'extent'], (signal) => api.metrics.extent(undefined, { signal }));
  if (extent.error !== null) return { asked: undefined, nothing: false, error: extent.error };
  if (extent.data === undefined) return { asked: undefined, nothing: false, error: null };
  const known = extent.data.extent;
  if (known === null) return { asked: undefined, nothing: true, error: null };
  const to = scope.to ?? addDays(known.to, 1);
  const first = scope.from ?? (known.from < to ? known.from : addDays(to, -1));
  const from = first < to ? first : addDays(to, -1);
  return {
    asked: {
      from,
      to,
      filter: scope.filter ?? '',
      allTime,
      compare: scope.compare,
      against: allTime ? undefined : comparedPeriod({ from, to }, scope.compare),
      outside: allTime ? extent.data.outside : null,
    },
    nothing: false,
    error: null,
  };
}
