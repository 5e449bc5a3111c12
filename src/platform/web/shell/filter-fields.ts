import type { FilterField } from '../client/capability.ts';
import { useRead } from '../client/read.ts';
import { useReader } from '../client/session.tsx';
import { useCapabilities } from './capabilities.ts';

/** Fields that capabilities offer to filter by. Read when the filter is opened. */
export function useFilterFields(): readonly FilterField[] {
  const { may } = useReader();
  const providers = useCapabilities().flatMap((c) =>
    c.filter !== undefined && may(c.filter.permission) ? [c.filter] : [],
  );
  const fields = useRead(['filter-fields'], async (signal) =>
    (await Promise.all(providers.map((provider) => provider.fields(signal)))).flat(),
  );
  return fields.data ?? [];
}
