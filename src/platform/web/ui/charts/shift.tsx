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

/** The levels as lines, and where one gives way to the next. Told in words beside the picture. */
export function Shifts(props: {
  readonly shifts: readonly SeriesShift[];
  readonly places: readonly Folded[];
  readonly x: (place: number) => number;
  readonly y: (value: number) => number;
  readonly top: number;
  readonly bottom: number;
}) {
  const { places, x, y, top, bottom } = props;
  const shifts = props.shifts.flatMap((shift) => {
    const place = places.findIndex((p) => p.kind === 'point' && p.point.at === shift.at);
    return place < 1 ? [] : [{ ...shift, at: (x(place - 1) + x(place)) / 2 }];
  });
  const [start, end] = [x(0), x(places.length - 1)];
  return (
    <g className={styles['shift']}>
      {shifts.map(({ at, before, after, label }, i) => {
        const isLate = at > (start + end) / 2;
        return (
          <g key={at}>
            {i === 0 ? <line x1={start} x2={at} y1={y(before)} y2={y(before)} /> : null}
            <line x1={at} x2={shifts[i + 1]?.at ?? end} y1={y(after)} y2={y(after)} />
            <line x1={at} x2={at} y1={top} y2={bottom} className={styles['break']} />
            {/* Days of neighbours stand in two rows. */}
            <text x={at + (isLate ? -6 : 6)} y={top + 8 + (i % 2) * 14} textAnchor={isLate ? 'end' : 'start'}>
              {label}
            </text>
          </g>
        );
      })}
    </g>
  );
}
