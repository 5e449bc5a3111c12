import { useElementSize } from '@mantine/hooks';
import { useId, useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useWords } from '../../../platform/web/ui/index.ts';
import { directionOf } from '@touchstone/domain/languages';
import type { Scene, Shape } from './picture/scene.ts';
import { isolated, pathOf } from './picture/svg.ts';
import styles from './drawing.module.css';

/** Makes the picture for so many pixels. */
export type Draw = (width: number) => Scene;

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * A picture on the page. Pointing at a figure or the arrow keys read it; a click or Enter opens where it comes from. A
 * table beside it holds the same for those who do not see it.
 */
export function Drawing(props: {
  readonly label: string;
  readonly draw: Draw;
  readonly onOpen: (ref: string) => void;
}) {
  const { t, language } = useWords();
  const { label, draw, onOpen } = props;
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number | undefined>();
  const describedBy = useId();
  const scene = useMemo(() => draw(Math.max(260, Math.floor(width || 320))), [draw, width]);
  const rtl = directionOf(language) === 'rtl';
  const shown = at === undefined ? undefined : scene.marks[at];
  const found = (event: MouseEvent): number | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const index = scene.marks.findIndex(
      ({ area }) => x >= area.x && x <= area.x + area.width && y >= area.y && y <= area.y + area.height,
    );
    return index < 0 ? undefined : index;
  };
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const last = scene.marks.length - 1;
      setAt(Math.max(0, Math.min(last, (at ?? (step > 0 ? -1 : last + 1)) + step)));
    }
    if (event.key === 'Enter' && shown !== undefined) onOpen(shown.ref);
  };
  return (
    <figure className={styles['figure']} ref={ref}>
      <svg
        className={styles['drawing']}
        width={scene.width}
        height={scene.height}
        role="img"
        aria-label={label}
        aria-describedby={describedBy}
        tabIndex={0}
        data-opens={shown === undefined ? undefined : ''}
        onKeyDown={press}
        onBlur={() => setAt(undefined)}
        onMouseMove={(event) => setAt(found(event))}
        onMouseLeave={() => setAt(undefined)}
        onClick={(event) => {
          const mark = scene.marks[found(event) ?? -1];
          if (mark !== undefined) onOpen(mark.ref);
        }}
      >
        <Shapes shapes={scene.shapes} rtl={rtl} />
        {shown === undefined ? null : (
          <circle cx={shown.at.x} cy={shown.at.y} r="7" fill="none" stroke="var(--ink)" strokeWidth="1.4" />
        )}
      </svg>
      <figcaption id={describedBy} className={styles['reading']} aria-live="polite">
        {shown === undefined ? t('explore.howTo') : shown.says}
      </figcaption>
    </figure>
  );
}

function Shapes({ shapes, rtl }: { readonly shapes: readonly Shape[]; readonly rtl: boolean }) {
  return useMemo(
    // The shapes of one picture keep their places.
    // oxlint-disable-next-line react/no-array-index-key
    () => shapes.map((shape, i) => <Drawn key={i} shape={shape} rtl={rtl} />),
    [shapes, rtl],
  );
}

function Drawn({ shape, rtl }: { readonly shape: Shape; readonly rtl: boolean }) {
  if (shape.kind === 'line') {
    const { from, to, stroke, width, dash } = shape;
    return (
      <line
        x1={from.x}
        y1={from.y}
        x2={to.x}
        y2={to.y}
        stroke={`var(--${stroke})`}
        strokeWidth={width}
        strokeLinecap="round"
        strokeDasharray={dash?.join(' ')}
      />
    );
  }
  if (shape.kind === 'area') return <path d={pathOf(shape.points)} fill={`var(--${shape.fill})`} />;
  if (shape.kind === 'circle') {
    const { at, r, fill, stroke, width } = shape;
    return <circle cx={at.x} cy={at.y} r={r} fill={`var(--${fill})`} stroke={`var(--${stroke})`} strokeWidth={width} />;
  }
  return (
    <text
      x={shape.x}
      y={shape.y}
      fontSize={shape.size}
      fontWeight={shape.weight}
      textAnchor={shape.anchor}
      fill={`var(--${shape.paint})`}
    >
      {isolated(shape.text, rtl)}
    </text>
  );
}
