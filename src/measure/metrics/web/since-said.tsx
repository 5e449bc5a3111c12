import { useWords, type Format, type SeriesShift } from '../../../platform/web/ui/index.ts';
import type { FindingFact, SeriesFigure } from '../contract.ts';
import type { Unit } from '../vocabulary.ts';
import styles from './home.module.css';
import { writerOf } from './writing.ts';

/** From what to what a metric changed, and between which days. */
export function Range({ unit, finding }: { readonly unit: Unit; readonly finding: FindingFact }) {
  const { t, format } = useWords();
  const { since, figure, other } = finding;
  if (since === null || figure?.value == null || other?.value == null) return null;
  const writer = writerOf(unit, format);
  return (
    <span className={styles['more']}>
      {' '}
      {t('metrics.finding.range', {
        before: writer.value(other.value),
        after: writer.value(figure.value),
        first: format.day(since.earliest),
        last: format.day(since.latest),
      })}
    </span>
  );
}

/** The changes of a course as its picture marks them. */
export function shiftsOf(
  findings: readonly FindingFact[],
  series: readonly Pick<SeriesFigure, 'at' | 'key'>[],
  format: Format,
): SeriesShift[] {
  // The first bucket of a period may begin before it.
  const bucketAt = (day: string): string => series.findLast((s) => s.key === null && s.at <= day)?.at ?? day;
  return findings
    .filter((f) => f.kind === 'since' || f.kind === 'was')
    .flatMap(({ since, figure, other }) =>
      since === null || figure?.value == null || other?.value == null
        ? []
        : [{ at: bucketAt(since.at), before: other.value, after: figure.value, label: format.day(since.at) }],
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
