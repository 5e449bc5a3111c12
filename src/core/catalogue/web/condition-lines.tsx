import { ActionIcon, Button, Fieldset, Group, NativeSelect, TextInput } from '@mantine/core';
import { OPS } from '@touchstone/domain/predicate';
import { useWords } from '../../../platform/web/ui/index.ts';
import { type FactKind, RULE_FIELDS } from '../vocabulary.ts';
import type { Conditions, Line } from './conditions.ts';
import { fieldName } from './says.ts';
import styles from './catalogue.module.css';

const PROPERTY = 'props.';

/** A form of conditions. A property is asked about by its own name. */
export function ConditionLines(props: {
  readonly on: FactKind;
  readonly conditions: Conditions;
  readonly onChange: (conditions: Conditions) => void;
}) {
  const { t } = useWords();
  const { join, list } = props.conditions;
  const set = (at: number, line: Line): void => props.onChange({ join, list: list.with(at, line) });
  return (
    <div>
      {list.length < 2 ? null : (
        <NativeSelect
          mb={10}
          label={t('catalogue.rule.join')}
          value={join}
          data={(['all', 'any'] as const).map((value) => ({ value, label: t(`catalogue.rule.join.${value}`) }))}
          onChange={(e) => props.onChange({ join: e.currentTarget.value === 'any' ? 'any' : 'all', list })}
        />
      )}
      {list.map((line, i) => (
        // Conditions have no name of their own but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <Fieldset key={i} variant="unstyled" legend={t('catalogue.rule.condition', { place: i + 1 })}>
          <div className={styles['condition']}>
            <Field on={props.on} line={line} onChange={(next) => set(i, next)} />
            <NativeSelect
              aria-label={t('catalogue.rule.op')}
              value={line.op}
              data={OPS.map((op) => ({ value: op, label: t(`catalogue.op.${op}`) }))}
              onChange={(e) => {
                const op = OPS.find((o) => o === e.currentTarget.value);
                if (op !== undefined) set(i, { ...line, op });
              }}
            />
            {line.op === 'exists' ? null : (
              <TextInput
                aria-label={t(line.op === 'in' ? 'catalogue.rule.values' : 'catalogue.rule.value')}
                placeholder={t(line.op === 'in' ? 'catalogue.rule.values' : 'catalogue.rule.value')}
                value={line.text}
                required
                dir="auto"
                className={styles['value'] ?? ''}
                onChange={(e) => set(i, { ...line, text: e.currentTarget.value })}
              />
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('catalogue.rule.less', { place: i + 1 })}
              onClick={() => props.onChange({ join, list: list.toSpliced(i, 1) })}
            >
              ×
            </ActionIcon>
          </div>
        </Fieldset>
      ))}
      <Group mt={8}>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() =>
            props.onChange({ join, list: [...list, { field: RULE_FIELDS[props.on][0], op: 'eq', text: '' }] })
          }
        >
          {t('catalogue.rule.more')}
        </Button>
      </Group>
    </div>
  );
}

function Field(props: { readonly on: FactKind; readonly line: Line; readonly onChange: (line: Line) => void }) {
  const { t } = useWords();
  const { line, onChange } = props;
  const isProperty = line.field.startsWith(PROPERTY);
  const columns: readonly string[] = RULE_FIELDS[props.on];
  // A field of another kind stays seen until another is chosen.
  const known = isProperty || columns.includes(line.field) ? columns : [line.field, ...columns];
  return (
    <>
      <NativeSelect
        aria-label={t('catalogue.rule.field')}
        value={isProperty ? PROPERTY : line.field}
        data={[
          ...known.map((field) => ({ value: field, label: fieldName(t, field) })),
          { value: PROPERTY, label: t('catalogue.field.props') },
        ]}
        onChange={(e) => onChange({ ...line, field: e.currentTarget.value })}
      />
      {isProperty ? (
        <TextInput
          aria-label={t('catalogue.rule.property')}
          placeholder={t('catalogue.rule.property')}
          required
          value={line.field.slice(PROPERTY.length)}
          onChange={(e) => onChange({ ...line, field: `${PROPERTY}${e.currentTarget.value}` })}
        />
      ) : null}
    </>
  );
}
