import { isMissing, normalName } from './columns.ts';
import { type DateFormat, parseDate, toInstantMs } from './dates.ts';
import { FIELDS, type FieldType, type ImportKind, REQUIRED } from './fields.ts';
import type { ColumnPlan, Mapping } from './mapping.ts';
import { type DecimalMark, parseDecimal } from './numbers.ts';

/** A row in the terms of its kind. Times `YYYY-MM-DD hh:mm:ss.mmm` UTC, days `YYYY-MM-DD`, numbers in plain digits. */
export interface MappedRow {
  readonly fields: Readonly<Record<string, string>>;
  readonly props: Readonly<Record<string, string | number>>;
}

export const ROW_REASONS = [
  'not-a-date',
  'too-early',
  'too-late',
  'not-a-number',
  'out-of-scale',
  'not-an-email',
  'not-a-currency',
  'missing',
  'too-long',
  'cell-count',
] as const;
export type RowReason = (typeof ROW_REASONS)[number];

export interface RowProblem {
  readonly reason: RowReason;
  /** The column, or the fields that are missing. */
  readonly column: string;
  readonly value: string;
  /** What was looked for: a date's format, a scale. */
  readonly expected?: string;
}

export interface MapperOptions {
  readonly zone: string;
  /** Times after this are refused, in ms since 1970. */
  readonly latestMs: number;
}

const EARLIEST_MS = Date.UTC(1980, 0, 1);
/** A promise may lie in the future: two years are believed. */
const PROMISE_MS = 2 * 366 * 86_400_000;
const LIMITS: Readonly<Record<FieldType | 'property', number>> = {
  id: 256,
  email: 320,
  phone: 64,
  text: 32_768,
  instant: 64,
  day: 64,
  decimal: 64,
  score: 64,
  currency: 64,
  property: 32_768,
};

/** Columns whose digits are a name. */
const NAME_LIKE = /(^|_)(zip|zipcode|postal|postcode|plz|cep|code|id|no|nr|number|phone|sku)(_|$)/;

interface Step {
  readonly index: number;
  readonly column: string;
  readonly field: string;
  readonly type: FieldType | 'property';
  readonly format: DateFormat;
  readonly dated: boolean;
  readonly decimal: DecimalMark;
  /** A number only where its column surely is one: a postcode or a number of a house is a name. */
  readonly numeric: boolean;
  readonly nameLike: boolean;
  /** The cell it met last and what it made of it: lines of one order say the same of the order. */
  last: { readonly cell: string; readonly found: string | number | RowProblem | null };
}

/** Turns cells into rows of a kind. Made once for a file; `map` is called for every row. */
export class RowMapper {
  readonly #steps: Step[];
  readonly #required: readonly (readonly string[])[];
  readonly #width: number;
  readonly #mapping: Mapping;

