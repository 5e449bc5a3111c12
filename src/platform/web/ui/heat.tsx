import type { ReactNode } from 'react';
import { useWords } from './i18n/language.tsx';
import { heatOf, type HeatScale } from './heat-scale.ts';
import styles from './heat.module.css';

export interface HeatCell {
  readonly value: number;
  /** What it rests on. */
  readonly n?: number;
  /** Fewer than 30: shown, marked and not shaded. */
  readonly few?: boolean;
  /** Of a scale with a middle: whether it is called different from it. Left out: it is. */
  readonly sure?: boolean;
  /** Where it leads; takes the words of the cell. */
  readonly link?: (words: ReactNode) => ReactNode;
}

export interface HeatRow {
  readonly key: string;
  readonly label: ReactNode;
  /** Who it is about: `1,240 people`. */
  readonly note?: ReactNode;
  /** In the order of the columns; null where nothing was measured. */
  readonly cells: readonly (HeatCell | null)[];
}

export interface HeatTableProps {
  readonly label: string;
  /** What the rows are: `Stage`. */
  readonly corner: string;
  readonly columns: readonly { readonly key: string; readonly label: ReactNode }[];
  readonly rows: readonly HeatRow[];
  readonly write: (value: number) => string;
  /** `more`: the more, the darker. With `around`: blue to the better side of it, orange to the worse, plain where unsure. */
  readonly scale?: HeatScale;
}

/** A table whose cells are shaded by their values: each still says its number, and a clear difference stands bold. */
export function HeatTable({ label, corner, columns, rows, write, scale = 'more' }: HeatTableProps) {
  const { t } = useWords();
  const cells = rows.flatMap((row) => row.cells.filter((cell) => cell !== null));
  const shade = heatOf(cells.filter((cell) => cell.few !== true).map((cell) => cell.value), scale); // prettier-ignore
  if (cells.length === 0) return <p className={styles['none']}>{t('web.table.none')}</p>;
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={label}>
      <table className={styles['heat']}>
        <caption className="seen-by-readers">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col" style={{ width: `${72 / columns.length}%` }}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.label}
                {row.note === undefined ? null : <div className={styles['note']}>{row.note}</div>}
              </th>
              {columns.map((column, at) => {
                const cell = row.cells[at] ?? null;
                if (cell === null) {
                  return (
                    <td key={column.key} className={styles['empty']}>
                      <span aria-hidden="true">–</span>
                      <span className="seen-by-readers">{t('web.figure.none')}</span>
                    </td>
                  );
                }
                const plain = cell.few === true || cell.sure === false;
                const words = <bdi dir="ltr">{write(cell.value)}</bdi>;
                return (
                  <td
                    key={column.key}
                    data-heat={plain ? undefined : shade(cell.value)}
                    data-clear={!plain && scale !== 'more' ? '' : undefined}
                  >
                    {cell.link === undefined ? words : cell.link(words)}
                    {cell.n === undefined && cell.few !== true ? null : (
                      <>
                        {cell.n === undefined ? null : <small>{t('web.figure.n', { n: cell.n })}</small>}
                        {cell.few === true ? <small>{t('web.figure.few')}</small> : null}
                      </>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
