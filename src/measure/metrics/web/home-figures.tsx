import { Figure, Figures, Go, useWords } from '../../../platform/web/ui/index.ts';
import type { Home } from '../contract.ts';
import type { MetricKey } from '../vocabulary.ts';
import { courseOf } from './course.ts';
import { changeOf } from './use-home.ts';
import { useNames } from './use-names.ts';
import { halfOf, writerOf } from './writing.ts';

/** What goes beside the headline score, where it is known. */
const BESIDE: readonly MetricKey[] = ['late_rate', 'days_to_deliver', 'return_rate', 'orders'];

export function HomeFigures({ home }: { readonly home: Home }) {
  const words = useWords();
  const names = useNames();
  const shown = home.figures.filter(
    (f) => f.metric === home.headline || (BESIDE.includes(f.metric) && f.figure.value !== null && f.figure.n > 0),
  );
  const ordered = shown.toSorted((a, b) => Number(b.metric === home.headline) - Number(a.metric === home.headline));
  return (
    <Figures>
      {ordered.map((shownFigure) => {
        const { metric, unit, figure } = shownFigure;
        const writer = writerOf(unit, words.format);
        const half = halfOf(figure);
        return (
          <Figure
            key={metric}
            label={<Go to={`/measure/metrics/${metric}`}>{names.metric(metric)}</Go>}
            value={figure.value === null ? undefined : writer.beside(half).value(figure.value)}
            plusMinus={half === undefined ? undefined : writer.half(half)}
            n={unit === 'count' ? undefined : figure.n}
            few={figure.few}
            course={courseOf(shownFigure)}
            change={changeOf(home, shownFigure, words)}
          />
        );
      })}
    </Figures>
  );
}
