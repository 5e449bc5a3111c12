import { UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useWords } from '../i18n/language.tsx';
import styles from './numbers.module.css';

export interface NumbersProps {
  /** What the table holds: the picture's own label. */
  readonly label: string;
  readonly head: readonly string[];
  /** Cells in the order of the head; the first names the row. */
  readonly rows: readonly (readonly ReactNode[])[];
  /** Stands before the switch: what the picture says at the moment. */
  readonly children?: ReactNode;
}

/** The table behind a picture. Readers of the screen always have it; everybody else can ask for it. */
export function Numbers({ label, head, rows, children }: NumbersProps) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  return (
    <>
      <div className={styles['foot']}>
        <div className={styles['said']}>{children}</div>
        <UnstyledButton className={styles['switch']} aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t(shown ? 'web.numbers.hide' : 'web.numbers.show')}
          <span className="seen-by-readers">: {label}</span>
        </UnstyledButton>
      </div>
      <div
        className={shown ? styles['shown'] : 'seen-by-readers'}
        {...(shown ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
      >
        <table className={styles['numbers']}>
          <caption className="seen-by-readers">{label}</caption>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells], row) => (
              // Rows and cells are what the picture is made of: they keep their places.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={row}>
                <th scope="row">{name}</th>
                {cells.map((cell, at) => (
                  // oxlint-disable-next-line react/no-array-index-key
                  <td key={at}>{typeof cell === 'string' ? <bdi>{cell}</bdi> : cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
