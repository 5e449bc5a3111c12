import { UnstyledButton } from '@mantine/core';
import { type Column, DataTable, Finding, Range, Tag, useWords } from '../../../platform/web/ui/index.ts';
import type { Contrast, Figure, MetricInfo } from '../../metrics/contract.ts';
import { toneOf } from '../../metrics/web/facade.ts';
import { useNames } from '../../metrics/web/parts.ts';
import { figureWords } from './words.ts';
import styles from './explore.module.css';

/** Rows a page shows before it is asked for all, and then; the export holds them all. */
const FIRST_SHOWN = 20;
const MOST_SHOWN = 400;

export interface FigureRow {
  readonly key: string;
  /** What the figure is of: the group's name, the stretch of time. */
  readonly group?: string | undefined;
  readonly when?: string | undefined;
  /** What `when` sorts by. */
  readonly at?: string | undefined;
  readonly figure: Figure;
  /** Against all other groups, corrected. */
  readonly difference?: Contrast['difference'] | undefined;
  readonly ref: string;
}

/** Every figure of a view with its interval and n; each opens to where it comes from. */
export function FigureTable(props: {
  readonly info: MetricInfo;
  readonly label: string;
  /** The head of the groups' column; undefined without groups. */
  readonly groups: string | undefined;
  readonly rows: readonly FigureRow[];
  readonly onOpen: (ref: string) => void;
}) {
  const { t, format } = useWords();
  const names = useNames();
  const { info, label, groups, onOpen } = props;
  const words = figureWords(info, t, format);
  const rows = props.rows.slice(0, MOST_SHOWN);
  const isCount = info.unit === 'count';
  const figures = rows.map((r) => r.figure);
  const columns: Column<FigureRow>[] = [
    ...(groups === undefined
      ? []
      : [
          {
            key: 'group',
            title: groups,
            cell: (r: FigureRow) => <span dir="auto">{r.group}</span>,
            value: (r: FigureRow) => r.group,
          },
        ]),
    ...(rows.every((r) => r.when === undefined)
      ? []
      : [
          {
            key: 'when',
            title: t('metrics.table.at'),
            cell: (r: FigureRow) => <span className={styles['when']}>{r.when}</span>,
            value: (r: FigureRow) => r.at ?? r.when,
          },
        ]),
    {
      key: 'value',
      title: names.metric(info.key),
      align: 'end',
      cell: (r) => {
        if (r.figure.value === null)
          return t(r.figure.reason === 'hidden' ? 'metrics.group.hidden' : 'web.figure.none');
        const value = words.writer.value(r.figure.value);
        return (
          <>
            <UnstyledButton
              className={styles['figure'] ?? ''}
              aria-label={t('explore.table.how', { value: words.says(r.group ?? r.when ?? '', r.figure) })}
              onClick={() => onOpen(r.ref)}
            >
              <bdi dir="ltr">{value}</bdi>
            </UnstyledButton>
            {/* On a phone, where the column of it has no room. */}
            <small className={styles['under']}>{words.between(r.figure)}</small>
          </>
        );
      },
      value: (r) => r.figure.value,
    },
    ...(isCount
      ? []
      : [
          {
            key: 'range',
            title: t('metrics.table.range'),
            wide: true,
            cell: (r: FigureRow) => <Range figure={r.figure} among={figures} />,
          },
          {
            key: 'between',
            title: t('explore.table.from'),
            align: 'end' as const,
            wide: true,
            cell: (r: FigureRow) => <span className={styles['when']}>{words.between(r.figure)}</span>,
            value: (r: FigureRow) => r.figure.low,
          },
        ]),
    ...(rows.every((r) => r.difference === undefined)
      ? []
      : [
          {
            key: 'difference',
            title: t('explore.table.others'),
            align: 'end' as const,
            wide: true,
            cell: ({ difference }: FigureRow) =>
              difference === undefined ? (
                '–'
              ) : (
                <Finding tone={toneOf(difference, info.higherIsBetter)}>
                  {difference.verdict === 'unclear' ? (
                    t('web.effects.unsure')
                  ) : (
                    <bdi dir="ltr">{words.writer.signed(difference.value)}</bdi>
                  )}
                </Finding>
              ),
            value: (r: FigureRow) => r.difference?.value,
          },
        ]),
    {
      key: 'n',
      title: t('metrics.table.n'),
      align: 'end',
      cell: (r) => (
        <>
          {r.figure.few ? <Tag tone="neither">{t('metrics.few')}</Tag> : null} {format.number(r.figure.n)}
        </>
      ),
      value: (r) => r.figure.n,
    },
    {
      key: 'people',
      title: t('metrics.table.people'),
      align: 'end',
      wide: true,
      cell: (r) => format.number(r.figure.people),
      value: (r) => r.figure.people,
    },
  ];
  return (
    <>
      <DataTable
        label={label}
        rows={rows}
        rowKey={(r) => r.key}
        filter={rows.length > FIRST_SHOWN}
        first={FIRST_SHOWN}
        columns={columns}
      />
      {props.rows.length > MOST_SHOWN ? (
        <p className={styles['note']}>{t('explore.table.cut', { shown: MOST_SHOWN, count: props.rows.length })}</p>
      ) : null}
    </>
  );
}
