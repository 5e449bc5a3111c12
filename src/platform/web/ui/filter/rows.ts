import { type Condition, type Op, type Predicate, normalise, parseText, printText } from '@touchstone/domain/predicate';

/** Comparisons the form offers. */
export const SHOWN_OPS = ['eq', 'ne', 'ge', 'le', 'contains', 'exists'] as const satisfies readonly Op[];
type ShownOp = (typeof SHOWN_OPS)[number];

/** One condition, as the form shows it. */
export interface Row {
  readonly field: string;
  readonly op: ShownOp;
  readonly value: string;
}

/** The conditions of a filter that is a plain list of them; undefined for any other. */
export function readRows(filter: string | undefined): readonly Row[] | undefined {
  if (filter === undefined) return [];
  try {
    const tree = normalise(parseText(filter));
    const parts: readonly Predicate[] = 'all' in tree ? tree.all : [tree];
    const rows = parts.map(readRow);
    return rows.every((row) => row !== undefined) ? rows : undefined;
  } catch {
    return undefined;
  }
}

function readRow(p: Predicate): Row | undefined {
  if (!('field' in p)) return undefined;
  const op = SHOWN_OPS.find((known) => known === p.op);
  if (op === undefined || p.op === 'in') return undefined;
  return { field: p.field, op, value: p.op === 'exists' ? '' : String(p.value) };
}

/** The filter the rows make; undefined for none. */
export function writeRows(rows: readonly Row[]): string | undefined {
  const conditions = rows
    .filter((row) => row.field.trim() !== '' && (row.op === 'exists' || row.value.trim() !== ''))
    .map((row): Condition =>
      row.op === 'exists'
        ? { field: row.field.trim(), op: 'exists' }
        : { field: row.field.trim(), op: row.op, value: row.value.trim() },
    );
  return conditions.length === 0 ? undefined : printText({ all: conditions });
}

/** The field of which somebody typed the last part alone, `state` for `person.state`, where one alone ends so. */
export function fieldNamed(typed: string, fields: readonly string[]): string {
  const name = typed.trim();
  const [found, ...others] = fields.includes(name) ? [name] : fields.filter((field) => field.endsWith(`.${name}`));
  return found === undefined || others.length > 0 ? name : found;
}

/** What each thing is called in words; those that are called the same, or nothing, by what they are written as. */
export function toldApart<T>(
  things: readonly T[],
  wordsOf: (thing: T) => string,
  writtenOf: (thing: T) => string,
): readonly string[] {
  const words = things.map(wordsOf);
  return things.map((thing, i) => {
    const own = words[i] ?? '';
    return own !== '' && words.indexOf(own) === words.lastIndexOf(own) ? own : writtenOf(thing);
  });
}
