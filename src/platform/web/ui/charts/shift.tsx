import type { Folded } from './fold.ts';
import styles from './shift.module.css';

/** A lasting change of a series: the levels before and after it, and the point the new one begins with. */
export interface SeriesShift {
  readonly at: string;
  readonly before: number;
  readonly after: number;
  /** The day, as it is called. */
  readonly label: string;
}

/** Both levels as lines, and where one gives way to the other. Told in words beside the picture. */
export function Shift(props: {
  readonly shift: SeriesShift;
  readonly places: readonly Folded[];
  readonly x: (place: number) => number;
  readonly y: (value: number) => number;
  readonly top: number;
  readonly bottom: number;
}) {
  const { shift, places, x, y, top, bottom } = props;
  const place = places.findIndex((p) => p.kind === 'point' && p.point.at === shift.at);
  if (place < 1) return null;
  const at = (x(place - 1) + x(place)) / 2;
  const [start, end] = [x(0), x(places.length - 1)];
  const isLate = at > (start + end) / 2;
  return (
    <g className={styles['shift']}>
      <line x1={start} x2={at} y1={y(shift.before)} y2={y(shift.before)} />
      <line x1={at} x2={end} y1={y(shift.after)} y2={y(shift.after)} />
      <line x1={at} x2={at} y1={top} y2={bottom} className={styles['break']} />
      <text x={at + (isLate ? -6 : 6)} y={top + 8} textAnchor={isLate ? 'end' : 'start'}>
        {shift.label}
      </text>
    </g>
  );
}
