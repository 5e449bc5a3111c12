import { Button, NativeSelect } from '@mantine/core';
import { both, normalise, parseText, type Predicate, printText } from '@touchstone/domain/predicate';
import { useState } from 'react';
import { FilterBar, useWords } from '../../../platform/web/ui/index.ts';
import type { AxisListed } from '../contract.ts';

/** What an axis is called. */
export function useAxisNames(): (axis: AxisListed) => string {
  const { t } = useWords();
  return (axis) => {
    if (axis.kind === 'question') return axis.label;
    if (axis.kind === 'hidden') return t('responses.axis.hidden', { name: axis.label });
    return t(`responses.axis.${axis.kind}`);
  };
}

/** What a level of an axis is called. */
export function useLevelNames(): (axis: AxisListed | undefined, level: { id: string; label: string }) => string {
  const { t, format } = useWords();
  return (axis, { id, label }) => {
    if (axis?.kind === 'language') return format.languageName(id);
    if (axis?.kind === 'version') return t('responses.axis.versionNo', { version: id });
    if (axis?.kind === 'state' && (id === 'complete' || id === 'partial' || id === 'screenedOut' || id === 'overQuota'))
      return t(`responses.state.${id}`);
    if ((id === 'yes' || id === 'no') && label === id) return t(`responses.${id}`);
    return label;
  };
}

/** The conditions of a text, one by one; undefined where it is more than a list of equal ones. */
export function conditionsOf(where: string): readonly { field: string; value: string }[] | undefined {
  try {
    const tree = normalise(parseText(where));
    const parts: readonly Predicate[] = 'all' in tree ? tree.all : [tree];
    const found = parts.map((part) =>
      'field' in part && part.op === 'eq' ? { field: part.field, value: String(part.value) } : undefined,
    );
    return found.every((one) => one !== undefined) ? found : undefined;
  } catch {
    return undefined;
  }
}

export function withCondition(where: string, field: string, value: string): string {
  return printText(both(parseText(where), { field, op: 'eq', value }));
}

function without(where: string, at: number): string {
  const left = (conditionsOf(where) ?? []).filter((_, i) => i !== at);
  return left.reduce((text, { field, value }) => withCondition(text, field, value), '');
}

/** Narrows results to some answers, languages or whatever else tells responses apart. */
export function Narrowing(props: {
  readonly axes: readonly AxisListed[];
  readonly where: string;
  readonly onChange: (where: string | undefined) => void;
}) {
  const { axes, where, onChange } = props;
  const { t } = useWords();
  const nameOf = useAxisNames();
  const levelOf = useLevelNames();
  const [chosen, setChosen] = useState('');
  const axis = axes.find((one) => one.axis === chosen);
  const conditions = conditionsOf(where);
  return (
    <FilterBar
      label={t('responses.narrow')}
      onClear={() => onChange(undefined)}
      onSubmit={(fields) => {
        const level = fields.get('level');
        if (axis === undefined || typeof level !== 'string' || level === '') return;
        onChange(withCondition(conditions === undefined ? '' : where, axis.axis, level));
        setChosen('');
      }}
      set={
        where === ''
          ? []
          : conditions === undefined
            ? [{ key: 'all', label: where, onRemove: () => onChange(undefined) }]
            : conditions.map(({ field, value }, i) => {
                const of = axes.find((one) => one.axis === field);
                const level = of?.levels.find((one) => one.id === value) ?? { id: value, label: value };
                return {
                  key: `${field} ${value}`,
                  label: `${of === undefined ? field : nameOf(of)}: ${levelOf(of, level)}`,
                  onRemove: () => onChange(without(where, i) || undefined),
                };
              })
      }
    >
      <NativeSelect
        label={t('responses.narrow.by')}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={[
          { value: '', label: t('responses.choose') },
          ...axes.filter((one) => one.levels.length > 0).map((one) => ({ value: one.axis, label: nameOf(one) })),
        ]}
      />
      {axis === undefined ? null : (
        <NativeSelect
          key={axis.axis}
          name="level"
          label={t('responses.narrow.to')}
          data={axis.levels.map((level) => ({ value: level.id, label: levelOf(axis, level) }))}
        />
      )}
      <Button type="submit" variant="default" disabled={axis === undefined}>
        {t('responses.narrow.do')}
      </Button>
    </FilterBar>
  );
}

/** Chooses an axis. */
export function AxisField(props: {
  readonly label: string;
  readonly axes: readonly AxisListed[];
  readonly value: string;
  readonly onChange: (axis: string) => void;
}) {
  const { t } = useWords();
  const nameOf = useAxisNames();
  return (
    <NativeSelect
      label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('responses.choose') },
        ...props.axes.map((axis) => ({ value: axis.axis, label: nameOf(axis) })),
      ]}
    />
  );
}
