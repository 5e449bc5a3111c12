import { type FieldValue, compileTest } from '@touchstone/domain/predicate';
import type { RuleBook } from './book.ts';
import type { FactKind } from './vocabulary.ts';

/** What a fact is given. Empty where no rule matches. */
export interface Place {
  readonly touchpoint: string;
  readonly stage: string;
}

/** A fact under its columns' names (`order_id`); `props` parsed, or as JSON text. Missing columns have no value. */
export type Classifiable = Readonly<Record<string, unknown>>;

export interface Classifier {
  /** For the column `rules_version`. */
  readonly version: number;
  classify(kind: FactKind, fact: Classifiable): Place;
}

const NOWHERE: Place = { touchpoint: '', stage: '' };

/** The column in which an answer says where it was given; a touchpoint that the catalogue has stands before the rules. */
export const GIVEN = 'given_touchpoint';

/** The rules as a function over one fact. It says what `compileRulesSql` says of the same row. */
export function compileRules(book: RuleBook): Classifier {
  const compiled = book.rules.map((rule) => ({
    on: rule.on,
    test: compileTest(rule.when),
    place: { touchpoint: rule.touchpointId, stage: rule.stageId },
  }));
  const byKind: Readonly<Record<FactKind, typeof compiled>> = {
    event: compiled.filter((r) => r.on === 'event'),
    feedback: compiled.filter((r) => r.on === 'feedback'),
    order: compiled.filter((r) => r.on === 'order'),
  };
  const given = new Map(
    book.places.map(({ touchpointId, stageId }): [unknown, Place] => [
      touchpointId,
      { touchpoint: touchpointId, stage: stageId },
    ]),
  );
  return {
    version: book.version,
    classify(kind, fact) {
      const said = kind === 'feedback' ? given.get(fact[GIVEN]) : undefined;
      if (said !== undefined) return said;
      const read = readerOf(fact);
      return byKind[kind].find((rule) => rule.test(read))?.place ?? NOWHERE;
    },
  };
}

const PROPS = 'props.';

function readerOf(fact: Classifiable): (field: string) => FieldValue {
  let props: Readonly<Record<string, unknown>> | undefined;
  return (field) => {
    if (!field.startsWith(PROPS)) return columnValue(field, fact[field]);
    props ??= propsOf(fact['props']);
    const key = field.slice(PROPS.length);
    return Object.hasOwn(props, key) ? propValue(props[key]) : undefined;
  };
}

/** Columns that hold numbers: a decimal may come as text (`12.50`), which reads as the number it is. */
const NUMBERS = new Set(['value', 'score']);

function columnValue(field: string, value: unknown): FieldValue {
  if (value === null || value === undefined || value === '') return undefined;
  if (NUMBERS.has(field)) return Number(value);
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function propsOf(props: unknown): Readonly<Record<string, unknown>> {
  const parsed: unknown = typeof props === 'string' ? (props === '' ? {} : JSON.parse(props)) : props;
  return isBag(parsed) ? parsed : {};
}

function isBag(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As `jsonField` of the domain reads it: an object is no value, a list is each of its values. */
function propValue(value: unknown): FieldValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return undefined;
  return value.map((v: unknown) => (typeof v === 'object' && v !== null ? JSON.stringify(v) : v)).map(scalar);
}

function scalar(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
