import { useRef, type KeyboardEvent } from 'react';
import styles from './surveys.module.css';

export interface TabsProps {
  /** What they are parts of, for those who do not see it. */
  readonly label: string;
  readonly tabs: readonly { readonly key: string; readonly label: string; readonly note?: string | undefined }[];
  readonly now: string;
  readonly onChoose: (key: string) => void;
  /** Id of what they show. */
  readonly panel: string;
}

/** Tabs as WAI-ARIA has them: arrows go from one to the next, Tab leads into what is shown. */
export function Tabs({ label, tabs, now, onChoose, panel }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent<HTMLDivElement>): void => {
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const at = tabs.findIndex(({ key }) => key === now);
    const to = { [forward]: at + 1, [back]: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.key);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label={label} className={styles['tabs']} onKeyDown={step}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          id={`${panel}-${tab.key}`}
          data-tab={tab.key}
          aria-selected={tab.key === now}
          aria-controls={panel}
          tabIndex={tab.key === now ? 0 : -1}
          className={styles['tab']}
          onClick={() => onChoose(tab.key)}
        >
          {tab.label}
          {tab.note === undefined ? null : <span className={styles['tabNote']}>{tab.note}</span>}
        </button>
      ))}
    </div>
  );
}
