import { Checkbox, NativeSelect } from '@mantine/core';
import { DATE_FORMATS, FIELDS, propertyName } from '@touchstone/domain/tabular';
import { DataTable, type Column, useWords } from '../../../platform/web/ui/index.ts';
import type { Preview } from '../contract.ts';
import type { Kind, Mapping, Plan } from './drafts.ts';
import { fieldLabel } from './field-labels.ts';
import styles from './imports.module.css';

export interface MappingTableProps {
  readonly fileName: string;
  readonly kind: Kind;
  readonly columns: Preview['columns'];
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

type Row = Preview['columns'][number];

const TIMES = new Set(['instant', 'day']);

/** Every column of the file: what it holds and what it is taken for. */
export function MappingTable({ fileName, kind, columns, mapping, onChange }: MappingTableProps) {
  const { t } = useWords();
  const planOf = (column: string): Plan => mapping.columns[column] ?? { field: 'skip' };
  const isTime = (plan: Plan): boolean =>
    plan.format !== undefined || FIELDS[kind].some((f) => f.key === plan.field && TIMES.has(f.type));

  const choose = (column: string, field: string): void => {
    const { format, decimal } = planOf(column);
    const written = { ...(format === undefined ? {} : { format }), ...(decimal === undefined ? {} : { decimal }) };
    const next: Record<string, Plan> = { ...mapping.columns };
    for (const [other, plan] of Object.entries(next)) {
      if (other !== column && plan.field === field && field !== 'property' && field !== 'skip') {
        next[other] = { ...plan, field: 'property', name: propertyName(kind, other) };
      }
    }
    next[column] = { field, ...(field === 'property' ? { name: propertyName(kind, column) } : {}), ...written };
    onChange({ ...mapping, columns: next });
  };

  const shown: Column<Row>[] = [
    {
      key: 'column',
      title: t('imports.map.column'),
      cell: ({ name, problem }) => (
        <>
          <span className={styles['column']}>
            <bdi>{name}</bdi>
          </span>
          {problem === null ? null : <span className={styles['problem']}>{t(`imports.problem.${problem}`)}</span>}
        </>
      ),
    },
    {
      key: 'samples',
      title: t('imports.map.samples'),
      wide: true,
      cell: ({ samples }) => (
        <bdi dir="auto" className={styles['samples']}>
          {samples.slice(0, 3).join(' · ')}
        </bdi>
      ),
    },
    {
      key: 'field',
      title: t('imports.map.field'),
      cell: ({ name }) => (
        <NativeSelect
          size="xs"
          miw={150}
          aria-label={t('imports.map.fieldOf', { column: name })}
          value={planOf(name).field}
          onChange={(event) => choose(name, event.currentTarget.value)}
          data={[
            ...FIELDS[kind].map((field) => {
              const label = fieldLabel(field.key);
              return { value: field.key, label: label === undefined ? field.key : t(label) };
            }),
            {
              value: 'property',
              label: t('imports.map.property', { name: planOf(name).name ?? propertyName(kind, name) }),
            },
            { value: 'skip', label: t('imports.map.skip') },
          ]}
        />
      ),
    },
    {
      key: 'format',
      title: t('imports.map.format'),
      cell: ({ name }) => {
        const plan = planOf(name);
        if (!isTime(plan)) return null;
        return (
          <NativeSelect
            size="xs"
            miw={140}
            aria-label={t('imports.map.formatOf', { column: name })}
            value={plan.format ?? ''}
            onChange={(event) => {
              const format = DATE_FORMATS.find((f) => f === event.currentTarget.value);
              if (format !== undefined)
                onChange({ ...mapping, columns: { ...mapping.columns, [name]: { ...plan, format } } });
            }}
            data={[
              ...(plan.format === undefined ? [{ value: '', label: t('imports.map.chooseFormat') }] : []),
              ...DATE_FORMATS.map((format) => ({ value: format, label: t(`imports.format.${format}`) })),
            ]}
          />
        );
      },
    },
    {
      key: 'key',
      title: t('imports.map.key'),
      wide: true,
      cell: ({ name }) => (
        <Checkbox
          size="xs"
          aria-label={t('imports.map.keyOf', { column: name })}
          checked={mapping.key.includes(name)}
          onChange={(event) => {
            const rest = mapping.key.filter((k) => k !== name);
            onChange({ ...mapping, key: event.currentTarget.checked ? [...rest, name] : rest });
          }}
        />
      ),
    },
  ];
  return (
    <DataTable
      label={t('imports.map.label', { file: fileName })}
      rows={columns}
      rowKey={(row) => row.name}
      columns={shown}
      stacked
    />
  );
}
