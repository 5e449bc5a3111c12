import type { Op, Predicate, Scalar } from '@touchstone/domain/predicate';

/** What a condition may ask of a field, as the form offers it: those of predicates, and three of them turned round. */
export type FormOp = Exclude<Op, 'glob'> | 'notIn' | 'notContains' | 'notExists';

/**
 * How a field is asked: `several` holds many ids of which one has to satisfy, `given` can only be there or not, `trait`
 * may be anything.
 */
export type FieldKind = 'choice' | 'several' | 'number' | 'text' | 'trait' | 'date' | 'yesNo' | 'given';

const NUMBERS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'exists', 'notExists'] as const;
const TEXTS = ['eq', 'ne', 'contains', 'notContains', 'startsWith', 'exists', 'notExists'] as const;
const CHOICES = ['eq', 'ne', 'in', 'notIn', 'exists', 'notExists'] as const;

/** What the form offers to ask of a field, the most usual first. */
export const OPS_OF: Readonly<Record<FieldKind, readonly FormOp[]>> = {
  choice: CHOICES,
  several: CHOICES,
  number: NUMBERS,
  date: NUMBERS,
  text: TEXTS,
  trait: ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'contains', 'notContains', 'startsWith', 'exists', 'notExists'],
  yesNo: ['eq', 'exists', 'notExists'],
  given: ['exists', 'notExists'],
};

/** One line of the form. */
export interface RowPiece {
  readonly is: 'row';
  readonly field: string;
  readonly op: FormOp;
  /** None of `exists`, several of `in`, else one. */
  readonly values: readonly Scalar[];
}

/** Lines of which all have to hold, or any. */
export interface GroupPiece {
  readonly is: 'group';
  readonly how: 'all' | 'any';
  readonly parts: readonly Piece[];
}

/** What the form has no fields for: said in words and kept as it is. */
export interface KeptPiece {
  readonly is: 'kept';
  readonly predicate: Predicate;
}

export type Piece = RowPiece | GroupPiece | KeptPiece;

/** Groups within groups that the form shows. */
export const MOST_LEVELS = 3;

/** A condition as the form shows it. `writePiece` of it is the same condition, whatever it asks. */
export function readPiece(
  predicate: Predicate,
  kindOf: (field: string) => FieldKind | undefined,
  level: number = 1,
): Piece {
  const kept: KeptPiece = { is: 'kept', predicate };
  if ('all' in predicate || 'any' in predicate) {
    if (level > MOST_LEVELS) return kept;
    const [how, inner] = 'all' in predicate ? (['all', predicate.all] as const) : (['any', predicate.any] as const);
    return { is: 'group', how, parts: inner.map((one) => readPiece(one, kindOf, level + 1)) };
  }
  const row = readRow(predicate);
  const kind = row === undefined ? undefined : kindOf(row.field);
  return row !== undefined && kind !== undefined && fits(row, kind) ? row : kept;
}

function readRow(predicate: Predicate): RowPiece | undefined {
  if ('not' in predicate) {
    const inner = predicate.not;
    if (!('field' in inner)) return undefined;
    const { field } = inner;
    if (inner.op === 'exists') return { is: 'row', field, op: 'notExists', values: [] };
    if (inner.op === 'in') return { is: 'row', field, op: 'notIn', values: inner.value };
    if (inner.op === 'contains') return { is: 'row', field, op: 'notContains', values: [inner.value] };
    return undefined;
  }
  if (!('field' in predicate)) return undefined;
  const { field } = predicate;
  switch (predicate.op) {
    case 'exists':
      return { is: 'row', field, op: 'exists', values: [] };
    case 'in':
      return { is: 'row', field, op: 'in', values: predicate.value };
    case 'glob':
      return undefined;
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'contains':
    case 'startsWith':
      return { is: 'row', field, op: predicate.op, values: [predicate.value] };
  }
}

/** Whether the form has this comparison, and fields for these values. */
function fits({ op, values }: RowPiece, kind: FieldKind): boolean {
  if (!OPS_OF[kind].includes(op)) return false;
  if (kind === 'number') return values.every((value) => typeof value === 'number');
  if (kind === 'yesNo') return values.every((value) => typeof value === 'boolean');
  return kind === 'trait' || values.every((value) => typeof value === 'string');
}

/** The condition that the form says. */
export function writePiece(piece: Piece): Predicate {
  if (piece.is === 'kept') return piece.predicate;
  if (piece.is === 'group') {
    const parts = piece.parts.map(writePiece);
    return piece.how === 'all' ? { all: parts } : { any: parts };
  }
  const { field, op, values } = piece;
  const [value = ''] = values;
  switch (op) {
    case 'exists':
      return { field, op };
    case 'notExists':
      return { not: { field, op: 'exists' } };
    case 'in':
      return { field, op, value: values };
    case 'notIn':
      return { not: { field, op: 'in', value: values } };
    case 'notContains':
      return { not: { field, op: 'contains', value } };
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'contains':
    case 'startsWith':
      return { field, op, value };
  }
}

export const takesNone = (op: FormOp): boolean => op === 'exists' || op === 'notExists';
export const takesSeveral = (op: FormOp): boolean => op === 'in' || op === 'notIn';

/** A piece with another at a place within it: numbers of the parts that lead there. Undefined takes it away. */
export function putPiece(piece: Piece, path: readonly number[], next: Piece | undefined): Piece | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return next;
  if (piece.is !== 'group') return piece;
  const parts = piece.parts.flatMap((part, i) => (i === first ? (putPiece(part, rest, next) ?? []) : [part]));
  // A group of nothing says nothing.
  return parts.length === 0 ? undefined : { ...piece, parts };
}

/** With one line more at the end; a lone line becomes a group. */
export function addPiece(piece: Piece | undefined, more: Piece): Piece {
  if (piece === undefined) return more;
  if (piece.is === 'group') return { ...piece, parts: [...piece.parts, more] };
  return { is: 'group', how: 'all', parts: [piece, more] };
}

/** The same line with another comparison; values that it can take stay. */
export function withOp(row: RowPiece, op: FormOp, first: Scalar): RowPiece {
  if (takesNone(op)) return { ...row, op, values: [] };
  const values = row.values.length === 0 ? [first] : row.values;
  return { ...row, op, values: takesSeveral(op) ? values : values.slice(0, 1) };
}
