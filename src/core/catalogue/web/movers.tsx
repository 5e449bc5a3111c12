import { ActionIcon } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../platform/web/ui/index.ts';

/** Moves a row up or down by keyboard or click. The button keeps the focus, and the new place is said aloud. */
export function Movers(props: {
  readonly name: string;
  readonly place: number;
  readonly count: number;
  readonly onMove: (by: -1 | 1) => void;
}) {
  const { t } = useWords();
  const { name, place, count, onMove } = props;
  const buttons = useRef<Partial<Record<'up' | 'down', HTMLButtonElement | null>>>({});
  const [last, setLast] = useState<{ readonly way: 'up' | 'down'; readonly to: number }>();

  // A row that changes its place in the document loses the focus.
  useEffect(() => {
    if (last?.to !== place) return;
    const wanted = buttons.current[last.way];
    const other = buttons.current[last.way === 'up' ? 'down' : 'up'];
    (wanted?.disabled === false ? wanted : other)?.focus();
  }, [place, last]);

  const button = (way: 'up' | 'down', by: -1 | 1, disabled: boolean) => (
    <ActionIcon
      ref={(element) => {
        buttons.current[way] = element;
      }}
      variant="subtle"
      color="gray"
      aria-label={t(`catalogue.${way}`, { name })}
      disabled={disabled}
      onClick={() => {
        setLast({ way, to: place + by });
        onMove(by);
      }}
    >
      {way === 'up' ? '↑' : '↓'}
    </ActionIcon>
  );
  return (
    <>
      {button('up', -1, place === 0)}
      {button('down', 1, place === count - 1)}
      <span className="seen-by-readers" role="status">
        {last === undefined ? '' : t('catalogue.moved', { name, place: place + 1, all: count })}
      </span>
    </>
  );
}
