import type { ReactNode } from 'react';
import { useWords } from '../i18n/language.tsx';
import styles from './effects.module.css';

export interface Effect {
  readonly key: string;
  readonly label: ReactNode;
  /** Who it is about: `268 people`. */
  readonly note?: ReactNode;
  /** A difference, with its 95 % interval. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Whether it is called a difference: its interval, corrected where many are compared, excludes zero. */
  readonly sure: boolean;
}

/**
 * Differences around zero: a dot and its whiskers, blue for better, orange for worse, grey and hollow where nothing can be
 * said.
 * @param write how a difference is written: `format.signed`
 * @param lowerIsBetter where less is better, such as late parcels
 */
export function Effects(props: {
  readonly effects: readonly Effect[];
  readonly write: (difference: number) => string;
  readonly lowerIsBetter?: boolean;
}) {
  const { t } = useWords();
  const ends = props.effects.flatMap((e) => [e.low, e.high]);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const margin = (high - low || 1) * 0.04;
  const x = (value: number): string => `${(((value - low + margin) / (high - low + 2 * margin)) * 100).toFixed(2)}%`;
  return (
    <ul className={styles['effects']}>
      {props.effects.map((e) => {
        const better = props.lowerIsBetter === true ? e.value < 0 : e.value > 0;
        const colour = !e.sure ? 'var(--neither)' : better ? 'var(--better)' : 'var(--worse-mark)';
        const half = Math.max(e.high - e.value, e.value - e.low);
        return (
          <li key={e.key} className={styles['effect']}>
            <div className={styles['what']}>
              {e.label}
              <span>{e.note}</span>
            </div>
            <svg className={styles['drawing']} width="100%" height="24" aria-hidden="true">
              <line x1={x(0)} x2={x(0)} y1="0" y2="24" stroke="var(--line-strong)" strokeWidth="1.5" />
              <line
                x1={x(e.low)}
                x2={x(e.high)}
                y1="12"
                y2="12"
                stroke={colour}
                strokeWidth="2.4"
                strokeLinecap="round"
              />
              {/* Hollow where nothing can be said: told without colour too. */}
              <circle
                cx={x(e.value)}
                cy="12"
                r={e.sure ? 4.6 : 4}
                fill={e.sure ? colour : 'var(--card)'}
                stroke={colour}
                strokeWidth={e.sure ? 0 : 1.8}
              />
            </svg>
            <div className={styles['value']}>
              <bdi dir="ltr">{props.write(e.value)}</bdi>
              <span>
                <bdi dir="ltr">± {props.write(half).replace(/^[+\u200e]+/, '')}</bdi>
                {e.sure ? null : <span className="seen-by-readers"> {t('web.effects.unsure')}</span>}
              </span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
