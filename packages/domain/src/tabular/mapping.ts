import { type ColumnProfile, normalName } from './columns.ts';
import type { DateFormat } from './dates.ts';
import { FIELDS, type Field, FILE_WORDS, type ImportKind, IMPORT_KINDS, NATURAL_KEYS, REQUIRED } from './fields.ts';
import type { DecimalMark } from './numbers.ts';

/** What becomes of one column. */
export interface ColumnPlan {
  /** A field of the kind, `property`, or `skip`. */
  readonly field: string;
  /** Of a property: its name. */
  readonly name?: string;
  /** Of a time: how it is written. */
  readonly format?: DateFormat;
  /** Of a number: its decimal mark. `.` where it is not said. */
  readonly decimal?: DecimalMark;
}

/** How the rows of a file become rows of a kind. */
export interface Mapping {
  /** By the column's name as it stands in the file. */
  readonly columns: Readonly<Record<string, ColumnPlan>>;
  /** Columns that together name a row. Empty: a row is its content and its number among equal ones. */
  readonly key: readonly string[];
  /** Of feedback: which question was asked, and its scale. */
  readonly instrument?: string;
  readonly scale?: { readonly min: number; readonly max: number };
}

export const COLUMN_PROBLEMS = [
  'mixed-dates',
  'some-other-dates',
  'ambiguous-dates',
  'not-a-date',
  'not-a-number',
  'empty',
] as const;
export type ColumnProblem = (typeof COLUMN_PROBLEMS)[number];

interface Claim {
  readonly field: Field;
  readonly column: ColumnProfile;
  readonly score: number;
}

/** Nouns that stand before the names of a file's own columns: `product_weight` of a product is its `weight`. */
const OWN_NOUNS: Readonly<Record<ImportKind, RegExp>> = {
  people: /^(customer|user|client|person|member|contact)_(?=.)/,
  orders: /^order_(?=.)/,
  items: /^(order_)?item_(?=.)/,
  products: /^product_(?=.)/,
  events: /^(event|properties)_(?=.)/,
  feedback: /^(review|feedback|response)_(?=.)/,
  returns: /^return_(?=.)/,
};

/** The name a property takes from its column. */
export function propertyName(kind: ImportKind, column: string): string {
  const name = normalName(column);
  return name.replace(OWN_NOUNS[kind], '') || name || 'column';
}

/** What a name of an amount may end in: `Amount (EUR)`. */
const MONEY = /_(eur|euro|usd|gbp|chf|pln|zl|rub|руб|irr|rial|ریال|تومان)$/u;

function claimScore(field: Field, column: ColumnProfile): number {
  const whole = normalName(column.name);
  const name = field.type === 'decimal' ? whole.replace(MONEY, '') : whole;
  const exact = field.names.indexOf(name);
  let score = 0;
  if (exact >= 0) score = 100 - exact * 0.5;
  else {
    const squeezed = name.replaceAll('_', '');
    const close = field.names.findIndex((n) => n.replaceAll('_', '') === squeezed);
    if (close >= 0) score = 90 - close * 0.5;
    else {
      const tail = field.names.findIndex(
        (n) => n.length > 3 && n.includes('_') && (name.endsWith(`_${n}`) || name.startsWith(`${n}_`)),
      );
      if (tail >= 0) score = 50 - tail * 0.5;
    }
  }
  if (score > 0 && !fits(field, column)) return 0;
  if (score === 0 && field.type === 'email' && column.kind === 'email') return 40;
  return score;
}

function fits(field: Field, column: ColumnProfile): boolean {
  if (column.kind === 'empty') return true;
  if (field.type === 'instant' || field.type === 'day') return column.kind === 'date';
  if (field.type === 'decimal') return column.kind === 'number';
  if (field.type === 'score')
    return column.kind === 'number' || (column.kind === 'date' && column.date?.format === 'unix');
  if (field.type === 'email') return column.kind === 'email';
  if (field.type === 'phone') return column.kind === 'phone' || column.kind === 'number' || column.kind === 'id';
  if (field.type === 'id')
    return column.kind !== 'date' || column.date?.format === 'compact' || column.date?.format === 'unix';
  return column.kind !== 'date' && column.kind !== 'number';
}

/** Whether the cells are names of people, `Ada Novak`: two may bear the same, so they are no number of a customer. */
function holdsNames({ kind, samples }: ColumnProfile): boolean {
  return (
    (kind === 'text' || kind === 'category') && samples.every((cell) => /^\p{Lu}[^\d@]*\s\p{Lu}[^\d@]*$/u.test(cell))
  );
}

/** Less than any name gives. */
const BY_ELIMINATION = 30;

