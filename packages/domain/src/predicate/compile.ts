import { NUMBER_PATTERN, readsAsNumber } from './parse.ts';
import { type Condition, LIMITS, type Predicate, PredicateError, type Scalar } from './tree.ts';

/**
 * Where a field stands in SQL (ClickHouse).
 * - `text`: a String, '' for no value
 * - `number`: any number type, Nullable or not
 * - `boolean`: a Bool or UInt8, Nullable or not; reads as the texts "true" and "false"
 * - `list`: an Array(String), empty for no value
 */
export interface SqlField {
  readonly kind: 'text' | 'number' | 'boolean' | 'list';
  readonly sql: string;
}

/** Makes a parameter of a text and gives its place in the statement: `{p3:String}`. */
export type Bind = (value: string) => string;

/** Finds the expression of a field; undefined where there is no such field. */
export type ResolveField = (field: string, bind: Bind) => SqlField | undefined;

export interface CompiledSql {
  /** An expression that is 1 or 0, never null. */
  readonly sql: string;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * The predicate as an expression of ClickHouse SQL, all values as parameters `{p0:String}` (`prefix` p unless said).
 * It says of every row what `evaluate` says of the same values. Throws PredicateError for an unknown field, and for more
 * names and values than one statement takes.
 */
export function compileSql(predicate: Predicate, resolve: ResolveField, prefix = 'p'): CompiledSql {
  const params: Record<string, string> = {};
  const bind: Bind = (value) => {
    const name = `${prefix}${Object.keys(params).length}`;
    params[name] = value;
    return `{${name}:String}`;
  };
  const sql = write(predicate, resolve, bind);
  if (Object.keys(params).length > LIMITS.params) {
    throw new PredicateError('', `asks about more than ${LIMITS.params} names and values`);
  }
  return { sql, params };
}

function write(p: Predicate, resolve: ResolveField, bind: Bind): string {
  if ('all' in p) return p.all.length === 0 ? '1' : `(${p.all.map((c) => write(c, resolve, bind)).join(' AND ')})`;
  if ('any' in p) return p.any.length === 0 ? '0' : `(${p.any.map((c) => write(c, resolve, bind)).join(' OR ')})`;
  if ('not' in p) return `NOT (${write(p.not, resolve, bind)})`;
  const field = resolve(p.field, bind);
  if (field === undefined) throw new PredicateError(p.field, 'is no field that can be asked about here');
  return p.op === 'ne'
    ? `NOT (${writeOn(field, { field: p.field, op: 'eq', value: p.value }, bind)})`
    : writeOn(field, p, bind);
}

function writeOn(field: SqlField, c: Condition, bind: Bind): string {
  if (field.kind === 'number') return writeOnNumber(field.sql, c, bind);
  if (field.kind === 'boolean') return writeOnBoolean(field.sql, c, bind);
  if (field.kind === 'text') return writeOnText(field.sql, c, bind);
  return `arrayExists(e -> ${writeOnText('e', c, bind)}, ${field.sql})`;
}

/** What is mostly asked of it goes without the texts that it reads as. */
function writeOnBoolean(sql: string, c: Condition, bind: Bind): string {
  if (c.op === 'exists') return `isNotNull(${sql})`;
  if (c.op === 'eq' && String(c.value) === 'true') return `ifNull(${sql}, 0)`;
  if (c.op === 'eq' && String(c.value) === 'false') return `ifNull(NOT (${sql}), 0)`;
  return writeOnText(`if(isNull(${sql}), '', if(${sql}, 'true', 'false'))`, c, bind);
}

function writeOnNumber(sql: string, c: Condition, bind: Bind): string {
  const compare = (op: string, value: Scalar): string =>
    readsAsNumber(String(value)) ? `ifNull(${sql} ${op} ${numberOf(bind(String(value)))}, 0)` : onText();
  const onText = (): string => writeOnText(`ifNull(toString(${sql}), '')`, c, bind);
  if (c.op === 'exists') return `isNotNull(${sql})`;
  if (c.op === 'eq' || c.op === 'ne') return compare('=', c.value);
  if (c.op === 'lt' || c.op === 'le' || c.op === 'gt' || c.op === 'ge') return compare(COMPARE[c.op], c.value);
  return onText();
}

function writeOnText(sql: string, c: Condition, bind: Bind): string {
  switch (c.op) {
    case 'exists':
      return `${sql} != ''`;
    case 'eq':
    case 'ne':
      return equals(sql, [String(c.value)], bind);
    case 'in':
      return equals(sql, c.value.map(String), bind);
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge': {
      const value = String(c.value);
      if (readsAsNumber(value)) return `ifNull(${numberIn(sql)} ${COMPARE[c.op]} ${numberOf(bind(value))}, 0)`;
      return `(${sql} != '' AND ${sql} ${COMPARE[c.op]} ${bind(value)})`;
    }
    case 'contains':
      return `position(${sql}, ${bind(String(c.value))}) > 0`;
    case 'startsWith':
      return `startsWith(${sql}, ${bind(String(c.value))})`;
    case 'glob':
      return `(${sql} != '' AND ${sql} LIKE ${bind(likePattern(String(c.value)))})`;
  }
}

const COMPARE = { lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

function equals(sql: string, values: readonly string[], bind: Bind): string {
  const [first] = values;
  const same =
    values.length === 1 && first !== undefined
      ? `${sql} = ${bind(first)}`
      : `${sql} IN (${values.map((value) => bind(value)).join(', ')})`;
  const numbers = values.filter(readsAsNumber);
  if (numbers.length === 0) return same;
  const number = numberIn(sql);
  return `(${same} OR ${numbers.map((n) => `ifNull(${number} = ${numberOf(bind(n))}, 0)`).join(' OR ')})`;
}

/** JSON's reader, unlike toFloat64, gives the nearest double, as JavaScript does. */
function numberOf(parameter: string): string {
  return `JSONExtractFloat(${parameter})`;
}

function numberIn(sql: string): string {
  return `if(match(${sql}, '${NUMBER_PATTERN}'), JSONExtract(${sql}, 'Nullable(Float64)'), NULL)`;
}

function likePattern(glob: string): string {
  return [...glob].map((c) => (c === '*' ? '%' : c === '?' ? '_' : /[\\%_]/u.test(c) ? `\\${c}` : c)).join('');
}

/** A key of a JSON object as a field: a text, a number or boolean as text, or each value of a list. */
export function jsonField(column: string, key: string, bind: Bind): SqlField {
  const at = bind(key);
  const type = `JSONType(${column}, ${at})`;
  return {
    kind: 'list',
    sql: `multiIf(${type} IN ('Null', 'Object'), [], ${type} = 'Array', JSONExtract(${column}, ${at}, 'Array(String)'), arrayFilter(x -> x != '', [JSONExtractString(${column}, ${at})]))`,
  };
}
