import type { Predicate } from '@touchstone/domain/predicate';
import { apart, type Translate, useWords } from '../../../platform/web/ui/index.ts';
import { RULE_FIELDS } from '../vocabulary.ts';

const FIELDS = [...new Set(Object.values(RULE_FIELDS).flat())];
type Field = (typeof FIELDS)[number];

function isField(text: string): text is Field {
  return FIELDS.some((f) => f === text);
}

/** A field as a reader calls it; a property by its own name. */
export function fieldName(t: Translate, field: string): string {
  if (isField(field)) return t(`catalogue.field.${field}`);
  return field.startsWith('props.') ? field.slice('props.'.length) : field;
}

/** A predicate in words: `name is one of Product Viewed, Product Clicked and not (channel is app)`. */
export function useSays(): (predicate: Predicate) => string {
  const { t, language } = useWords();
  // Latin names in a sentence from right to left keep to themselves.
  const named = (text: string): string => (language === 'fa' ? apart(text) : text);
  const joined = (parts: readonly Predicate[], key: 'catalogue.and' | 'catalogue.or'): string =>
    parts.map((part) => says(part)).reduce((a, b) => t(key, { a, b }));
  const says = (p: Predicate): string => {
    if ('all' in p) return p.all.length === 0 ? '' : joined(p.all, 'catalogue.and');
    if ('any' in p) return joined(p.any, 'catalogue.or');
    if ('not' in p) return t('catalogue.not', { a: says(p.not) });
    const field = fieldName(t, p.field);
    if (p.op === 'exists') return t('catalogue.saysExists', { field });
    const value =
      p.op === 'in' ? p.value.map((v) => named(String(v))).join(t('catalogue.comma')) : named(String(p.value));
    return t('catalogue.says', { field, op: t(`catalogue.op.${p.op}`), value });
  };
  return says;
}
