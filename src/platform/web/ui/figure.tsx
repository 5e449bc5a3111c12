import type { ReactNode } from 'react';
import { Tag, type Tone } from './page.tsx';
import { useWords } from './i18n/language.tsx';
import { Spark } from './charts/spark.tsx';
import styles from './figure.module.css';

export interface FigureProps {
  readonly label: ReactNode;
  /** Already in the reader's digits: `4.08`. Undefined: nothing is known. */
  readonly value: string | undefined;
  /** Half of the 95 % interval, in the same words as the value: `0.04`. Counts have none. */
  readonly plusMinus?: string | undefined;
  /** Answers, orders: what was counted. */
  readonly n?: number | undefined;
  /** Against the period before; `neither` says that nothing can be said. */
  readonly change?: { readonly words: string; readonly tone: Tone } | undefined;
  /** The course of it, oldest first; `null` where nothing was measured. */
  readonly course?: readonly (number | null)[] | undefined;
  /** Fewer than 30. */
  readonly few?: boolean | undefined;
  /** Where it opens to: its lineage. */
  readonly onward?: ReactNode;
}

/** A number in plain type, with ± and what changed. */
export function Figure(props: FigureProps) {
  const { t } = useWords();
  return (
    <div className={styles['figure']}>
      {props.course === undefined ? null : <Spark values={props.course} />}
      <div className={styles['label']}>{props.label}</div>
      <div className={styles['value']}>
        {props.value === undefined ? (
          <span className={styles['none']}>{t('web.figure.none')}</span>
        ) : (
          // A number and its sign are read from the left in every language.
          <bdi dir="ltr">
            {props.value}{' '}
            {props.plusMinus === undefined ? null : (
              <small>
                <span aria-hidden="true">± {props.plusMinus}</span>
                <span className="seen-by-readers">{t('web.figure.plusMinus', { half: props.plusMinus })}</span>
              </small>
            )}
          </bdi>
        )}
      </div>
      {props.change === undefined ? null : <div className={styles[props.change.tone]}>{props.change.words}</div>}
      <div className={styles['foot']}>
        {props.n === undefined ? null : <span>{t('web.figure.n', { n: props.n })}</span>}
        {props.few === true ? <Tag tone="neither">{t('web.figure.few')}</Tag> : null}
        {props.onward}
      </div>
    </div>
  );
}

/** Figures in one row, parted by hairlines. */
export function Figures({ children }: { readonly children: ReactNode }) {
  return <div className={styles['figures']}>{children}</div>;
}
