import type { ReactNode } from 'react';
import type { Tone } from './page.tsx';
import { useWords } from './i18n/language.tsx';
import { Whiskers } from './charts/whiskers.tsx';
import styles from './ranked.module.css';

const COLOURS = { better: 'var(--better)', worse: 'var(--worse-mark)', neither: 'var(--neither)', none: 'var(--accent)' }; // prettier-ignore

export interface Ranked {
  readonly key: string;
  readonly label: ReactNode;
  /** What it is about, in one quiet line. */
  readonly note?: ReactNode;
  /** Null: not known yet. */
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  /** What it rests on. */
  readonly n?: number;
  readonly few?: boolean;
  /** Good news, bad news, or nothing that can be said; left out, the accent. */
  readonly tone?: Tone;
  /** Where it leads: a link or one small button. */
  readonly action?: ReactNode;
}

export interface RankedListProps {
  /** What is ranked and by what: `What to look at first, by people and harm`. */
  readonly label: string;
  /** What the values are, in a word or two above the first: `Would gain`. */
  readonly measure?: string;
  /** In their order, first things first. */
  readonly items: readonly Ranked[];
  /** Writes a value: `1,240`, `−2.13`. */
  readonly write: (value: number) => string;
  /** Writes half of an interval; as `write` unless given. */
  readonly writeHalf?: (half: number) => string;
}

/** First things first: each with its measure as a bar from nothing, its interval as whiskers, and one way onward. */
export function RankedList({ label, measure, items, write, writeHalf = write }: RankedListProps) {
  const { t } = useWords();
  const ends = items.flatMap((item) => [item.value, item.low, item.high]).map((end) => Math.abs(end ?? 0));
  const most = Math.max(...ends, 0) || 1;
  const x = (value: number): string => `${((Math.abs(value) / most) * 100).toFixed(2)}%`;
  if (items.length === 0) return <p className={styles['none']}>{t('web.table.none')}</p>;
  return (
    <ol
      className={styles['list']}
      aria-label={label}
      data-acts={items.some((item) => item.action !== undefined) ? '' : undefined}
    >
      {items.map((item, i) => {
        const { value, low = null, high = null } = item;
        // Whiskers that reach over nothing begin at nothing: a bar has no other side.
        const near = low === null || high === null || low * high <= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
        const far = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0));
        const half = value === null || low === null || high === null ? null : Math.max(high - value, value - low);
        return (
          <li
            key={item.key}
            className={styles['item']}
            data-tone={item.tone}
            data-unknown={value === null ? '' : undefined}
          >
            <div className={styles['what']}>
              {item.label}
              {item.note === undefined ? null : <div className={styles['note']}>{item.note}</div>}
            </div>
            <svg className={styles['drawing']} width="100%" height="18" aria-hidden="true">
              <line x1="0" x2="0" y1="0" y2="18" stroke="var(--line-strong)" strokeWidth="2" />
              {value === null ? null : <rect x="0" y="4" width={x(value)} height="10" rx="2" />}
              {value === null || half === null ? null : (
                <Whiskers
                  low={near}
                  high={far}
                  bar={[0, Math.abs(value)]}
                  x={x}
                  y={9}
                  colour={COLOURS[item.tone ?? 'none']}
                />
              )}
            </svg>
            <div className={styles['value']}>
              {measure === undefined ? null : (
                <div className={i === 0 ? styles['measure'] : 'seen-by-readers'}>{measure}</div>
              )}
              {value === null ? (
                <span className={styles['note']}>{t('web.figure.none')}</span>
              ) : (
                <bdi dir="ltr">{write(value)}</bdi>
              )}
              <div className={styles['note']}>
                {half === null ? null : <bdi dir="ltr">± {writeHalf(half)}</bdi>}
                {item.n === undefined ? null : <span>{t('web.figure.n', { n: item.n })}</span>}
                {item.few === true ? <span>{t('web.figure.few')}</span> : null}
                {item.tone === 'neither' ? <span className="seen-by-readers"> {t('web.effects.unsure')}</span> : null}
              </div>
            </div>
            {item.action === undefined ? null : <div className={styles['action']}>{item.action}</div>}
          </li>
        );
      })}
    </ol>
  );
}