/** A time the kind cannot do without, under a name nobody knows: the only column of times that is nothing else. */
function onlyTime(kind: ImportKind, columns: readonly ColumnProfile[], claims: readonly Claim[]): Claim[] {
  if (kind !== 'feedback' && kind !== 'returns') return [];
  const field = FIELDS[kind].find((f) => isTime(f) && REQUIRED[kind].some((any) => any[0] === f.key));
  if (field === undefined || claims.some((c) => c.field === field)) return [];
  const [column, second] = columns.filter((c) => c.date?.format != null && !claims.some((claim) => claim.column === c));
  return column === undefined || second !== undefined ? [] : [{ field, column, score: BY_ELIMINATION }];
}

/** Which column is which field, the surest pairs first; each column and each field once. */
function assign(kind: ImportKind, columns: readonly ColumnProfile[]): Claim[] {
  const claims: Claim[] = [];
  // Where nothing else says who somebody is, a name has to.
  const hasAddress = columns.some((c) => c.kind === 'email' || c.kind === 'phone');
  for (const field of FIELDS[kind]) {
    for (const column of columns) {
      if (field.key === 'user_id' && hasAddress && holdsNames(column)) continue;
      const score = claimScore(field, column);
      if (score > 0) claims.push({ field, column, score });
    }
  }
  claims.sort((a, b) => b.score - a.score || columns.indexOf(a.column) - columns.indexOf(b.column));
  const taken = new Map<string, Claim>();
  const columnsTaken = new Set<ColumnProfile>();
  for (const claim of claims) {
    if (taken.has(claim.field.key) || columnsTaken.has(claim.column)) continue;
    taken.set(claim.field.key, claim);
    columnsTaken.add(claim.column);
  }
  const sure = [...taken.values()];
  return [...sure, ...onlyTime(kind, columns, sure)];
}

/** Fields that only a file of the kind has; each counts towards it. */
const TELLING: Readonly<Record<ImportKind, readonly string[]>> = {
  people: ['name', 'same_as', 'email', 'phone'],
  orders: ['placed', 'promised', 'shipped', 'delivered', 'approved', 'status', 'payment', 'value', 'line'],
  items: ['product_id', 'line', 'quantity', 'price', 'freight'],
  products: ['name', 'category'],
  events: ['name', 'at', 'event_id', 'session_id', 'anonymous_id', 'url'],
  feedback: ['score', 'text', 'title', 'response_id', 'asked_at'],
  returns: ['return_id', 'returned', 'reason'],
};

/** Answers whose time stands under a name nobody knows: what else tells them weighs more, and the time is asked for. */
function lacksOnlyItsTime(kind: ImportKind, missing: readonly (readonly string[])[], telling: number): boolean {
  return kind === 'feedback' && telling >= 3 && missing.every((any) => any.every((f) => f === 'at'));
}

export interface KindGuess {
  readonly kind: ImportKind;
  /** Higher is surer. */
  readonly score: number;
}

/** The kinds a file may be of, surest first: from its columns and a word in its name. Empty when none fits. */
export function guessKinds(columns: readonly ColumnProfile[], fileName = ''): KindGuess[] {
  const stem = normalName(fileName.replace(/\.[^.]*$/, ''));
  const names = new Set(columns.map((c) => normalName(c.name)));
  const guesses: KindGuess[] = [];
  for (const kind of IMPORT_KINDS) {
    const claims = assign(kind, columns);
    const fields = new Set(claims.map((c) => c.field.key));
    const missing = REQUIRED[kind].filter((any) => !any.some((f) => fields.has(f)));
    const telling = claims.filter((c) => TELLING[kind].includes(c.field.key));
    if (missing.length > 0 && !lacksOnlyItsTime(kind, missing, telling.length)) continue;
    const told = telling.reduce((n, c) => n + c.score / 100, 0);
    let score = told + (fields.size / Math.max(columns.length, 1)) * 2 - missing.length;
    if (kind === 'people' || kind === 'products') {
      if (assign('items', columns).some((c) => c.field.key === 'order_id')) score -= 4;
    }
    if (kind === 'people' && [...names].some((n) => FIELDS.events[1]?.names.slice(0, 2).includes(n))) score -= 2;
    if (kind === 'returns' && !fields.has('reason') && !fields.has('return_id')) score -= 3;
    if (kind === 'feedback' && !fields.has('score')) score -= 1;
    const words = new RegExp(`(^|_)(${FILE_WORDS[kind].split(/\s+/).join('|')})(_|$)`, 'u');
    if (words.test(stem)) score += kind === 'orders' ? 1.5 : 2;
    guesses.push({ kind, score });
  }
  return guesses.toSorted((a, b) => b.score - a.score);
}

export interface MappingGuess {
  readonly mapping: Mapping;
  /** By column: what a person should look at before starting. */
  readonly problems: Readonly<Record<string, ColumnProblem>>;
  /** Lists of fields of which one is needed and none was found. */
  readonly missing: readonly (readonly string[])[];
}

/**
 * Guesses what each column is.
 * @param rows sampled rows, to see whether a key would be one
 */
