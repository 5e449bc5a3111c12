import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { PredicateError, type Predicate, parseText, parseTree, printText } from '@touchstone/domain/predicate';
import { useState } from 'react';
import { api, useWrite } from '../../../platform/web/client/index.ts';
import { ErrorNote, useWords } from '../../../platform/web/ui/index.ts';
import type { CatalogueBody, CatalogueRule } from '../contract.ts';
import { FACT_KINDS } from '../vocabulary.ts';
import { ConditionLines } from './condition-lines.tsx';
import { type Conditions, toConditions, toPredicate } from './conditions.ts';
import { replaced } from './draft.ts';
import { PreviewResult } from './preview.tsx';

/** What is being typed: conditions of a form, or the grammar's text where the predicate is nested deeper. */
type Typed = { readonly form: Conditions } | { readonly text: string };

function typedOf(tree: CatalogueRule['when']): Typed {
  // A new rule's first value is still empty, which no finished predicate may be.
  if (tree['value'] === '') return { form: { join: 'all', list: [{ field: 'name', op: 'eq', text: '' }] } };
  const predicate = parseTree(tree);
  const form = toConditions(predicate);
  return form === null ? { text: printText(predicate) } : { form };
}

export function RuleEditor(props: {
  readonly rule: CatalogueRule;
  readonly draft: CatalogueBody;
  readonly onDone: (rule: CatalogueRule) => void;
  readonly onRemove?: () => void;
}) {
  const { t } = useWords();
  const { draft } = props;
  const [rule, setRule] = useState(props.rule);
  const [typed, setTyped] = useState(() => typedOf(props.rule.when));
  const [wrong, setWrong] = useState<string>();
  const preview = useWrite(api.catalogue.preview);

  /** The rule as typed, or nothing when it is none; then the form says why. */
  const finished = (): CatalogueRule | undefined => {
    try {
      const when: Predicate = 'text' in typed ? parseText(typed.text) : parseTree(toPredicate(typed.form));
      setWrong(undefined);
      return { ...rule, when: { ...when } };
    } catch (error) {
      if (!(error instanceof PredicateError)) throw error;
      setWrong(error.message);
      return undefined;
    }
  };
  const look = (): void => {
    const made = finished();
    if (made === undefined) return;
    const isNew = !draft.rules.some((r) => r.id === made.id);
    const rules = isNew ? [made, ...draft.rules] : replaced(draft.rules, made);
    preview.mutate({ draft: { ...draft, rules }, ruleId: made.id });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const made = finished();
        if (made !== undefined) props.onDone(made);
      }}
    >
      <Stack gap={12}>
        <Group gap={10} grow align="end">
          <NativeSelect
            label={t('catalogue.rule.on')}
            value={rule.on}
            data={FACT_KINDS.map((kind) => ({ value: kind, label: t(`catalogue.rule.on.${kind}`) }))}
            onChange={(e) => {
              const on = FACT_KINDS.find((kind) => kind === e.currentTarget.value);
              if (on !== undefined) setRule({ ...rule, on });
            }}
          />
          <NativeSelect
            label={t('catalogue.rule.touchpoint')}
            value={rule.touchpointId}
            data={draft.touchpoints.map((p) => ({ value: p.id, label: p.name }))}
            onChange={(e) => setRule({ ...rule, touchpointId: e.currentTarget.value })}
          />
        </Group>
        {'text' in typed ? (
          <TextInput
            label={t('catalogue.rule.text')}
            description={t('catalogue.rule.textNote')}
            value={typed.text}
            onChange={(e) => setTyped({ text: e.currentTarget.value })}
            dir="ltr"
          />
        ) : (
          <ConditionLines on={rule.on} conditions={typed.form} onChange={(form) => setTyped({ form })} />
        )}
        {wrong === undefined ? null : <p role="alert">{wrong}</p>}
        <ErrorNote error={preview.error} />
        <Group gap={8}>
          <Button variant="default" loading={preview.isPending} onClick={look}>
            {t('catalogue.preview')}
          </Button>
        </Group>
        {preview.data === undefined ? null : <PreviewResult preview={preview.data} draft={draft} />}
      </Stack>
      <Group justify="space-between" mt="md" gap={8}>
        {props.onRemove === undefined ? (
          <span />
        ) : (
          <Button variant="subtle" color="clay" onClick={props.onRemove}>
            {t('catalogue.rule.remove')}
          </Button>
        )}
        <Button type="submit">{t('catalogue.apply')}</Button>
      </Group>
    </form>
  );
}
