import type { ComparedWith } from '@touchstone/domain/calendar';
import { Finding, useWords } from '../../../platform/web/ui/index.ts';
import type { Comparison, MetricInfo } from '../contract.ts';
import { toneOf, writerOf } from './writing.ts';

/** What changed since the period compared with; of counts, which have no interval, what it was then. */
export function ChangeSaid(props: {
  readonly info: Pick<MetricInfo, 'unit' | 'higherIsBetter' | 'method'>;
  readonly compared: Pick<Comparison, 'second' | 'difference'>;
  readonly than: ComparedWith;
}) {
  const { t, format } = useWords();
  const { info, compared, than } = props;
  const { second, difference } = compared;
  const writer = writerOf(info.unit, format);
  const isYear = than === 'year';
  if (info.method === 'none') {
    if (second.value === null) return null;
    return t(isYear ? 'metrics.year.was' : 'metrics.home.was', { value: writer.value(second.value) });
  }
  if (difference === null) return null;
  const { verdict } = difference;
  return (
    <Finding tone={toneOf(difference, info.higherIsBetter)}>
      {verdict === 'unclear'
        ? t(isYear ? 'metrics.year.none' : 'metrics.change.noneSentence')
        : t(`metrics.${isYear ? 'year' : 'home'}.${verdict === 'higher' ? 'up' : 'down'}`, {
            by: writer.size(difference.value),
          })}
    </Finding>
  );
}
