import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from './i18n/language.tsx';
import styles from './filter-bar.module.css';

export interface Narrowing {
  readonly key: string;
  /** What narrows: `Score: low`. */
  readonly label: string;
  readonly onRemove: () => void;
}

export interface FilterBarProps {
  /** What is narrowed, for those who do not see it: `Comments`. */
  readonly label: string;
  /** What is in force: each can be taken away. */
  readonly set?: readonly Narrowing[];
  /** Takes all of them away; offered from two on. */
  readonly onClear?: () => void;
  /** What the fields hold when they are sent. Leave out where each works by itself. */
  readonly onSubmit?: (fields: FormData) => void;
  /** Fields and the button that sends them. */
  readonly children?: ReactNode;
}

/** Narrows what a page lists: fields in a row, and under them what is in force. The period and filter on top stay as they are. */
export function FilterBar({ label, set = [], onClear, onSubmit, children }: FilterBarProps) {
  const { t } = useWords();
  return (
    <form
      className={styles['bar']}
      role="search"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit?.(new FormData(event.currentTarget));
      }}
    >
      {children === undefined ? null : <div className={styles['fields']}>{children}</div>}
      {set.length === 0 ? null : (
        <div className={styles['set']}>
          {set.map((narrowing) => (
            <UnstyledButton key={narrowing.key} className={styles['chip']} onClick={narrowing.onRemove}>
              <span className="seen-by-readers">{t('web.narrow.remove')} </span>
              <bdi>{narrowing.label}</bdi>
              <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                <path d="M1.5 1.5l7 7M8.5 1.5l-7 7" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
              </svg>
            </UnstyledButton>
          ))}
          {set.length < 2 || onClear === undefined ? null : (
            <UnstyledButton className={styles['clear']} onClick={onClear}>
              {t('web.narrow.clear')}
            </UnstyledButton>
          )}
        </div>
      )}
    </form>
  );
}
