import { Autocomplete, Button, CloseButton, Group, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../ui/i18n/language.tsx';
import { useFilterFields } from '../ui/filter/fields.ts';
import { fieldNamed, SHOWN_OPS, writeRows, type Row } from '../ui/filter/rows.ts';

const EMPTY: Row = { field: '', op: 'eq', value: '' };

/** The filter as rows of field, comparison and value. Loaded when it is first opened. */
export function FilterForm(props: {
  readonly first: readonly Row[];
  readonly onSet: (filter: string | undefined) => void;
}) {
  const { t } = useWords();
  const fields = useFilterFields();
  const [rows, setRows] = useState<readonly Row[]>(props.first.length === 0 ? [EMPTY] : props.first);
  const nameOf = (field: string): string => fields.find((f) => f.field === field)?.name ?? field;
  // Fields are chosen by the name a reader knows; who knows the grammar types theirs.
  const fieldOf = (typed: string): string => fields.find((f) => f.name === typed)?.field ?? typed;
  // So are values, by what they are called.
  const valuesOf = (field: string) => fields.find((f) => f.field === field)?.values ?? [];
  const wordsOf = ({ field, value }: Row): string => valuesOf(field).find(({ key }) => key === value)?.words ?? value;
  const keyOf = (field: string, typed: string): string =>
    valuesOf(field).find(({ words }) => words === typed)?.key ?? typed;
  const put = (index: number, row: Row): void => setRows(rows.map((old, i) => (i === index ? row : old)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const names = fields.map(({ field }) => field);
        props.onSet(writeRows(rows.map((row) => ({ ...row, field: fieldNamed(row.field, names) }))));
      }}
    >
      <Stack gap={10}>
        {rows.map((row, index) => (
          // Rows are told apart by their place alone.
          // oxlint-disable-next-line react/no-array-index-key
          <Group key={index} gap={6} align="end" wrap="wrap">
            <Autocomplete
              label={t('web.filter.field')}
              data={fields.map(({ name }) => name)}
              openOnFocus={false}
              value={nameOf(row.field)}
              comboboxProps={{ withinPortal: false }}
              onChange={(typed) => put(index, { ...row, field: fieldOf(typed) })}
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
                data={valuesOf(row.field).map(({ words }) => words)}
                value={wordsOf(row)}
                openOnFocus={false}
                comboboxProps={{ withinPortal: false }}
                onChange={(typed) => put(index, { ...row, value: keyOf(row.field, typed) })}
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
