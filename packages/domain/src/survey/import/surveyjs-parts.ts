import type { Reference } from './condition.ts';
import { Ids } from './draft.ts';
import { ImportRefused } from './left.ts';
import { type Json, isRecord, recordsOf, stringOf } from './reading.ts';

/** An element of a page, out of the panels it lay in. */
export interface Item {
  readonly element: Json;
  readonly type: string;
  readonly name: string;
  /** Of the panels around it, and its own. */
  readonly conditions: readonly string[];
  readonly hidden: boolean;
}

export interface FlatPage {
  readonly source: Json;
  readonly name: string;
  readonly conditions: readonly string[];
  readonly items: readonly Item[];
}

/** A choice, row or column. */
export interface Option {
  readonly value: string;
  readonly id: string;
  /** As it stands: a text, or texts by language. */
  readonly text: unknown;
  readonly image: unknown;
  readonly visibleIf: string;
}

const DEEPEST = 20;

/** Whether something is a SurveyJS survey: pages or elements, which have a type and a name. */
export function isSurveyJs(value: unknown): value is Json {
  if (!isRecord(value)) return false;
  const tops = [...recordsOf(value['pages']), value].flatMap(elementsOf);
  return tops.length > 0 && tops.every((element) => typeof element['type'] === 'string');
}

export function elementsOf(parent: Json): readonly Json[] {
  return recordsOf(parent['elements'] ?? parent['questions']);
}

/** Pages with their elements in one row. */
export function flatPages(survey: Json, shownBy: ReadonlyMap<string, string>): FlatPage[] {
  const pages = recordsOf(survey['pages']);
  return (pages.length > 0 ? pages : [survey]).map((source, i) => {
    const name = stringOf(source['name']) || `page${i + 1}`;
    const items: Item[] = [];
    const gather = (parent: Json, around: readonly string[], hidden: boolean, depth: number): void => {
      if (depth > DEEPEST) throw new ImportRefused('tooDeep', DEEPEST);
      for (const element of elementsOf(parent)) {
        const type = stringOf(element['type']).toLowerCase();
        const own = stringOf(element['name']);
        const later = shownBy.get(own);
        const conditions = [...around, ...[stringOf(element['visibleIf']), later ?? ''].filter((one) => one !== '')];
        const isHidden = hidden || (element['visible'] === false && later === undefined);
        if (type !== 'panel') {
          items.push({ element, type, name: own || `question${items.length + 1}`, conditions, hidden: isHidden });
          continue;
        }
        if (element['title'] !== undefined || element['description'] !== undefined)
          items.push({ element, type, name: own || 'panel', conditions, hidden: isHidden });
        gather(element, conditions, isHidden, depth + 1);
      }
    };
    gather(source, [], source['visible'] === false && !shownBy.has(name), 0);
    const own = [stringOf(source['visibleIf']), shownBy.get(name) ?? ''].filter((one) => one !== '');
    return { source, name, conditions: source === survey ? [] : own, items };
  });
}

/** Choices in any of the ways they may be written: `a`, `1`, `a|Text`, `{value, text}`. */
export function optionsOf(list: unknown, prefix = 'c'): Option[] {
  const ids = new Ids();
  const all: readonly unknown[] = Array.isArray(list) ? list : [];
  const seen = new Set<string>();
  return all.flatMap((one, i): Option[] => {
    const record = isRecord(one) ? one : {};
    const plain = isRecord(one) ? (one['value'] ?? one['text']) : one;
    if (typeof plain !== 'string' && typeof plain !== 'number' && typeof plain !== 'boolean') return [];
    const bar = typeof one === 'string' ? one.indexOf('|') : -1;
    const value = bar > 0 ? String(plain).slice(0, bar) : String(plain);
    if (seen.has(value)) return [];
    seen.add(value);
    const text = bar > 0 ? String(plain).slice(bar + 1) : (record['text'] ?? value);
    const image = record['imageLink'];
    return [{ value, id: ids.give(value, `${prefix}${i + 1}`), text, image, visibleIf: stringOf(record['visibleIf']) }];
  });
}

/** How conditions ask of choices. */
export function referenceTo(field: string, options: readonly Option[], more: Partial<Reference> = {}): Reference {
  const ids = new Map(options.map(({ value, id }) => [value, id]));
  return {
    field,
    choice: (value) => ids.get(value),
    // Ids that are the numbers they stand for can be put in order.
    ordered: options.every(({ value, id }) => value === id && /^\d+$/u.test(id)),
    ...more,
  };
}

/** The expression of a trigger, of today's form or of that with name, operator and value. */
export function expressionOf(trigger: Json): string {
  const { expression, name, operator, value } = trigger;
  if (typeof expression === 'string' && expression.trim() !== '') return expression;
  if (typeof name !== 'string') return '';
  const op = typeof operator === 'string' ? operator : 'equal';
  if (op === 'empty' || op === 'notempty') return `{${name}} ${op}`;
  return `{${name}} ${op} ${Array.isArray(value) ? `[${value.map(literal).join(',')}]` : literal(value)}`;
}

function literal(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return `'${(typeof value === 'string' ? value : '').replace(/[\\']/gu, '\\$&')}'`;
}
