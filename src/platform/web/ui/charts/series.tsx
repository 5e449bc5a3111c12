import { useId, useState, type KeyboardEvent } from 'react';
import { useElementSize } from '@mantine/hooks';
import { useWords } from '../i18n/language.tsx';
import { foldGaps, namedPlaces, type Folded } from './fold.ts';
import { Numbers } from './numbers.tsx';
import { niceTicks } from './scale.ts';
import { Shifts, type SeriesShift } from './shift.tsx';
import styles from './series.module.css';

export interface SeriesPoint {
  readonly at: string;
  /** How it is called on the axis: `Sep 2017`. */
  readonly label: string;
  /** Null where nothing was measured: the line has a gap there. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  /** Covers only part of its time: drawn dotted and hollow. */
  readonly partial?: boolean;
  /** The same place of the time it is compared with. */
  readonly before?: number | null;
}

const LEFT = 52;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 30;

/**
 * A figure over time with its interval as a band; at rest it tells its last place. Arrow keys read it place by place.
 */
export function Series(props: {
  readonly label: string;
  /** How the time compared with is called: `a year before`. Drawn as a thin broken line where points have a `before`. */
  readonly beforeLabel?: string;
  readonly points: readonly SeriesPoint[];
  readonly write: (value: number) => string;
  /** For the heights at the side; as `write` unless given. */
  readonly writeTick?: (value: number) => string;
  /** Of the drawing, in pixels. */
  readonly height?: number;
  /** The least and the most of all pictures it is to be compared with: they then share one scale. */
  readonly span?: readonly [low: number, high: number];
  /** Lasting changes in it, in their order, marked. */
  readonly shifts?: readonly SeriesShift[];
}) {
  const { t, format } = useWords();
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number | undefined>();
  const describedBy = useId();
  const { write, height = 232 } = props;
  const places = foldGaps(props.points);
  const last = places.length - 1;
  const inner = Math.max(80, (width || 720) - LEFT - RIGHT);
  const values = props.points
    .flatMap((p) => [p.value, p.low, p.high, p.before])
    .filter((v) => v !== null && v !== undefined);
  const ticks = niceTicks(...(props.span ?? ([Math.min(...values), Math.max(...values)] as const)));
  const bottom = ticks[0] ?? 0;
  const top = ticks.at(-1) ?? 1;
  const x = (i: number): number => LEFT + (last < 1 ? inner / 2 : (i / last) * inner);
  const y = (v: number): number => TOP + (1 - (v - bottom) / (top - bottom || 1)) * (height - TOP - BOTTOM);
  const named = namedPlaces(places.length, Math.max(2, Math.floor(inner / roomOf(props.points))));
  const within = (place: number): number => Math.max(0, Math.min(last, place));
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      setAt(within((at ?? (by > 0 ? -1 : last + 1)) + by));
    }
  };
  // At rest it tells the last place that was measured whole.
  const latest = places.findLastIndex((place) => place.kind === 'point' && place.point.value !== null && place.point.partial !== true); // prettier-ignore
  const shown = places[at ?? latest];
  const tell = (place: Folded): string => {
    if (place.kind === 'gap') return t('web.series.gap', { from: place.first.label, to: place.last.label });
    const { label, value, low, high, n, before } = place.point;
    if (value === null) return t('web.series.nothing', { at: label });
    const said =
      low === null || high === null
        ? t('web.series.count', { at: label, value: write(value) })
        : t('web.series.point', { at: label, value: write(value), low: write(low), high: write(high), n });
    return before === null || before === undefined || props.beforeLabel === undefined
      ? said
      : `${said} · ${props.beforeLabel}: ${write(before)}`;
  };
  if (values.length === 0) return <p>{t('web.table.none')}</p>;
  return (
    <figure className={styles['figure']} ref={ref}>
      <svg
        className={styles['drawing']}
        width="100%"
        height={height}
        role="img"
        aria-label={props.label}
        aria-describedby={describedBy}
        tabIndex={0}
        onKeyDown={move}
        onBlur={() => setAt(undefined)}
        onMouseMove={(event) => {
          const seat = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
          setAt(within(Math.round((seat / inner) * last)));
        }}
        onMouseLeave={() => setAt(undefined)}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={LEFT + inner} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
            <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end" className={styles['tick']}>
              {(props.writeTick ?? write)(tick)}
            </text>
          </g>
        ))}
        {places.map((place, i) =>
          place.kind === 'point' && named.has(i) ? (
            <text
              key={place.point.at}
              x={x(i)}
              y={height - 8}
              textAnchor={i === last && i > 0 ? 'end' : i === 0 && last > 0 ? 'start' : 'middle'}
              className={styles['tick']}
            >
              {place.point.label}
            </text>
          ) : null,
        )}
        {places.map((place, i) =>
          place.kind === 'gap' ? (
            <g key={place.first.at} className={styles['gap']}>
              <line x1={x(i) - 3} x2={x(i) - 3} y1={TOP} y2={height - BOTTOM} />
              <line x1={x(i) + 3} x2={x(i) + 3} y1={TOP} y2={height - BOTTOM} />
            </g>
          ) : null,
        )}
        {props.beforeLabel === undefined ? null : <path d={beforeLine(places, x, y)} className={styles['before']} />}
        {runs(places).map((run) => (
          <Stretch key={run[0]?.p.at} run={run} at={at ?? latest} dot={places.length > 70 ? 0 : 2.2} x={x} y={y} />
        ))}
        {props.shifts === undefined ? null : (
          <Shifts shifts={props.shifts} places={places} x={x} y={y} top={TOP - 4} bottom={height - BOTTOM} />
        )}
        {at === undefined ? null : (
          <line
            x1={x(at)}
            x2={x(at)}
            y1={TOP}
            y2={height - BOTTOM}
            stroke="var(--control-line)"
            strokeDasharray="2 3"
          />
        )}
      </svg>
      <figcaption>
        <span className="seen-by-readers" id={describedBy}>
          {t('web.series.howTo')}
        </span>
        <Numbers
          label={props.label}
          head={[
            t('web.numbers.when'),
            t('web.numbers.value'),
            t('web.numbers.interval'),
            t('web.numbers.n'),
            ...(props.beforeLabel === undefined ? [] : [props.beforeLabel]),
          ]}
          rows={props.points.map((p) => [
            p.label,
            p.value === null ? '–' : write(p.value),
            p.low === null || p.high === null
              ? ''
              : t('web.numbers.between', { low: write(p.low), high: write(p.high) }),
            format.number(p.n),
            ...(props.beforeLabel === undefined ? [] : [typeof p.before === 'number' ? write(p.before) : '–']),
          ])}
        >
          <span aria-live="polite">{shown === undefined ? '' : tell(shown)}</span>
          {places.some((place) => place.kind === 'gap') ? <div>{t('web.series.gaps')}</div> : null}
        </Numbers>
      </figcaption>
    </figure>
  );
}

