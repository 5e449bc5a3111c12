import { lazy, Suspense } from 'react';
import { api, useRead } from '../../../platform/web/client/index.ts';
import { useAddress } from '../../../platform/web/ui/index.ts';
import type { MetricInfo } from '../../metrics/contract.ts';
import { loadLineage } from '../../metrics/web/parts.ts';
import { type FigureRef, questionOf } from './evidence-ref.ts';

const LineageDrawer = lazy(async () => ({ default: (await loadLineage()).LineageDrawer }));

/** Opens where a figure comes from: the address says which, so that it can be sent to somebody. */
export function useEvidence(): readonly [FigureRef | undefined, (ref: FigureRef | undefined) => void] {
  const [address, change] = useAddress();
  const ref = address['figure'];
  return [ref === '' ? undefined : ref, (next) => change({ figure: next })];
}

/** Where the figure comes from that the address names: definition, period, filter, what was left out, and its rows. */
export function Evidence(props: { readonly info: MetricInfo; readonly page: Parameters<typeof questionOf>[1] }) {
  const [ref, open] = useEvidence();
  const { info } = props;
  const question = ref === undefined ? undefined : questionOf(ref, props.page);
  const { from, to, filter } = question ?? { from: '', to: '', filter: '' };
  const input = { key: info.key, from, to, filter };
  const read = useRead(
    ['metrics', 'explored-evidence', input],
    async (signal) => ({ input, figures: await api.metrics.get(input, { signal }) }),
    { enabled: question !== undefined },
  );
  if (question === undefined || read.data === undefined || read.isPlaceholderData) return null;
  return (
    <Suspense>
      <LineageDrawer
        opened
        onClose={() => open(undefined)}
        info={info}
        lineage={read.data.figures.lineage}
        asked={read.data.input}
      />
    </Suspense>
  );
}
