import type { FilterField } from '../client/capability.ts';
import { useRead } from '../client/read.ts';
import { useReader } from '../client/session.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { useCapabilities } from './capabilities.ts';
import { useScope } from '../ui/scope.tsx';
import { readRows, type Row } from './filter-rows.ts';

/** A field with what a reader calls it; where two are called the same, both keep their own name. */
export interface NamedField extends FilterField {
  readonly name: string;
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
  const fields = (read.data ?? []).map((field) => ({ ...field, name: providers[0]?.nameOf(field.field, t) ?? '' }));
  return fields.map((field) =>
    field.name !== '' && fields.filter(({ name }) => name === field.name).length === 1
      ? field
      : { ...field, name: field.field },
  );
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

/** The filter as it is said; one that no form can draw as it is written. */
export function useFilterWords(): string {
  const { t } = useWords();
  const { filter } = useScope();
  const rows = readRows(filter);
  const said = useRowWords(useFilterFields(filter !== undefined));
  if (filter === undefined) return t('web.filter.everyone');
  return rows === undefined ? filter : rows.map(said).join(' · ');
}
