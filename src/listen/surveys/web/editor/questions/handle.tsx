import type { Dragging } from './dragging.ts';
import styles from './questions.module.css';

/** The button by which a row is dragged, and moved by the arrow keys. */
export function Handle(props: {
  readonly id: string;
  readonly row: number;
  readonly label: string;
  readonly describedBy: string;
  readonly dragging: Dragging;
}) {
  return (
    <button
      type="button"
      className={styles['handle']}
      data-handle={props.id}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      {...props.dragging.handle(props.row)}
    >
      <svg viewBox="0 0 10 16" width="10" height="16" aria-hidden="true">
        {[3, 8, 13].flatMap((y) =>
          [2, 8].map((x) => <circle key={`${x} ${y}`} cx={x} cy={y} r="1.3" fill="currentColor" />),
        )}
      </svg>
    </button>
  );
}
