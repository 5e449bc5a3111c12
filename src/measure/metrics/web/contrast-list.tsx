import { Effects, Go, useWords } from '../../../platform/web/ui/index.ts';
import type { Contrast } from '../contract.ts';
import type { MetricKey, Unit } from '../vocabulary.ts';
import { levelsApart } from './names.ts';
import { useNames } from './use-names.ts';
import { writerOf } from './writing.ts';

/** What goes with a metric: each level against all others, as dots around zero; worst on top, what helps below. */
export function ContrastList(props: {
  readonly metric: MetricKey;
  readonly unit: Unit;
  readonly higherIsBetter: boolean | null;
  readonly contrasts: readonly Contrast[];
}) {
  const { t, format } = useWords();
  const names = useNames();
  const writer = writerOf(props.unit, format);
  const nameOf = levelsApart(names, props.contrasts);
  const turn = props.higherIsBetter === false ? -1 : 1;
  if (props.contrasts.length === 0) return <p>{t('metrics.contrasts.none')}</p>;
  return (
    <Effects
      write={writer.signed}
      lowerIsBetter={props.higherIsBetter === false}
      effects={props.contrasts
        .toSorted((a, b) => turn * (a.difference.value - b.difference.value))
        .map((c) => ({
          key: `${c.field} ${c.level}`,
          label: (
            <Go to={`/measure/metrics/${props.metric}`} search={{ by: c.field }}>
              {nameOf(c.field, c.label)}
            </Go>
          ),
          // What the very same answers are called otherwise: a carrier that serves one region alone.
          note: [
            t('metrics.people', { count: c.figure.people }),
            ...(c.alsoKnownAs.length === 0
              ? []
              : [
                  t('metrics.contrasts.also', {
                    others: format.list(c.alsoKnownAs.map((a) => names.level(a.field, a.label))),
                  }),
                ]),
          ].join(' · '),
          value: c.difference.value,
          low: c.difference.low,
          high: c.difference.high,
          sure: c.difference.verdict !== 'unclear',
        }))}
    />
  );
}
