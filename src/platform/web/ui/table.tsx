import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { save } from '../client/api.ts';
import { toCsv, type Cell } from './csv.ts';
import { useWords } from './i18n/language.tsx';
import styles from './table.module.css';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  /** Without it the column is not shown: it is there for what is exported. */
  readonly cell?: (row: T) => ReactNode;
  /** What it sorts by, filters by and exports; a column without it does none of these. */
  readonly value?: (row: T) => Cell;
  /** The server sorts by it, under its key. */
  readonly sorts?: true;
  readonly align?: 'start' | 'end';
  /** On a phone it is left out. */
  readonly wide?: boolean;
}

export interface DataTableProps<T> {
  /** What the table holds, for those who do not see it. */
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  /** Offers a field that narrows the rows shown. Leave out where the server searches. */
  readonly filter?: boolean;
  /** Offers the rows as CSV under this name. */
  readonly exportName?: string;
  /** On a phone each row is a block of its own: its cells two by two, without the heads of columns. */
  readonly stacked?: boolean;
  /** So many rows are shown before the reader asks for all. */
  readonly first?: number;
  readonly more?: { readonly hasMore: boolean; readonly isLoading: boolean; readonly onMore: () => void } | undefined;
  /** Shown in place of no rows. */
  readonly empty?: ReactNode;
  /** Column sorted by at first, and whether it falls. */
  readonly sortedBy?: Sort;
  /** Where the server sorts: by what, as it is asked (`-orders`: the most first), and what is to be sorted by instead. */
  readonly sorting?: { readonly by: string | undefined; readonly onSort: (by: string) => void };
}

interface Sort {
  readonly key: string;
  readonly falling: boolean;
}

/** Sorts, filters, shows more, exports. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { t, language } = useWords();
  const [own, setOwn] = useState(props.sortedBy);
  const sort = props.sorting === undefined ? own : askedSort(props.sorting.by);
  const [words, setWords] = useState('');
  const [whole, setWhole] = useState(false);
  const rows = arrange(props.rows, props.columns, sort, words, language);
  // Whoever narrows them sees all that are left.
  const shown = whole || words !== '' ? rows : rows.slice(0, props.first);
  if (props.rows.length === 0 && props.empty !== undefined) return props.empty;
  // Laid out as blocks, a table would no longer be told as one.
  const role = (name: string): string | undefined => (props.stacked === true ? name : undefined);
  const columns = props.columns.filter((c) => c.cell !== undefined);
  const exported = props.columns.filter((c) => c.value !== undefined);
  const exportCsv = (): void => {
    const csv = toCsv(
      exported.map((c) => c.title),
      rows.map((row) => exported.map((c) => c.value?.(row))),
    );
    save(new Blob([csv], { type: 'text/csv;charset=utf-8' }), `${props.exportName ?? 'table'}.csv`);
  };
  return (
    <div>
      {props.filter === true || props.exportName !== undefined ? (
        <div className={styles['tools']}>
          {props.filter === true ? (
            <TextInput
              size="xs"
              aria-label={t('web.table.filter')}
              placeholder={t('web.table.filter')}
              value={words}
              onChange={(e) => setWords(e.currentTarget.value)}
            />
          ) : (
            <span />
          )}
          {props.exportName === undefined ? null : (
            <Button size="compact-sm" variant="subtle" onClick={exportCsv}>
              {t('web.table.export')}
            </Button>
          )}
        </div>
      ) : null}
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={props.label}>
        <table className={styles['table']} data-stacked={props.stacked === true ? '' : undefined} role={role('table')}>
          <caption className="seen-by-readers">{props.label}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head
                  key={column.key}
                  column={column}
                  sortable={(props.sorting === undefined ? column.value : column.sorts) !== undefined}
                  sort={sort?.key === column.key ? sort : undefined}
                  onSort={(falling) => {
                    if (props.sorting === undefined) setOwn({ key: column.key, falling });
                    else props.sorting.onSort(falling ? `-${column.key}` : column.key);
                  }}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={props.rowKey(row)} role={role('row')}>
                {columns.map((column) => (
                  <td
                    key={column.key}
                    role={role('cell')}
                    data-align={column.align ?? 'start'}
                    data-wide={column.wide === true ? '' : undefined}
                  >
                    {column.cell?.(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 ? <p className={styles['none']}>{t('web.table.none')}</p> : null}
      {shown.length === rows.length ? null : (
        <Button variant="subtle" fullWidth mt={8} onClick={() => setWhole(true)}>
          {t('web.table.all', { all: rows.length })}
        </Button>
      )}
      {props.more?.hasMore === true ? (
        <Button variant="subtle" fullWidth mt={8} loading={props.more.isLoading} onClick={props.more.onMore}>
          {t('web.table.more')}
        </Button>
      ) : null}
    </div>
  );
}

function askedSort(by: string | undefined): Sort | undefined {
  if (by === undefined) return undefined;
  return by.startsWith('-') ? { key: by.slice(1), falling: true } : { key: by, falling: false };
}

/** The head of a column: pressed, it sorts by it, and the other way round when it is pressed again. */
function Head<T>(props: {
  readonly column: Column<T>;
  readonly sortable: boolean;
  /** Where the rows are sorted by it. */
  readonly sort: Sort | undefined;
  readonly onSort: (falling: boolean) => void;
}) {
  const { column, sortable, sort } = props;
  // Numbers begin with the largest, and so does what the server sorts.
  const first = column.align === 'end' || column.sorts === true;
  return (
    <th
      scope="col"
      data-align={column.align ?? 'start'}
      data-wide={column.wide === true ? '' : undefined}
      aria-sort={sort === undefined ? undefined : sort.falling ? 'descending' : 'ascending'}
    >
      {sortable ? (
        <UnstyledButton
          className={styles['sort']}
          onClick={() => props.onSort(sort === undefined ? first : !sort.falling)}
        >
          {column.title}
          {sort === undefined ? null : <span aria-hidden="true"> {sort.falling ? '↓' : '↑'}</span>}
        </UnstyledButton>
      ) : (
        column.title
      )}
    </th>
  );
}

function arrange<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  sort: Sort | undefined,
  words: string,
  language: string,
): readonly T[] {
  const wanted = words.trim().toLocaleLowerCase(language);
  const kept =
    wanted === ''
      ? rows
      : rows.filter((row) =>
          columns.some((c) =>
            String(c.value?.(row) ?? '')
              .toLocaleLowerCase(language)
              .includes(wanted),
          ),
        );
  const value = columns.find((c) => c.key === sort?.key)?.value;
  if (sort === undefined || value === undefined) return kept;
  const collator = new Intl.Collator(language, { numeric: true });
  const turn = sort.falling ? -1 : 1;
  return kept.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    // What is not known stands last, however one sorts.
    if (x === null || x === undefined) return y === null || y === undefined ? 0 : 1;
    if (y === null || y === undefined) return -1;
    return turn * (typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y)));
  });
}
