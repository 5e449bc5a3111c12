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

/** What each thing is called: in the first of these ways in which nothing else is called the same; the last, as it is written, is always one. */
export function toldApart<T>(
  things: readonly T[],
  ...ways: readonly [...((thing: T) => string)[], (thing: T) => string]
): readonly string[] {
  const words = ways.map((wordsOf) => things.map(wordsOf));
  return things.map((_, i) => {
    const alone = words.find((way) => way[i] !== '' && way.indexOf(way[i] ?? '') === way.lastIndexOf(way[i] ?? ''));
    return (alone ?? words.at(-1))?.[i] ?? '';
  });
}
