import { Autocomplete, Button, CloseButton, Group, NativeSelect, Popover, Stack, UnstyledButton } from '@mantine/core';
import { type Condition, type Op, type Predicate, normalise, parseText, printText } from '@touchstone/domain/predicate';
import { useState } from 'react';
import { useAddress, useScope } from '../ui/scope.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { useFilterFields } from './filter-fields.ts';
import styles from './shell.module.css';

const SHOWN_OPS = ['eq', 'ne', 'ge', 'le', 'contains', 'exists'] as const satisfies readonly Op[];
type ShownOp = (typeof SHOWN_OPS)[number];

interface Row {
  readonly field: string;
  readonly op: ShownOp;
  readonly value: string;
}

/** The one filter of every page. A filter this form cannot draw is shown as it is written, and can be cleared. */
export function FilterControl() {
  const { t } = useWords();
  const { filter } = useScope();
  const [, change] = useAddress();
  const [opened, setOpened] = useState(false);
  const rows = readRows(filter);
  const words =
    filter === undefined
      ? t('web.filter.everyone')
      : rows === undefined
        ? filter
        : rows.map((row) => `${row.field} ${t(`web.op.${row.op}`)} ${row.value}`.trim()).join(' · ');
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={styles['pill']} onClick={() => setOpened(!opened)} aria-expanded={opened}>
          <span className="seen-by-readers">{t('web.filter.label')}</span>
          <span dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {words}
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown maw="min(560px, 94vw)">
        <Rows
          key={filter ?? ''}
          first={rows ?? []}
          onSet={(next) => {
            change({ filter: next });
            setOpened(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

const EMPTY: Row = { field: '', op: 'eq', value: '' };

function Rows(props: { readonly first: readonly Row[]; readonly onSet: (filter: string | undefined) => void }) {
  const { t } = useWords();
  const fields = useFilterFields();
  const [rows, setRows] = useState<readonly Row[]>(props.first.length === 0 ? [EMPTY] : props.first);
  const put = (index: number, row: Row): void => setRows(rows.map((old, i) => (i === index ? row : old)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSet(writeRows(rows));
      }}
    >
      <Stack gap={10}>
        {rows.map((row, index) => (
          // Rows are told apart by their place alone.
          // oxlint-disable-next-line react/no-array-index-key
          <Group key={index} gap={6} align="end" wrap="wrap">
            <Autocomplete
              label={t('web.filter.field')}
              data={fields.map(({ field }) => field)}
              openOnFocus={false}
              value={row.field}
              comboboxProps={{ withinPortal: false }}
              onChange={(field) => put(index, { ...row, field })}
              w={190}
            />
            <NativeSelect
              aria-label={t('web.filter.op')}
              data={SHOWN_OPS.map((op) => ({ value: op, label: t(`web.op.${op}`) }))}
              value={row.op}
              onChange={(e) => put(index, { ...row, op: SHOWN_OPS.find((op) => op === e.currentTarget.value) ?? 'eq' })}
              w={120}
            />
            {row.op === 'exists' ? null : (
              <Autocomplete
                aria-label={t('web.filter.value')}
                data={(fields.find(({ field }) => field === row.field)?.levels ?? [])
                  .map(({ key }) => key)
                  .filter((key) => key !== '')}
                value={row.value}
                openOnFocus={false}
                comboboxProps={{ withinPortal: false }}
                onChange={(value) => put(index, { ...row, value })}
                w={160}
              />
            )}
            <CloseButton
              aria-label={t('web.filter.remove')}
              onClick={() => setRows(rows.filter((_, i) => i !== index))}
            />
          </Group>
        ))}
        <Group gap={8}>
          <Button type="submit">{t('web.filter.apply')}</Button>
          <Button variant="subtle" onClick={() => setRows([...rows, EMPTY])}>
            {t('web.filter.add')}
          </Button>
          <Button variant="subtle" onClick={() => props.onSet(undefined)}>
            {t('web.filter.clear')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The conditions of a filter that is a plain list of them; undefined for any other. */
function readRows(filter: string | undefined): readonly Row[] | undefined {
  if (filter === undefined) return [];
  try {
    const tree = normalise(parseText(filter));
    const parts: readonly Predicate[] = 'all' in tree ? tree.all : [tree];
    const rows = parts.map(readRow);
    return rows.every((row) => row !== undefined) ? rows : undefined;
  } catch {
    return undefined;
  }
}

function readRow(p: Predicate): Row | undefined {
  if (!('field' in p)) return undefined;
  const op = SHOWN_OPS.find((known) => known === p.op);
  if (op === undefined || p.op === 'in') return undefined;
  return { field: p.field, op, value: p.op === 'exists' ? '' : String(p.value) };
}

function writeRows(rows: readonly Row[]): string | undefined {
  const conditions = rows
    .filter((row) => row.field.trim() !== '' && (row.op === 'exists' || row.value.trim() !== ''))
    .map((row): Condition =>
      row.op === 'exists'
        ? { field: row.field.trim(), op: 'exists' }
        : { field: row.field.trim(), op: row.op, value: row.value.trim() },
    );
  return conditions.length === 0 ? undefined : printText({ all: conditions });
}
