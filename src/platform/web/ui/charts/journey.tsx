import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { directionOf } from '@touchstone/domain/languages';
import { useWords } from '../i18n/language.tsx';
import { Numbers } from './numbers.tsx';
import { niceTicks } from './scale.ts';
import { momentOfTruth, type JourneyStage } from './moment.ts';
import styles from './journey.module.css';

const LEFT = 40;
const TOP = 40;
const DEPTH = 124;
const SEAT = 96;
const HEIGHT = TOP + DEPTH + 24;

/**
 * The journey line: stages in order, score as height, its interval as a band, answers as thickness, the moment of truth
 * marked. A stage nobody rated is dotted and called an assumption.
 */
export function Journey(props: {
  readonly label: string;
  readonly stages: readonly JourneyStage[];
  readonly write: (score: number) => string;
  /** For the heights at the side; as `write` unless given. */
  readonly writeTick?: (score: number) => string;
}) {
  const { t, format, language } = useWords();
  const { ref, width } = useElementSize();
  const { stages, write } = props;
  const wide = Math.max(width || 720, LEFT + stages.length * SEAT);
  const rated = stages.flatMap((s) => (s.score === null ? [] : [s.low ?? s.score, s.high ?? s.score]));
  const ticks = rated.length === 0 ? [0, 1] : niceTicks(...atLeast(Math.min(...rated), Math.max(...rated)));
  const [floor = 0, ceiling = 1] = [ticks[0], ticks.at(-1)];
  // Each stage has a seat of the same width, with its names under it.
  const seat = (wide - LEFT) / stages.length;
  const fromStart = (i: number): number => LEFT + seat * (i + 0.5);
  const x = (i: number): number => (language === 'fa' ? wide - fromStart(i) : fromStart(i));
  const y = (score: number): number => TOP + (1 - (score - floor) / (ceiling - floor || 1)) * DEPTH;
  const heights = assumedHeights(stages).map((score) => y(score ?? (floor + ceiling) / 2));
  const most = Math.max(1, ...stages.map((s) => s.n));
  const thick = (n: number): number => 2 + 7 * Math.sqrt(n / most);
  const truth = momentOfTruth(stages);
  const axis = language === 'fa' ? wide - 4 : 4;
  // Where not all of it fits, what matters most is in view first.
  const frame = useRef<HTMLElement>(null);
  const seen = stages.findIndex((s) => (truth === undefined ? s.score !== null : s.key === truth));
  useEffect(() => {
    const host = frame.current;
    if (host !== null && seen >= 0) host.scrollLeft = x(seen) - host.clientWidth / 2;
    // oxlint-disable-next-line react/exhaustive-deps -- once it is known and laid out; later the reader scrolls
  }, [seen, wide]);
  const both = useMergedRef(ref, frame);
  return (
    <figure className={styles['figure']}>
      <div
        className={styles['scroll']}
        ref={both}
        tabIndex={0}
        role="region"
        aria-label={props.label}
        data-more={width > 0 && width < wide ? '' : undefined}
      >
        <svg className={styles['drawing']} width={wide} height={HEIGHT} aria-hidden="true">
          {rated.length === 0
            ? null
            : ticks.map((tick) => (
                <g key={tick}>
                  <line x1={0} x2={wide} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
                  <text
                    x={axis}
                    y={y(tick) - 4}
                    textAnchor={language === 'fa' ? 'end' : 'start'}
                    className={styles['tick']}
                  >
                    {(props.writeTick ?? write)(tick)}
                  </text>
                </g>
              ))}
          <path d={bandPath(stages, x, y)} fill="var(--band)" />
          {stages.slice(1).map((stage, i) => {
            const before = stages[i];
            const known = before !== undefined && before.score !== null && stage.score !== null;
            const [x1, x2, y1, y2] = [x(i), x(i + 1), heights[i] ?? 0, heights[i + 1] ?? 0];
            const middle = (x1 + x2) / 2;
            return (
              <path
                key={stage.key}
                d={`M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}`}
                fill="none"
                stroke={known ? 'var(--accent)' : 'var(--control-line)'}
                strokeWidth={known ? thick(Math.min(before.n, stage.n)) : 1.5}
                strokeDasharray={known ? undefined : '2 6'}
                strokeLinecap="round"
              />
            );
          })}
          {stages.map((stage, i) => {
            const hot = stage.key === truth;
            const at = heights[i] ?? 0;
            const rate = stage.score === null ? undefined : write(stage.score);
            return (
              <g key={stage.key}>
                <circle
                  cx={x(i)}
                  cy={at}
                  r={hot ? 8 : 5.5}
                  fill={rate === undefined ? 'var(--paper)' : hot ? 'var(--worse-mark)' : 'var(--card)'}
                  stroke={hot ? 'var(--worse-mark)' : rate === undefined ? 'var(--control-line)' : 'var(--accent)'}
                  strokeWidth="2"
                  strokeDasharray={rate === undefined ? '2 2' : undefined}
                />
                {rate === undefined ? null : (
                  <text
                    x={x(i)}
                    y={Math.min(at - 15, stage.high === null ? TOP + DEPTH : y(stage.high) - 6)}
                    textAnchor="middle"
                    className={hot ? styles['hot'] : styles['score']}
                  >
                    {rate}
                  </text>
                )}
                {hot ? (
                  <text
                    x={x(i)}
                    y={Math.max(at + 26, stage.low === null ? TOP : y(stage.low) + 15)}
                    textAnchor="middle"
                    className={styles['truth']}
                  >
                    {t('web.journey.truth')}
                  </text>
                ) : null}
              </g>
            );
          })}
        </svg>
        <div
          className={styles['names']}
          dir={directionOf(language)}
          style={{ width: wide, paddingInlineStart: LEFT, gridTemplateColumns: `repeat(${stages.length}, 1fr)` }}
          aria-hidden="true"
        >
          {stages.map((stage) => (
            <div key={stage.key} title={stage.label} data-hot={stage.key === truth ? '' : undefined}>
              <span>{stage.label}</span>
              <small>
                {stage.score === null ? t('web.journey.assumption') : t('web.journey.answers', { count: stage.n })}
              </small>
            </div>
          ))}
        </div>
      </div>
      <Numbers
        label={props.label}
        head={[t('web.numbers.stage'), t('web.numbers.value'), t('web.numbers.interval'), t('web.numbers.n')]}
        rows={stages.map((s) => [
          s.key === truth ? `${s.label} (${t('web.journey.truth')})` : s.label,
          s.score === null ? t('web.journey.assumption') : write(s.score),
          s.low === null || s.high === null ? '' : t('web.numbers.between', { low: write(s.low), high: write(s.high) }),
          s.score === null ? '' : format.number(s.n),
        ])}
      />
    </figure>
  );
}

