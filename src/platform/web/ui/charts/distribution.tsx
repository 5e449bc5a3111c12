import type { ReactNode } from 'react';
import type { Tone } from '../page.tsx';
import { useWords } from '../i18n/language.tsx';
import styles from './distribution.module.css';

export interface Part {
  readonly key: string;
  /** `Promoters`, `5`, `★ 5`. */
  readonly label: ReactNode;
  /** Answers in it. */
  readonly n: number;
  /** The 95 % interval of its share, both 0 to 1: whiskers at its bar, and ± beside the share. */
  readonly low?: number;
  readonly high?: number;
  /** Promoters are better, passives neither, detractors worse. Left out: the accent. */
  readonly tone?: Tone;
}

export interface DistributionProps {
  /** What is shared out: `Answers by score`. */
  readonly label: string;
  /** In their order: from worst to best, or from the top of the scale down. */
  readonly parts: readonly Part[];
  /** `stack`: one bar in few parts, such as promoters, passives and detractors. `bars`: one bar for each score. */
  readonly shape?: 'stack' | 'bars';
  /** Fewer than 30 answers. */
  readonly few?: boolean;
}

/** How answers fall to scores or groups: shares as lengths, beside them as numbers, with n. */
export function Distribution({ label, parts, shape = 'bars', few = false }: DistributionProps) {
  const { t, format } = useWords();
  const total = parts.reduce((sum, part) => sum + part.n, 0);
  if (total === 0) return <p className={styles['none']}>{t('web.table.none')}</p>;
  const most = Math.max(...parts.map((part) => part.high ?? part.n / total));
  const along = (share: number): string => `${((share / most) * 100).toFixed(2)}%`;
  const heads = [
    t('web.numbers.group'),
    ...(shape === 'bars' ? [label] : []),
    t('web.numbers.share'),
    t('web.numbers.n'),
  ];
  const digits = total < 1000 ? 0 : 1;
  return (
    <div className={styles['distribution']}>
      {shape === 'stack' ? (
        <div className={styles['stack']} aria-hidden="true">
          {parts.map((part) =>
            part.n === 0 ? null : <span key={part.key} data-tone={part.tone} style={{ flexGrow: part.n / total }} />,
          )}
        </div>
      ) : null}
      <table className={styles['table']} data-shape={shape}>
        <caption className="seen-by-readers">{label}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                <span className="seen-by-readers">{head}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.key}>
              <th scope="row">
                {shape === 'stack' ? <i data-tone={part.tone} aria-hidden="true" /> : null}
                <span className={styles['label']}>{part.label}</span>
              </th>
              {shape === 'bars' ? (
                <td className={styles['bar']}>
                  <div aria-hidden="true">
                    <span data-tone={part.tone} style={{ inlineSize: along(part.n / total) }} />
                    {part.low === undefined || part.high === undefined ? null : (
                      <i style={{ insetInlineStart: along(part.low), inlineSize: along(part.high - part.low) }} />
                    )}
                  </div>
                </td>
              ) : null}
              <td>
                <bdi dir="ltr">
                  {format.percent(part.n / total, digits, true)}{' '}
                  <Half part={part} share={part.n / total} digits={digits} />
                </bdi>
              </td>
              <td className={styles['count']}>{format.number(part.n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['foot']}>
        {t('web.figure.n', { n: total })}
        {few ? ` · ${t('web.figure.few')}` : ''}
      </p>
    </div>
  );
}

/** Half of the interval: its longer side, in percentage points. */
function Half(props: { readonly part: Part; readonly share: number; readonly digits: number }) {
  const { t, format } = useWords();
  const { part, share, digits } = props;
  if (part.low === undefined || part.high === undefined) return null;
  const half = format.number(Math.max(part.high - share, share - part.low) * 100, Math.max(1, digits), true);
  return (
    <small>
      <span aria-hidden="true">± {half}</span>
      <span className="seen-by-readers">{t('web.figure.plusMinus', { half })}</span>
    </small>
  );
}
