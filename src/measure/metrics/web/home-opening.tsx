import { Finding, Go, Rich, useWords } from '../../../platform/web/ui/index.ts';
import type { FindingFact, Home } from '../contract.ts';
import { useNames } from './use-names.ts';
import { halfOf, toneOf, writerOf } from './writing.ts';

/** The finding that matters most, in plain words: what goes with bad answers, else where it breaks, else the score. */
export function Sentence({ home }: { readonly home: Home }) {
  const { t, format } = useWords();
  const names = useNames();
  const headline = home.figures.find((f) => f.metric === home.headline);
  if (headline === undefined || headline.figure.value === null) return t('metrics.home.noScore');
  const writer = writerOf(headline.unit, format);
  const metric = names.metric(headline.metric);
  const worse = (text: string) => <Finding tone="worse">{text}</Finding>;
  const told = tell(home.findings);
  if (told === undefined) {
    return t('metrics.finding.level', { metric, value: withHalf(writer, headline.figure), count: headline.figure.n });
  }
  const { name, label, value, change } = told.values;
  if (told.kind === 'weakest') {
    return (
      <Rich
        k="metrics.finding.weakest"
        values={{ metric, stage: String(label), value: writer.value(Number(value)) }}
        marks={{ worse }}
      />
    );
  }
  const late = String(name).endsWith('late') && String(label) === 'true';
  return (
    <Rich
      k={
        late
          ? 'metrics.finding.late'
          : change !== undefined && Number(change) > 0
            ? 'metrics.finding.goesWithMore'
            : 'metrics.finding.goesWith'
      }
      values={{ gap: writer.size(Number(change)), level: names.level(String(name), String(label)), metric }}
      marks={{ worse }}
    />
  );
}

function tell(findings: readonly FindingFact[]): FindingFact | undefined {
  return findings.find((f) => f.kind === 'goesWith') ?? findings.find((f) => f.kind === 'weakest');
}

/** The score, what changed, how many parcels are late, and the way to how we know. */
export function Note({ home }: { readonly home: Home }) {
  const { t, format } = useWords();
  const names = useNames();
  const headline = home.figures.find((f) => f.metric === home.headline);
  if (headline === undefined) return t('metrics.home.noScoreNote');
  const writer = writerOf(headline.unit, format);
  const late = home.figures.find((f) => f.metric === 'late_rate')?.figure;
  const { change } = headline;
  const sentences = [
    t('metrics.home.score', {
      metric: names.metric(headline.metric),
      value: withHalf(writer, headline.figure),
      count: headline.figure.n,
    }),
    change === null || toneOf(change, headline.higherIsBetter) === 'neither'
      ? undefined
      : t(change.verdict === 'higher' ? 'metrics.home.up' : 'metrics.home.down', { by: writer.size(change.value) }),
    late === undefined || late.value === null
      ? undefined
      : t('metrics.home.late', { share: format.percent(late.value, 1, true), count: late.n }),
  ];
  return (
    <>
      {sentences.filter((s) => s !== undefined).join(' ')}{' '}
      <Go to={`/measure/metrics/${headline.metric}`} search={{ view: 'lineage' }}>
        {t('metrics.home.howWeKnow')}
      </Go>
    </>
  );
}

function withHalf(writer: ReturnType<typeof writerOf>, figure: Parameters<typeof halfOf>[0]): string {
  const half = halfOf(figure);
  const value = figure.value === null ? '–' : writer.value(figure.value);
  // Isolated, so that the sign stays between its numbers in a sentence that runs from the right.
  return half === undefined ? value : `\u2066${value}\u00a0±\u00a0${writer.half(half)}\u2069`;
}