export function guessMapping(
  kind: ImportKind,
  columns: readonly ColumnProfile[],
  rows: readonly (readonly string[])[],
): MappingGuess {
  const byColumn = new Map(assign(kind, columns).map((c) => [c.column.name, c.field]));
  const plans: Record<string, ColumnPlan> = {};
  const problems: Record<string, ColumnProblem> = {};
  const used = new Set<string>();
  // A column of times that are still to come is read as the file's other times are.
  const usual = columns.find((c) => c.date?.format != null)?.date?.format ?? 'ymd';
  for (const column of columns) {
    const field = byColumn.get(column.name);
    const problem = problemOf(column, field) ?? (field === undefined && saysTime(kind, column) ? 'not-a-date' : null);
    if (problem !== null) problems[column.name] = problem;
    const format = column.kind === 'empty' && isTime(field) ? usual : column.date?.format;
    const written = {
      ...(format == null ? {} : { format }),
      ...(column.decimal === ',' ? { decimal: column.decimal } : {}),
    };
    if (field !== undefined) {
      plans[column.name] = { field: field.key, ...(isWritten(field) ? written : {}) };
      continue;
    }
    const base = propertyName(kind, column.name);
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base}_${n}`;
    used.add(name);
    plans[column.name] = column.kind === 'empty' ? { field: 'skip' } : { field: 'property', name, ...written };
  }
  const fields = new Set([...byColumn.values()].map((f) => f.key));
  return {
    mapping: {
      columns: plans,
      key: guessKey(kind, plans, columns, rows),
      ...(kind === 'feedback' ? instrumentOf(columns, plans) : {}),
    },
    problems,
    missing: REQUIRED[kind].filter((any) => !any.some((f) => fields.has(f))),
  };
}

function isTime(field: Field | undefined): boolean {
  return field?.type === 'instant' || field?.type === 'day';
}

function isWritten(field: Field): boolean {
  return ['instant', 'day', 'decimal', 'score'].includes(field.type);
}

function problemOf(column: ColumnProfile, field: Field | undefined): ColumnProblem | null {
  if (column.kind === 'empty') return 'empty';
  if (column.kind !== 'date' || column.date === null) return null;
  if (column.date.format === null) return field === undefined ? null : 'mixed-dates';
  if (column.date.ambiguous) return 'ambiguous-dates';
  return column.date.share < 1 ? 'some-other-dates' : null;
}

/** Whether a column bears the name of one of the kind's times, and holds none. */
function saysTime(kind: ImportKind, column: ColumnProfile): boolean {
  if (column.kind === 'date' || column.kind === 'empty') return false;
  const name = normalName(column.name);
  return FIELDS[kind].some((f) => isTime(f) && f.names.includes(name));
}

/** The natural key where its columns are there and no two sampled rows share one; else none. */
function guessKey(
  kind: ImportKind,
  plans: Readonly<Record<string, ColumnPlan>>,
  columns: readonly ColumnProfile[],
  rows: readonly (readonly string[])[],
): string[] {
  const columnOf = new Map(Object.entries(plans).map(([name, plan]) => [plan.field, name]));
  for (const candidate of NATURAL_KEYS[kind]) {
    const needed = candidate.filter((f) => !f.startsWith('?'));
    if (!needed.every((f) => columnOf.has(f))) continue;
    const names = candidate.map((f) => columnOf.get(f.replace('?', ''))).filter((n) => n !== undefined);
    const repeats = kind === 'items' || kind === 'returns' ? repeated(names, columns, rows) : 0;
    if (repeats === 0) return names;
  }
  return [];
}

/** How many of the rows have a key that an earlier, different row has. */
export function repeated(
  key: readonly string[],
  columns: readonly { readonly name: string }[],
  rows: readonly (readonly string[])[],
): number {
  if (key.length === 0) return 0;
  const at = key.map((name) => columns.findIndex((c) => c.name === name));
  const seen = new Map<string, string>();
  let again = 0;
  for (const row of rows) {
    const value = at.map((i) => row[i] ?? '').join('\u0000');
    const whole = row.join('\u0000');
    const before = seen.get(value);
    if (before !== undefined && before !== whole) again++;
    seen.set(value, whole);
  }
  return again;
}

function instrumentOf(
  columns: readonly ColumnProfile[],
  plans: Readonly<Record<string, ColumnPlan>>,
): Pick<Mapping, 'instrument' | 'scale'> {
  const column = columns.find((c) => plans[c.name]?.field === 'score');
  if (column === undefined) return { instrument: 'text' };
  const name = normalName(column.name);
  const [low, high] = column.range ?? [1, 5];
  if (/(^|_)nps(_|$)/.test(name)) return { instrument: 'nps', scale: { min: 0, max: 10 } };
  const instrument = /(^|_)csat(_|$)/.test(name) ? 'csat' : /(^|_)ces(_|$)/.test(name) ? 'ces' : 'rating';
  if (instrument === 'ces') return { instrument, scale: { min: 1, max: high > 5 ? 7 : 5 } };
  const max = high <= 5 ? 5 : high <= 10 ? 10 : high <= 20 ? 20 : 100;
  return { instrument, scale: { min: low < 1 ? 0 : max > 10 ? 0 : 1, max } };
}
