import type { Translate } from '../../../platform/web/ui/index.ts';
import { levelText } from './names.ts';
import { narrowed } from './narrowed.ts';

/** A level of a property, where its name stands by already: `SP`, `Parcel came late`. */
export function levelWords(by: string, label: string, t: Translate): string {
  if (label === '') return t('metrics.group.none');
  if (/(^|\.)late$/.test(by)) return t(label === 'true' ? 'metrics.level.late' : 'metrics.level.onTime');
  return levelText(by, label, t);
}

/** A filter, and one level of a property; "" is what has none. */
export function withLevel(filter: string, field: string, level: string): string {
  return narrowed(filter, level === '' ? { not: { field, op: 'exists' } } : { field, op: 'eq', value: level });
}

/** A filter, and all but one level of a property. */
export function withoutLevel(filter: string, field: string, level: string): string {
  return narrowed(filter, level === '' ? { field, op: 'exists' } : { not: { field, op: 'eq', value: level } });
}
