import { useWords } from '../i18n/language.tsx';
import { Whiskers } from './whiskers.tsx';
import styles from './score-bar.module.css';

export interface ScoreBarProps {
  /** What is scored, for those who do not see it. */
  readonly label: string;
  /** Null: not known yet. */
  readonly value: number | null;
  /** Its 95 % interval, where it has one. */
  readonly low?: number | null;
  readonly high?: number | null;
  /** The ends of its scale: 1 and 5, −100 and 100. */
  readonly min: number;
  readonly max: number;
  /** Where the bar begins: `min` unless given; 0 for a score that falls below it, such as NPS. */
  readonly from?: number;
  /** What it is to reach. */
  readonly target?: number | undefined;
  readonly write: (value: number) => string;
  /** Writes the ends of the scale under it. */
  readonly ends?: boolean;
}

/** A score on its scale: a bar to the value, its interval as whiskers, the target as a mark across. */
export function ScoreBar(props: ScoreBarProps) {
  const { t } = useWords();
  const { value, low = null, high = null, min, max, target, write } = props;
  const at = (score: number): number => ((Math.max(min, Math.min(max, score)) - min) / (max - min || 1)) * 100;
  const x = (score: number): string => `${at(score).toFixed(2)}%`;
  const from = props.from ?? min;
  return (
    <div className={styles['score']}>
      <svg className={styles['drawing']} width="100%" height="20" aria-hidden="true">
        <rect x="0" y="6" width="100%" height="8" rx="4" fill="var(--line)" />
        {value === null ? null : (
          <rect
            x={x(Math.min(from, value))}
            y="6"
            width={`${Math.abs(at(value) - at(from)).toFixed(2)}%`}
            height="8"
            rx="4"
            fill="var(--accent)"
          />
        )}
        {from === min ? null : <line x1={x(from)} x2={x(from)} y1="3" y2="17" stroke="var(--neither)" />}
        {value === null || low === null || high === null ? null : (
          <Whiskers low={low} high={high} bar={[Math.min(from, value), Math.max(from, value)]} x={x} y={10} />
        )}
        {target === undefined ? null : (
          <>
            <line x1={x(target)} x2={x(target)} y1="1" y2="19" stroke="var(--card)" strokeWidth="5" />
            <line x1={x(target)} x2={x(target)} y1="1" y2="19" stroke="var(--ink)" strokeWidth="2" />
          </>
        )}
      </svg>
      <span className="seen-by-readers">
        {value === null
          ? t('web.score.none', { what: props.label, min: write(min), max: write(max) })
          : low === null || high === null
            ? t('web.score.plain', { what: props.label, value: write(value), min: write(min), max: write(max) })
            : t('web.score.read', {
                what: props.label,
                value: write(value),
                min: write(min),
                max: write(max),
                low: write(low),
                high: write(high),
              })}
        {target === undefined ? '' : ` ${t('web.score.target', { target: write(target) })}`}
      </span>
      {props.ends === true ? (
        <div className={styles['ends']} aria-hidden="true">
          <bdi>{write(min)}</bdi>
          {target === undefined ? null : <span>{t('web.score.target', { target: write(target) })}</span>}
          <bdi>{write(max)}</bdi>
        </div>
      ) : null}
    </div>
  );
}
