import { type Bind, type ResolveField, type SqlField, compileSql, jsonField } from '@touchstone/domain/predicate';
import type { FactsParams } from '../../../platform/stores/ports.ts';
import type { BookRule, RuleBook } from '../book.ts';
import { GIVEN } from '../classify.ts';
import { type FactKind, RULE_FIELDS } from '../vocabulary.ts';

/** The same rules as expressions over the columns of a kind's table. */
export interface RulesSql {
  readonly version: number;
  readonly touchpoint: string;
  readonly stage: string;
  /** Whether the fact itself says where: no rule decides. */
  readonly given: string;
  readonly params: FactsParams;
}

const NUMBERS = new Set(['value', 'score']);
const LISTS = new Set(['categories']);

function resolverOf(kind: FactKind): ResolveField {
  const columns: readonly string[] = RULE_FIELDS[kind];
  return (field: string, bind: Bind): SqlField | undefined => {
    if (field.startsWith('props.')) return jsonField('props', field.slice('props.'.length), bind);
    if (!columns.includes(field)) return undefined;
    if (NUMBERS.has(field)) return { kind: 'number', sql: field };
    return LISTS.has(field) ? { kind: 'list', sql: field } : { kind: 'text', sql: `toString(${field})` };
  };
}

/** One rule's predicate as an expression that is 1 or 0. */
export function ruleSql(rule: BookRule, prefix: string): { sql: string; params: Readonly<Record<string, string>> } {
  return compileSql(rule.when, resolverOf(rule.on), prefix);
}

/**
 * How many names and values the rules of a kind put into the largest statement they are asked in: a preview asks each
 * both for its place and for what it matches.
 */
export function weightOfRules(book: RuleBook, kind: FactKind): number {
  const conditions = book.rules.filter((rule) => rule.on === kind).map((rule) => ruleSql(rule, 'p').params);
  const own = conditions.reduce((sum, params) => sum + Object.keys(params).length, 0);
  return own + Object.keys(compileRulesSql(book, kind).params).length;
}

/**
 * The rules of a kind as expressions over the columns of its table: what `compileRules` says of the same row.
 * @param prefix of the parameters' names
 */
export function compileRulesSql(book: RuleBook, kind: FactKind, prefix = 'rule'): RulesSql {
  const params: Record<string, string | readonly string[]> = {};
  const touchpoints: string[] = [];
  const stages: string[] = [];
  const places = new Map<string, string>();
  // Many rules lead to one place: its id is sent once.
  const placeOf = (id: string): string => {
    const name = places.get(id) ?? `${prefix}_place${places.size}`;
    places.set(id, name);
    params[name] = id;
    return `{${name}:String}`;
  };
  book.rules
    .filter((rule) => rule.on === kind)
    .forEach((rule, i) => {
      const when = ruleSql(rule, `${prefix}${i}_`);
      Object.assign(params, when.params);
      touchpoints.push(when.sql, placeOf(rule.touchpointId));
      stages.push(when.sql, placeOf(rule.stageId));
    });
  const first = (branches: readonly string[]) => (branches.length === 0 ? "''" : `multiIf(${branches.join(', ')}, '')`);
  const [touchpoint, stage] = [first(touchpoints), first(stages)];
  if (kind !== 'feedback') return { version: book.version, touchpoint, stage, given: '0', params };
  const [ids, theirs] = [`${prefix}_given`, `${prefix}_given_stages`];
  params[ids] = book.places.map((place) => place.touchpointId);
  params[theirs] = book.places.map((place) => place.stageId);
  const said = `indexOf({${ids}:Array(String)}, toString(${GIVEN}))`;
  return {
    version: book.version,
    given: `${said} > 0`,
    touchpoint: `if(${said} > 0, toString(${GIVEN}), ${touchpoint})`,
    stage: `if(${said} > 0, {${theirs}:Array(String)}[${said}], ${stage})`,
    params,
  };
}
