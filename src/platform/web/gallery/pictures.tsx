import { Distribution } from '../ui/charts/distribution.tsx';
import { Effects } from '../ui/charts/effects.tsx';
import { Journey } from '../ui/charts/journey.tsx';
import { Series } from '../ui/charts/series.tsx';
import type { JourneyStage } from '../ui/charts/moment.ts';
import { useWords } from '../ui/i18n/language.tsx';
import { Loading } from '../ui/loading.tsx';
import { broke, broken, byScore, compared, counts, effects, ratings, scarce, stages } from './samples.ts';
import { Section, Specimen } from './specimen.tsx';
import { nth, useGallery } from './words.ts';

/** A figure over time. */
export function SeriesSection() {
  const { format } = useWords();
  const { metrics, states } = useGallery();
  const write = (value: number): string => format.number(value, 2, true);
  const writeTick = (value: number): string => format.number(value, 2);
  const rating = { label: nth(metrics, 0), write, writeTick } as const;
  return (
    <Section of="series">
      <Specimen state="usual" wide>
        <Series {...rating} points={ratings(format)} />
      </Specimen>
      <Specimen state="compared" wide>
        <Series {...rating} points={compared(format)} beforeLabel={states.compared} />
      </Specimen>
      <Specimen state="shift" wide>
        <Series {...rating} {...broke(format)} />
      </Specimen>
      <Specimen state="gaps">
        <Series {...rating} points={broken(format)} />
      </Specimen>
      <Specimen state="few">
        <Series {...rating} points={scarce(format)} />
      </Specimen>
      <Specimen state="noInterval">
        <Series label={nth(metrics, 3)} write={(value) => format.number(value, 0)} points={counts(format)} />
      </Specimen>
      <Specimen state="none">
        <Series {...rating} points={[]} />
      </Specimen>
      <Specimen state="unknown">
        <Loading as="picture" />
      </Specimen>
    </Section>
  );
}

/** How answers fall. */
export function DistributionSection() {
  const { format } = useWords();
  const { groups, scoreLabel, longMetric } = useGallery();
  const tones = ['better', 'neither', 'worse'] as const;
  const parts = (counted: readonly number[]) =>
    tones.map((tone, at) => ({ key: tone, label: nth(groups, at), n: counted[at] ?? 0, tone })).toReversed();
  const bars = (share: number) =>
    byScore.map(([score, n]) => ({
      key: String(score),
      label: `★ ${format.number(score)}`,
      n: Math.round(n * share),
    }));
  const whole = byScore.reduce((sum, [, n]) => sum + n, 0);
  const sure = bars(1).map((bar) => {
    const part = bar.n / whole;
    const half = 1.96 * Math.sqrt((part * (1 - part)) / whole);
    return { ...bar, low: part - half, high: part + half };
  });
  return (
    <Section of="distribution">
      <Specimen state="stack">
        <Distribution label={scoreLabel} shape="stack" parts={parts([1204, 402, 318])} />
      </Specimen>
      <Specimen state="scale">
        <Distribution label={scoreLabel} parts={sure} />
      </Specimen>
      <Specimen state="few">
        <Distribution label={scoreLabel} shape="stack" parts={parts([7, 0, 5])} few />
      </Specimen>
      <Specimen state="long">
        <Distribution
          label={scoreLabel}
          parts={bars(0.01).map((bar, at) => (at === 1 ? { ...bar, label: longMetric } : bar))}
        />
      </Specimen>
      <Specimen state="none">
        <Distribution label={scoreLabel} parts={[]} />
      </Specimen>
    </Section>
  );
}

/** Differences around zero. */
export function EffectsSection() {
  const { t, format } = useWords();
  const { levels } = useGallery();
  const write = (value: number): string => format.signed(value, 2);
  const shown = effects.map(({ value, half, n, sure }, at) => ({
    key: String(at),
    label: nth(levels, at),
    note: t('web.figure.n', { n }),
    value,
    low: value - half,
    high: value + half,
    sure,
  }));
  return (
    <Section of="effects">
      <Specimen state="usual" wide>
        <Effects effects={shown} write={write} />
      </Specimen>
      <Specimen state="unclear">
        <Effects effects={shown.filter((effect) => !effect.sure)} write={write} />
      </Specimen>
    </Section>
  );
}

/** The line of the journey. */
export function JourneySection() {
  const { format } = useWords();
  const { sections, stages: names, longMetric } = useGallery();
  const write = (value: number): string => format.number(value, 2, true);
  const journey = (scores: (typeof stages)['usual'] | (typeof stages)['none']): readonly JourneyStage[] =>
    scores.map((score, at) => {
      const [value, half, n] = score ?? [null, 0, 0];
      return {
        key: String(at),
        label: nth(names, at),
        score: value,
        low: value === null ? null : value - half,
        high: value === null ? null : value + half,
        n,
      };
    });
  const [label] = sections.journey;
  const line = { label: label ?? '', write, writeTick: (value: number) => format.number(value, 2) } as const;
  return (
    <Section of="journey">
      <Specimen state="usual" wide>
        <Journey {...line} stages={journey(stages.usual)} />
      </Specimen>
      <Specimen state="none" wide>
        <Journey {...line} stages={journey(stages.none)} />
      </Specimen>
      <Specimen state="long" wide>
        <Journey
          {...line}
          stages={journey(stages.usual).map((stage, at) => (at === 3 ? { ...stage, label: longMetric } : stage))}
        />
      </Specimen>
    </Section>
  );
}