  constructor(
    readonly kind: ImportKind,
    mapping: Mapping,
    columns: readonly string[],
    readonly options: MapperOptions,
  ) {
    this.#mapping = mapping;
    this.#width = columns.length;
    this.#required = REQUIRED[kind];
    const types = new Map(FIELDS[kind].map((f) => [f.key, f.type]));
    this.#steps = columns.flatMap((column, index) => {
      const plan: ColumnPlan = mapping.columns[column] ?? { field: 'skip' };
      if (plan.field === 'skip') return [];
      const type: Step['type'] | undefined = plan.field === 'property' ? 'property' : types.get(plan.field);
      if (type === undefined) return [];
      const step: Step = {
        index,
        column,
        field: plan.field === 'property' ? (plan.name ?? column) : plan.field,
        type,
        format: plan.format ?? 'ymd',
        dated: plan.format !== undefined,
        decimal: plan.decimal ?? '.',
        numeric: plan.decimal !== undefined,
        nameLike: NAME_LIKE.test(normalName(column)),
        last: { cell: '', found: null },
      };
      return [step];
    });
  }

  /** The row, or everything that is wrong with it. */
  map(cells: readonly string[]): MappedRow | readonly RowProblem[] {
    if (cells.length !== this.#width) {
      return [{ reason: 'cell-count', column: '', value: String(cells.length), expected: String(this.#width) }];
    }
    const fields: Record<string, string> = {};
    const props: Record<string, string | number> = {};
    let problems: RowProblem[] | null = null;
    for (const step of this.#steps) {
      const cell = cells[step.index] ?? '';
      if (cell !== step.last.cell) step.last = { cell, found: isMissing(cell) ? null : this.#value(step, cell) };
      const { found } = step.last;
      if (found === null) continue;
      if (typeof found === 'object') (problems ??= []).push(found);
      else if (step.type === 'property') props[step.field] = found;
      else fields[step.field] = String(found);
    }
    for (const any of this.#required) {
      if (any.every((f) => fields[f] === undefined)) {
        const told = problems?.some((p) => any.includes(this.#fieldOf(p.column))) === true;
        if (!told) (problems ??= []).push({ reason: 'missing', column: any.join(', '), value: '' });
      }
    }
    return problems ?? { fields, props };
  }

  #fieldOf(column: string): string {
    return this.#mapping.columns[column]?.field ?? '';
  }

  #value(step: Step, cell: string): string | number | RowProblem {
    if (cell.length > LIMITS[step.type]) return wrong(step, cell, 'too-long', String(LIMITS[step.type]));
    switch (step.type) {
      case 'id':
        return idOf(cell);
      case 'text':
        return cell.trim();
      case 'email': {
        const email = cell.trim().toLowerCase();
        return /^[^\s@]+@[^\s@]+$/.test(email) ? email : wrong(step, cell, 'not-an-email');
      }
      case 'phone':
        return cell
          .trim()
          .replace(/[\s().-]/g, '')
          .replace(/\.0$/, '');
      case 'currency': {
        const code = cell.trim().toUpperCase();
        return /^[A-Z]{3}$/.test(code) ? code : wrong(step, cell, 'not-a-currency');
      }
      case 'instant':
      case 'day':
        return this.#time(step, cell);
      case 'decimal': {
        const value = parseDecimal(cell, step.decimal);
        const amount = value === null ? '' : fourPlaces(value);
        return amount === '' || tooLarge(amount) ? wrong(step, cell, 'not-a-number') : amount;
      }
      case 'score': {
        const value = parseDecimal(cell, step.decimal);
        if (value === null) return wrong(step, cell, 'not-a-number');
        const scale = this.#mapping.scale;
        if (scale !== undefined && (Number(value) < scale.min || Number(value) > scale.max)) {
          return wrong(step, cell, 'out-of-scale', `${scale.min}–${scale.max}`);
        }
        return value;
      }
      case 'property': {
        if (step.dated) {
          const time = parseDate(cell, step.format);
          return time === null ? cell.trim() : factsTime(toInstantMs(time, this.options.zone));
        }
        const number = step.nameLike ? null : parseDecimal(cell, step.decimal);
        return number !== null && (step.numeric || plainNumber(cell)) ? Number(number) : cell.trim();
      }
    }
  }

  #time(step: Step, cell: string): string | RowProblem {
    const time = parseDate(cell, step.format);
    if (time === null) return wrong(step, cell, 'not-a-date', step.format);
    const atMs = toInstantMs(time, this.options.zone);
    if (atMs < EARLIEST_MS) return wrong(step, cell, 'too-early', '1980-01-01');
    if (step.type === 'instant') {
      return atMs > this.options.latestMs
        ? wrong(step, cell, 'too-late', factsTime(this.options.latestMs).slice(0, 10))
        : factsTime(atMs);
    }
    const latest = this.options.latestMs + PROMISE_MS;
    if (atMs > latest) return wrong(step, cell, 'too-late', factsTime(latest).slice(0, 10));
    if (time.offsetMs === null) return dayText(time.wallMs);
    // A promise with its own offset is the workspace's day at that instant.
    const aheadMs = toInstantMs({ wallMs: atMs, offsetMs: null }, this.options.zone) - atMs;
    return dayText(atMs - aheadMs);
  }
}

function wrong(step: Step, cell: string, reason: RowReason, expected?: string): RowProblem {
  return {
    reason,
    column: step.column,
    value: cell.length > 200 ? `${cell.slice(0, 200)}…` : cell,
    ...(expected === undefined ? {} : { expected }),
  };
}

/** More digits before the point than a store keeps of an amount. */
function tooLarge(amount: string): boolean {
  return amount.length > 14 && amount.replace(/^-|\..*$/g, '').length > 14;
}

/** Exported tables write whole numbers as `17850.0`. */
function idOf(cell: string): string {
  const text = cell.trim();
  return /^\d+\.0$/.test(text) ? text.slice(0, -2) : text;
}

/** A number that is one to its reader too: no leading zero (a postcode), no more digits than a number can hold. */
function plainNumber(cell: string): boolean {
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(cell.trim());
}

/** Rounded half away from zero, digit by digit: a float would change the last digits of large amounts. */
function fourPlaces(value: string): string {
  const dot = value.indexOf('.');
  if (dot === -1 || value.length - dot <= 5) return value;
  const negative = value.startsWith('-');
  const kept = BigInt(value.slice(negative ? 1 : 0, dot) + value.slice(dot + 1, dot + 5));
  const digits = String(value.charCodeAt(dot + 5) >= 53 ? kept + 1n : kept).padStart(5, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

const pads = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'));
const two = (n: number): string => pads[n] ?? String(n);
const dayTexts = new Map<number, string>();

function dayText(ms: number): string {
  const no = Math.floor(ms / 86_400_000);
  let text = dayTexts.get(no);
  if (text === undefined) {
    text = new Date(no * 86_400_000).toISOString().slice(0, 10);
    if (dayTexts.size > 50_000) dayTexts.clear();
    dayTexts.set(no, text);
  }
  return text;
}

/** `2026-11-22 09:30:00.000`: as the facts store takes it; written by hand, for it is done millions of times. */
export function factsTime(ms: number): string {
  const rest = ms - Math.floor(ms / 86_400_000) * 86_400_000;
  const s = Math.floor(rest / 1000);
  const millis = String(rest % 1000).padStart(3, '0');
  return `${dayText(ms)} ${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}.${millis}`;
}
