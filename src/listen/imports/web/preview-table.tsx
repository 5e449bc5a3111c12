import { DATE_FORMATS, ROW_REASONS } from '@touchstone/domain/tabular';
import { useWorkspace } from '../../../platform/web/client/index.ts';
import { DataTable, type Column, type Format, useWords, type Translate } from '../../../platform/web/ui/index.ts';
import type { Preview } from '../contract.ts';
import type { Mapping } from './drafts.ts';
import { fieldLabel } from './field-labels.ts';
import styles from './imports.module.css';

type Row = Preview['rows'][number];
type Problem = Row['problems'][number];

/** What is wrong with a row, in the reader's language. */
export function reasonOf(t: Translate, { reason, column, value, expected = '' }: Problem): string {
  const known = ROW_REASONS.find((r) => r === reason);
  if (known === undefined) return t('imports.reason.other');
  const format = known === 'not-a-date' ? DATE_FORMATS.find((f) => f === expected) : undefined;
  const wanted = format === undefined ? expected : t(`imports.format.${format}`);
  return t(`imports.reason.${known}`, { column, value, expected: wanted });
}

/** The first rows as they will go in, or why they will not. */
export function PreviewTable(props: {
  readonly fileName: string;
  readonly rows: readonly Row[];
  readonly mapping: Mapping;
}) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { fileName, rows, mapping } = props;
  const names = Object.entries(mapping.columns)
    .filter(([, plan]) => plan.field !== 'skip')
    .map(([column, plan]) => (plan.field === 'property' ? (plan.name ?? column) : plan.field));
  const columns: Column<Row>[] = [
    {
      key: 'line',
      title: t('imports.preview.line'),
      cell: ({ line, problems }) => (
        <>
          <span className="num">{line}</span>
          {problems.map((problem) => (
            <span key={`${problem.column} ${problem.reason}`} className={styles['problem']}>
              {reasonOf(t, problem)}
            </span>
          ))}
        </>
      ),
    },
    ...names.map((name): Column<Row> => {
      const label = fieldLabel(name);
      return {
        key: `value ${name}`,
        title: label === undefined ? name : t(label),
        cell: ({ values }) => (
          <bdi dir="auto" className={styles['samples']}>
            {shortened(values[name], format, zone)}
          </bdi>
        ),
      };
    }),
  ];
  return (
    <details className={styles['preview']}>
      <summary>{t('imports.preview.show')}</summary>
      <DataTable
        label={t('imports.preview.label', { file: fileName })}
        rows={rows}
        rowKey={(row) => String(row.line)}
        columns={columns}
      />
    </details>
  );
}

/** Times on the workspace's clock; long texts by their beginning. */
function shortened(value: string | number | undefined, format: Format, zone: string): string {
  const text = String(value ?? '');
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(text)) {
    return format.moment(`${text.replace(' ', 'T')}Z`, zone);
  }
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
