import { useReader } from '../../../platform/web/client/index.ts';
import { apart, fromLeft } from '../../../platform/web/ui/i18n/apart.ts';
import { Card, Go, RankedList, useWords, type Ranked } from '../../../platform/web/ui/index.ts';
import type { FindingFact, Home } from '../contract.ts';
import { FindingEvidence } from './evidence.tsx';
import styles from './home.module.css';
import { capital, levelsApart } from './names.ts';
import type { AskedPeriod } from './scope.ts';
import { useNames } from './use-names.ts';
import { waysOf } from './ways.ts';
import { writerOf } from './writing.ts';

type Subject = NonNullable<FindingFact['subject']>;

const SHOWN = 5;

/** What is clearly worse than the rest, by how much the whole score would gain, each with its ways in. */
export function HomeFirst({ home, asked }: { readonly home: Home; readonly asked: AskedPeriod }) {
  const { t, format } = useWords();
  const { may } = useReader();
  const names = useNames();
  const headline = home.figures.find((f) => f.metric === home.headline);
  if (headline === undefined) return null;
  const writer = writerOf(headline.unit, format);
  const metric = names.metric(headline.metric);
  // A stage told in another score stands with the journey: what is ranked here is in one unit.
  const worse = home.findings.filter((f) => (f.kind === 'stage' || f.kind === 'group') && f.metric === headline.metric);
  const nameOf = levelsApart(
    names,
    worse.flatMap((f) => f.subject ?? []),
  );
  const name = ({ kind, subject }: FindingFact): string =>
    kind === 'stage'
      ? t('metrics.first.stage', { stage: subject?.label ?? '' })
      : nameOf(subject?.field ?? '', subject?.label ?? '');
  const calledBy = ({ field, label }: Subject): string => apart(names.level(field, label));
  const listOf = (all: readonly string[]): string =>
    new Intl.ListFormat(format.locale, { type: 'conjunction' }).format(all);
  const ranked = (finding: FindingFact): Ranked => {
    const { subject, change, figure, gain } = finding;
    const ways = waysOf(finding, asked.filter);
    const difference = fromLeft(writer.signed(change?.value ?? 0));
    return {
      key: `${subject?.field ?? ''} ${subject?.level ?? ''}`,
      label: <Go {...ways.figures}>{capital(name(finding))}</Go>,
      note: (
        <>
          {[
            t('metrics.first.against', { difference }),
            ...(figure?.people == null ? [] : [t('metrics.people', { count: figure.people })]),
          ].join(' · ')}
          {finding.covers.length === 0 ? null : (
            <div>{t('metrics.first.covers', { others: listOf(finding.covers.map(calledBy)) })}</div>
          )}
        </>
      ),
      value: gain?.value ?? null,
      low: gain?.low ?? null,
      high: gain?.high ?? null,
      few: figure?.few === true,
      tone: 'worse',
      action: (
        <span className={styles['ways']}>
          {may('comments:read') ? <Go {...ways.comments}>{t('metrics.first.comments')}</Go> : null}
          {may('people:read') ? <Go {...ways.people}>{t('metrics.first.people')}</Go> : null}
          <FindingEvidence finding={finding} home={home} asked={asked} />
        </span>
      ),
    };
  };
  return (
    <Card
      title={t('metrics.first.title')}
      note={t(worse.length === 0 ? 'metrics.first.none' : 'metrics.first.note', { metric })}
    >
      {worse.length === 0 ? null : (
        <RankedList
          label={t('metrics.first.title')}
          measure={t('metrics.first.would')}
          items={worse.slice(0, SHOWN).map(ranked)}
          write={writer.signed}
          writeHalf={writer.half}
        />
      )}
    </Card>
  );
}
