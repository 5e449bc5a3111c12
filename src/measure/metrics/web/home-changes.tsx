import { Card, Go, Series, Tag, useWords } from '../../../platform/web/ui/index.ts';
import type { FindingFact, Home } from '../contract.ts';
import type { AskedPeriod } from './scope.ts';
import { coursePoints } from './course.ts';
import { FindingEvidence } from './evidence.tsx';
import styles from './home.module.css';
import { Said, tellingOf } from './said.tsx';
import { useNames } from './use-names.ts';
import { writerOf } from './writing.ts';

const COURSE = new Set(['since', 'where', 'was', 'drift', 'steady', 'short']);

/** What changed, and since when: the headline's course with the break marked, and every metric that clearly changed. */
export function HomeChanges({ home, asked }: { readonly home: Home; readonly asked: AskedPeriod }) {
  const { t, format } = useWords();
  const names = useNames();
  const headline = home.figures.find((f) => f.metric === home.headline);
  if (headline === undefined) return null;
  const writer = writerOf(headline.unit, format);
  // What changed before what did not; where a change shows stays beside it.
  const isClear = (f: FindingFact): boolean => f.direction !== 'unclear' || f.kind === 'where';
  const told = [
    ...home.findings.filter((f) => COURSE.has(f.kind)),
    ...home.findings.filter((f) => f.kind === 'change'),
  ].toSorted((a, b) => Number(isClear(b)) - Number(isClear(a)));
  const shifts = home.findings
    .filter((f) => f.kind === 'since' || f.kind === 'was')
    .flatMap(({ since, figure, other }) =>
      since === null || figure?.value == null || other?.value == null
        ? []
        : [{ at: bucketAt(home, since.at), before: other.value, after: figure.value, label: format.day(since.at) }],
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  // What the page opens with need not be said again, only from what to what.
  const isOpening = (finding: FindingFact): boolean => finding === home.findings[0] && finding.since !== null;
  return (
    <Card
      title={t('metrics.home.changes')}
      note={t('metrics.home.changesNote', { metric: names.metric(headline.metric) })}
      onward={<Go to={`/measure/metrics/${headline.metric}`}>{t('metrics.home.allChanges')}</Go>}
    >
      <ul className={styles['told']}>
        {told.map((finding) => (
          <li key={[finding.kind, finding.metric, finding.subject?.level, finding.since?.at].join(' ')}>
            <p>
              {isOpening(finding) ? null : <Said finding={finding} telling={tellingOf(home)} />}
              {finding.kind === 'where' ? null : <Range home={home} finding={finding} />}
              {isFew(finding) ? <Tag tone="neither">{t('metrics.few')}</Tag> : null}
            </p>
            <FindingEvidence finding={finding} home={home} asked={asked} />
          </li>
        ))}
      </ul>
      <Series
        label={t('metrics.page.courseOf', { metric: names.metric(headline.metric) })}
        write={writer.value}
        writeTick={writer.tick}
        points={coursePoints(home.series, home.interval, format)}
        shifts={shifts}
      />
    </Card>
  );
}

function isFew({ kind, figure, other }: FindingFact): boolean {
  return kind === 'change' && (figure?.few === true || other?.few === true);
}

/** From what to what, and between which days the change lies. */
function Range({ home, finding }: { readonly home: Home; readonly finding: FindingFact }) {
  const { t, format } = useWords();
  const { since, figure, other } = finding;
  const unit = home.figures.find((f) => f.metric === finding.metric)?.unit;
  if (since === null || figure?.value == null || other?.value == null || unit === undefined) return null;
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

/** The bucket a day begins: the first of a period may begin before it. */
function bucketAt({ series }: Home, day: string): string {
  return series.findLast((s) => s.at <= day)?.at ?? day;
}
