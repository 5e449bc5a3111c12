import type { FilterField } from '../../client/capability.ts';
import { useRead } from '../../client/read.ts';
import { useReader } from '../../client/session.tsx';
import { useCapabilities } from '../../shell/capabilities.ts';
import { useWords } from '../i18n/language.tsx';
import { readRows, toldApart, type Row } from './rows.ts';

/** A field with what a reader calls it and each of its values; where two are called the same, with whose it is. */
export interface NamedField extends FilterField {
  readonly name: string;
  readonly values: readonly { readonly key: string; readonly words: string }[];
}

function useProviders() {
  const { may } = useReader();
  return useCapabilities().flatMap((c) => (c.filter !== undefined && may(c.filter.permission) ? [c.filter] : []));
}

/** Fields that capabilities offer to filter by. Read when the filter is opened, or says something. */
export function useFilterFields(enabled = true): readonly NamedField[] {
  const { t } = useWords();
  const providers = useProviders();
  const read = useRead(
    ['filter-fields'],
    async (signal) => (await Promise.all(providers.map((provider) => provider.fields(signal)))).flat(),
    { enabled },
  );
  const [provider] = providers;
  const fields = read.data ?? [];
  const names = toldApart(
    fields,
    ({ field }) => provider?.nameOf(field, t) ?? '',
    ({ field }) => provider?.whoseOf(field, t) ?? '',
    ({ field }) => field,
  );
  return fields.map((field, i) => {
    const levels = field.levels.filter(({ key }) => key !== '');
    const words = toldApart(
      levels,
      ({ label }) => provider?.valueOf(field.field, label, t) ?? '',
      ({ key }) => key,
    );
    return {
      ...field,
      name: names[i] ?? field.field,
      values: levels.map(({ key }, j) => ({ key, words: words[j] ?? key })),
    };
  });
}

/** A condition as a reader says it: `State: PL`, `City contains Mill`. */
export function useRowWords(fields: readonly NamedField[]): (row: Row) => string {
  const { t } = useWords();
  const [provider] = useProviders();
  return ({ field, op, value }) => {
    const label = fields.find((f) => f.field === field)?.levels.find(({ key }) => key === value)?.label ?? value;
    if (provider === undefined) return `${field} ${t(`web.op.${op}`)} ${label}`.trim();
    if (op === 'eq') return provider.levelOf(field, label, t);
    return `${provider.nameOf(field, t)} ${t(`web.op.${op}`)} ${label}`.trim();
  };
}

/** What fields and their values are called, where nothing offers them to choose from: the properties of an order, say. */
export function useFieldWords(): {
  readonly name: (field: string) => string;
  readonly value: (field: string, value: unknown) => string;
} {
  const { t } = useWords();
  const [provider] = useProviders();
  return {
    name: (field) => provider?.nameOf(field, t) ?? field.slice(field.indexOf('.') + 1),
    value: (field, value) => {
      if (typeof value === 'object' && value !== null) return JSON.stringify(value);
      return provider?.valueOf(field, String(value), t) ?? String(value);
    },
  };
}

/** A filter as it is said; one that no form can draw as it is written. */
export function useFilterWords(filter: string | undefined): string {
  const { t } = useWords();
  const rows = readRows(filter);
  const said = useRowWords(useFilterFields(filter !== undefined));
  if (filter === undefined) return t('web.filter.everyone');
  return rows === undefined ? filter : rows.map(said).join(' · ');
}
