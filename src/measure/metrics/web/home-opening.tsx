import { Go, useWords } from '../../../platform/web/ui/index.ts';
import type { FindingFact, Home } from '../contract.ts';
import { coveredInPart } from './asked-period.ts';
import { Said, tellingOf } from './said.tsx';
import { useNames } from './use-names.ts';
import { withHalf, writerOf } from './writing.ts';

/** The finding that moves the score most, in plain words; without any, the score. */
export function Sentence({ home }: { readonly home: Home }) {
  const { t, format } = useWords();
  const names = useNames();
  const [lead] = home.findings;
  const headline = home.figures.find((f) => f.metric === home.headline);
  if (lead === undefined || headline === undefined) return t('metrics.home.noScore');
  if (lead.kind === 'level' && lead.figure?.few === false && home.compared > 0) {
    return t('metrics.finding.level', {
      metric: names.metric(headline.metric),
      value: withHalf(writerOf(headline.unit, format), headline.figure),
      count: headline.figure.n,
    });
  }
  const where = lead.kind === 'since' ? whereOf(home) : undefined;
  return (
    <>
      <Said finding={lead} telling={tellingOf(home)} />
      {where === undefined ? null : (
        <>
          {' '}
          <Said finding={where} telling={tellingOf(home)} />
        </>
      )}
    </>
  );
}

/** The stage in which the last change shows most. */
function whereOf({ findings }: Home): FindingFact | undefined {
  return findings.find((f) => f.kind === 'where' && f.subject !== null);
}

/** The score, what changed, how many parcels are late, and the way to how we know. */
export function Note({ home }: { readonly home: Home }) {
  const { t, format } = useWords();
  const headline = home.figures.find((f) => f.metric === home.headline);
  if (headline === undefined) return t('metrics.home.noScoreNote');
  const late = home.figures.find((f) => f.metric === 'late_rate')?.figure;
  const telling = tellingOf(home);
  // What is compared with days before the first answer is compared with fewer of them.
  const inPart = home.compare !== 'none' && home.extent !== null && coveredInPart(home.extent, home.previous);
  const beside = home.findings
    .slice(1)
    .filter((f) => f.metric === home.headline)
    .filter(
      (f) =>
        f.kind === 'level' ||
        (['since', 'drift', 'change'].includes(f.kind) && f.direction !== 'unclear') ||
        (f === whereOf(home) && home.findings[0]?.kind !== 'since'),
    );
  return (
    <>
      {beside.map((finding) => (
        <span key={finding.kind}>
          <Said finding={finding} telling={telling} />{' '}
        </span>
      ))}
      {late === undefined || late.value === null ? null : (
        <span>{t('metrics.home.late', { share: withHalf(writerOf('share', format), late), count: late.n })} </span>
      )}
      {inPart ? <span>{t('metrics.home.inPart', { day: format.day(home.extent?.from ?? '') })} </span> : null}
      <Go to={`/measure/metrics/${headline.metric}`} search={{ view: 'lineage' }}>
        {t('metrics.home.howWeKnow')}
      </Go>
    </>
  );
}