/** A span wide enough that a small difference does not look like a large one: a quarter of the score. */
function atLeast(low: number, high: number): [number, number] {
  const missing = Math.max(0, Math.max(Math.abs(low), Math.abs(high)) / 4 - (high - low));
  return [low - missing / 2, high + missing / 2];
}

/** Where an unrated stage is drawn: at the height of the nearest rated one. */
function assumedHeights(stages: readonly JourneyStage[]): readonly (number | null)[] {
  return stages.map((stage, i) => {
    if (stage.score !== null) return stage.score;
    for (let d = 1; d < stages.length; d++) {
      const near = stages[i - d]?.score ?? stages[i + d]?.score;
      if (near !== undefined && near !== null) return near;
    }
    return null;
  });
}

function bandPath(stages: readonly JourneyStage[], x: (i: number) => number, y: (v: number) => number): string {
  const runs: { readonly i: number; readonly low: number; readonly high: number }[][] = [];
  stages.forEach((s, i) => {
    if (s.low === null || s.high === null) return;
    const last = runs.at(-1);
    if (last?.at(-1)?.i === i - 1) last?.push({ i, low: s.low, high: s.high });
    else runs.push([{ i, low: s.low, high: s.high }]);
  });
  return runs
    .map((run) => {
      const curve = (points: readonly (readonly [number, number])[]): string =>
        points
          .map(([px, py], k) => {
            const before = points[k - 1];
            if (before === undefined) return `${px},${py}`;
            const middle = (before[0] + px) / 2;
            return `C${middle},${before[1]} ${middle},${py} ${px},${py}`;
          })
          .join(' ');
      const [first] = run;
      // A stage between two that nobody rated: its interval stands upright.
      if (run.length === 1 && first !== undefined) {
        const [l, r, reach] = [x(first.i) - 9, x(first.i) + 9, Math.min(9, (y(first.low) - y(first.high)) / 2)];
        const round = (to: number, down: number): string => `A9,${reach} 0 0 1 ${to},${down}`;
        return `M${l},${y(first.high) + reach}${round(r, y(first.high) + reach)}V${y(first.low) - reach}${round(l, y(first.low) - reach)}Z`;
      }
      const up = run.map((p): readonly [number, number] => [x(p.i), y(p.high)]);
      const down = run.toReversed().map((p): readonly [number, number] => [x(p.i), y(p.low)]);
      return `M${curve(up)} L${curve(down)} Z`;
    })
    .join(' ');
}
