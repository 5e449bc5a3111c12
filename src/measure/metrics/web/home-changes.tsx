import { Card, Go, Series, Tag, useWords } from '../../../platform/web/ui/index.ts';
import type { FindingFact, Home } from '../contract.ts';
import type { Unit } from '../vocabulary.ts';
import type { AskedPeriod } from './scope.ts';
import { coursePoints } from './course.ts';
import { FindingEvidence } from './evidence.tsx';
import styles from './home.module.css';
import { Said, SinceSaid, tellingOf } from './said.tsx';
import { datingOf } from './saying.ts';
import { Range, shiftsOf } from './since-said.tsx';
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
  const told = toldOf(home);
  const ofHeadline = home.findings.filter((f) => f.metric === headline.metric);
  // What the page opens with need not be said again, only from what to what.
  const isOpening = (finding: FindingFact): boolean => finding === home.findings[0] && finding.since !== null;
  return (
    <Card
      title={t('metrics.home.changes')}
      note={t('metrics.home.changesNote', { metric: names.metric(headline.metric) })}
      onward={<Go to={`/measure/metrics/${headline.metric}`}>{t('metrics.home.allChanges')}</Go>}
    >
      <ul className={styles['told']}>
        {told.map(({ finding, since }) => (
          <li key={[finding.kind, finding.metric, finding.subject?.level, finding.since?.at].join(' ')}>
            <p>
              {isOpening(finding) ? null : <Said finding={finding} telling={tellingOf(home)} />}
              {since === undefined ? null : (
                <>
                  {' '}
                  <SinceSaid finding={since} telling={tellingOf(home)} />
                </>
              )}
              {finding.kind === 'where' ? null : <Range unit={unitOf(home, finding)} finding={since ?? finding} />}
              {isFew(finding) ? <Tag tone="neither">{t('metrics.few')}</Tag> : null}
            </p>
            <FindingEvidence finding={since ?? finding} home={home} asked={asked} />
          </li>
        ))}
      </ul>
      <Series
        label={t('metrics.page.courseOf', { metric: names.metric(headline.metric) })}
        write={writer.value}
        writeTick={writer.tick}
        points={coursePoints(home.series, home.interval, format)}
        shifts={shiftsOf(ofHeadline, home.series, format)}
      />
    </Card>
  );
}

function isFew({ kind, figure, other }: FindingFact): boolean {
  return kind === 'change' && (figure?.few === true || other?.few === true);
}

interface Told {
  readonly finding: FindingFact;
  /** Of a metric that changed against the other period: since when. */
  readonly since?: FindingFact;
}

/** The headline's course and every change, since when beside it; what changed before what did not. Where a change shows stays beside it. */
function toldOf({ findings, headline }: Home): Told[] {
  const changes = findings.filter((f) => f.kind === 'change');
  const [own, others] = [true, false].map((is) => findings.filter((f) => COURSE.has(f.kind) && (f.metric === headline) === is)); // prettier-ignore
  const sinceOf = (finding: FindingFact): FindingFact | undefined =>
    finding.direction === 'unclear' ? undefined : datingOf(others ?? [], finding);
  const isClear = ({ finding }: Told): boolean => finding.direction !== 'unclear' || finding.kind === 'where';
  const beside = new Set(changes.map(sinceOf));
  return [
    ...(own ?? []).map((finding) => ({ finding })),
    ...changes.map((finding) => {
      const since = sinceOf(finding);
      return since === undefined ? { finding } : { finding, since };
    }),
    ...(others ?? []).filter((f) => !beside.has(f)).map((finding) => ({ finding })),
  ].toSorted((a, b) => Number(isClear(b)) - Number(isClear(a)));
}

function unitOf({ figures }: Home, { metric }: FindingFact): Unit {
  return figures.find((f) => f.metric === metric)?.unit ?? 'count';
}
