import { api, useRead, type KnownDays } from '../../../platform/web/client/index.ts';
import { useAddress, useScope } from '../../../platform/web/ui/index.ts';
import { type AskedPeriod, askedOf, usualQuestion } from './asked-period.ts';

export type { AskedPeriod } from './asked-period.ts';

const EXTENT = ['metrics', 'extent'] as const;

/** Which days have data. */
export const knownDays: KnownDays = {
  permission: 'metrics:read',
  key: EXTENT,
  read: (signal) => api.metrics.extent(undefined, { signal }),
};

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
  const [address] = useAddress();
  const extent = useRead(EXTENT, (signal) => api.metrics.extent(undefined, { signal }));
  if (extent.error !== null) return { asked: undefined, nothing: false, error: extent.error };
  if (extent.data === undefined) return { asked: undefined, nothing: false, error: null };
  if (extent.data.extent === null) return { asked: undefined, nothing: true, error: null };
  return {
    asked: askedOf(scope, extent.data.extent, extent.data.outside, usualQuestion(address)),
    nothing: false,
    error: null,
  };
}