interface Placed {
  readonly p: SeriesPoint;
  readonly i: number;
}

/** What was measured without a gap: its band, its line, its points. */
function Stretch(props: {
  readonly run: readonly Placed[];
  readonly at: number | undefined;
  /** How large a point is drawn that is not pointed at: none where they would touch. */
  readonly dot: number;
  readonly x: (place: number) => number;
  readonly y: (value: number) => number;
}) {
  const { run, at, dot, x, y } = props;
  return (
    <g>
      <path d={band(run, x, y)} fill="var(--band)" />
      {run.slice(1).map(({ p, i }, k) => {
        const before = run[k];
        return before === undefined ? null : (
          <line
            key={p.at}
            x1={x(before.i)}
            y1={y(before.p.value ?? 0)}
            x2={x(i)}
            y2={y(p.value ?? 0)}
            stroke="var(--accent)"
            strokeWidth="2"
            strokeLinecap="round"
            strokeDasharray={p.partial === true || before.p.partial === true ? '2 5' : undefined}
          />
        );
      })}
      {run.map(({ p, i }) => (
        <circle
          key={p.at}
          cx={x(i)}
          cy={y(p.value ?? 0)}
          r={run.length === 1 || at === i ? 4.5 : p.partial === true ? 3.2 : dot}
          fill={p.partial === true ? 'var(--card)' : 'var(--accent)'}
          stroke="var(--accent)"
          strokeWidth={p.partial === true ? 1.6 : 0}
        />
      ))}
    </g>
  );
}

/** What the longest name on the axis takes with the air beside it, in pixels, by its letters. */
function roomOf(points: readonly SeriesPoint[]): number {
  return Math.max(92, Math.max(...points.map(({ label }) => label.length)) * 6.2 + 24);
}

/** Stretches without a gap. */
function runs(places: readonly Folded[]): readonly (readonly Placed[])[] {
  const found: Placed[][] = [];
  places.forEach((place, i) => {
    if (place.kind === 'gap' || place.point.value === null) return;
    const last = found.at(-1);
    if (last !== undefined && last.at(-1)?.i === i - 1) last.push({ p: place.point, i });
    else found.push([{ p: place.point, i }]);
  });
  return found;
}

/** The time compared with, as one path that is broken where nothing was measured. */
function beforeLine(places: readonly Folded[], x: (i: number) => number, y: (v: number) => number): string {
  let isDown = false;
  return places
    .map((place, i) => {
      const value = place.kind === 'point' ? place.point.before : undefined;
      const step = typeof value === 'number' ? `${isDown ? 'L' : 'M'}${x(i).toFixed(1)},${y(value).toFixed(1)}` : '';
      isDown = step !== '';
      return step;
    })
    .join('');
}

function band(run: readonly Placed[], x: (i: number) => number, y: (v: number) => number): string {
  const whole = run.filter(({ p }) => p.low !== null && p.high !== null);
  if (whole.length === 0) return '';
  const up = whole.map(({ p, i }) => `${x(i).toFixed(1)},${y(p.high ?? 0).toFixed(1)}`);
  const down = whole.toReversed().map(({ p, i }) => `${x(i).toFixed(1)},${y(p.low ?? 0).toFixed(1)}`);
  return `M${[...up, ...down].join('L')}Z`;
}
