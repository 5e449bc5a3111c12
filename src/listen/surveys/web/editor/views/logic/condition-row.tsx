import { Autocomplete, Checkbox, CloseButton, NativeSelect, NumberInput, Select, TextInput } from '@mantine/core';
import type { Scalar } from '@touchstone/domain/predicate';
import type { SurveyDocument } from '@touchstone/domain/survey';
import { useState } from 'react';
import { useWords } from '../../../../../../platform/web/ui/index.ts';
import { OPS_OF, type RowPiece, takesNone, takesSeveral, withOp } from './condition.ts';
import { fieldFinder, firstValue, type KnownField, type Subject } from './known.ts';
import styles from './logic.module.css';
import { sayPart, saySubject, wordFor } from './says.ts';

export interface ConditionRowProps {
  readonly row: RowPiece;
  readonly subjects: readonly Subject[];
  readonly document: SurveyDocument;
  readonly language: string;
  readonly onChange: (next: RowPiece | undefined) => void;
}

/** One line: of what, which part of it, compared how, with what. */
export function ConditionRow({ row, subjects, onChange }: ConditionRowProps) {
  const { t } = useWords();
  const subject = subjects.find(
    ({ of, fields }) => fields.some(({ field }) => field === row.field) || (of === 'person' && isTrait(row.field)),
  );
  const find = fieldFinder(subjects);
  const field = find(row.field);
  const choose = (next: KnownField | undefined): void => {
    if (next === undefined) return;
    const [usual = 'exists'] = OPS_OF[next.kind];
    const op = OPS_OF[next.kind].includes(row.op) ? row.op : usual;
    onChange({ is: 'row', field: next.field, op, values: takesNone(op) ? [] : [firstValue(next)] });
  };
  const chooseSubject = (key: string | null): void => {
    const next = subjects.find((one) => one.key === key);
    if (next?.of === 'person') choose(find('person.plan'));
    else choose(next?.fields[0]);
  };
  const kind = field?.kind ?? 'text';
  return (
    <div className={styles['row']}>
      <Select
        size="xs"
        className={styles['subject']}
        aria-label={t('surveys.logic.subject')}
        data={subjects.map((one) => ({ value: one.key, label: saySubject(one, t) }))}
        value={subject?.key ?? null}
        onChange={chooseSubject}
        searchable={subjects.length > 7}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      {subject?.of === 'person' ? (
        <TextDraft
          label={t('surveys.logic.trait')}
          value={row.field.slice('person.'.length)}
          onText={(name) => onChange({ ...row, field: `person.${name}` })}
        />
      ) : (subject?.fields.length ?? 0) > 1 ? (
        <NativeSelect
          size="xs"
          className={styles['part']}
          aria-label={t('surveys.logic.part')}
          value={row.field}
          data={(subject?.fields ?? []).map((one) => ({ value: one.field, label: sayPart(one, t) }))}
          onChange={({ currentTarget }) => choose(find(currentTarget.value))}
        />
      ) : null}
      <NativeSelect
        size="xs"
        className={styles['op']}
        aria-label={t('surveys.logic.op')}
        value={row.op}
        data={OPS_OF[kind].map((op) => ({ value: op, label: t(`surveys.logic.op.${wordFor(op, kind)}`) }))}
        onChange={({ currentTarget }) => {
          const op = OPS_OF[kind].find((one) => one === currentTarget.value);
          if (op !== undefined && field !== undefined) onChange(withOp(row, op, firstValue(field)));
        }}
      />
      {takesNone(row.op) || field === undefined ? null : (
        <RowValue row={row} field={field} onValues={(values) => onChange({ ...row, values })} />
      )}
      <CloseButton aria-label={t('surveys.logic.remove')} onClick={() => onChange(undefined)} />
    </div>
  );
}

function RowValue(props: {
  readonly row: RowPiece;
  readonly field: KnownField;
  readonly onValues: (values: readonly Scalar[]) => void;
}) {
  const { row, field, onValues } = props;
  const { t } = useWords();
  const label = t('surveys.logic.value');
  const [value = ''] = row.values;
  const className = styles['value'];
  if (field.kind === 'choice' || field.kind === 'several') {
    // What was chosen and is a choice no more is shown by its id.
    const gone = row.values.filter((one) => field.values.every((known) => known.value !== one));
    const data = [...field.values, ...gone.map((one) => ({ value: one, words: String(one) }))].map((one) => ({
      value: String(one.value),
      label: one.words,
    }));
    if (takesSeveral(row.op))
      return (
        <Checkbox.Group
          className={styles['several']}
          aria-label={label}
          value={row.values.map(String)}
          onChange={(chosen) => (chosen.length === 0 ? undefined : onValues(chosen))}
        >
          <div className={styles['boxes']}>
            {data.map((one) => (
              <Checkbox key={one.value} size="xs" value={one.value} label={<bdi>{one.label}</bdi>} />
            ))}
          </div>
        </Checkbox.Group>
      );
    return (
      <NativeSelect
        size="xs"
        className={className}
        aria-label={label}
        data={data}
        value={String(value)}
        onChange={({ currentTarget }) => onValues([currentTarget.value])}
      />
    );
  }
  if (field.kind === 'yesNo')
    return (
      <NativeSelect
        size="xs"
        className={className}
        aria-label={label}
        data={[
          { value: 'true', label: t('surveys.logic.yes') },
          { value: 'false', label: t('surveys.logic.no') },
        ]}
        value={String(value)}
        onChange={({ currentTarget }) => onValues([currentTarget.value === 'true'])}
      />
    );
  if (field.kind === 'number')
    return (
      <NumberInput
        size="xs"
        className={styles['number']}
        aria-label={label}
        value={typeof value === 'number' ? value : ''}
        {...(field.from === undefined ? {} : { min: field.from })}
        {...(field.to === undefined ? {} : { max: field.to })}
        onChange={(next) => (typeof next === 'number' ? onValues([next]) : undefined)}
      />
    );
  return (
    <TextDraft
      label={label}
      value={String(value)}
      isDay={field.kind === 'date'}
      onText={(text) => onValues([text])}
      known={field.values.map((one) => one.words)}
    />
  );
}

/** A text that may not be empty: while it is, what stood there before holds. */
function TextDraft(props: {
  readonly label: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly isDay?: boolean;
  readonly known?: readonly string[];
}) {
  const { label, value, onText } = props;
  const [draft, setDraft] = useState<string>();
  const type = (text: string): void => {
    setDraft(text);
    if (text.trim() !== '') onText(text);
  };
  const shared = { size: 'xs', className: styles['value'], 'aria-label': label, onBlur: () => setDraft(undefined) };
  if (props.isDay === true)
    return (
      <TextInput
        {...shared}
        type="date"
        value={draft ?? value}
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
    );
  return (
    <Autocomplete
      {...shared}
      dir="auto"
      maxLength={1_000}
      data={[...(props.known ?? [])]}
      value={draft ?? value}
      openOnFocus={false}
      onChange={type}
      comboboxProps={{ withinPortal: false }}
    />
  );
}

function isTrait(field: string): boolean {
  return field.startsWith('person.');
}
