import { type DateGuess, guessDateFormat } from './dates.ts';
import { type DecimalMark, guessDecimalMark, latinDigits } from './numbers.ts';

export const COLUMN_KINDS = ['empty', 'id', 'email', 'phone', 'date', 'number', 'boolean', 'category', 'text'] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

/** What a column's sampled cells look like. */
export interface ColumnProfile {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Share of cells that are not empty, 0–1. */
  readonly filled: number;
  /** Different cells among the filled ones, 0–1. */
  readonly distinct: number;
  readonly date: DateGuess | null;
  readonly decimal: DecimalMark | null;
  /** Smallest and largest, of a column of numbers. */
  readonly range: readonly [number, number] | null;
  readonly whole: boolean;
  /** Up to five different cells, as they stand. */
  readonly samples: readonly string[];
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+?[\d\s().-]{7,20}$/;
const BOOLEANS = new Set([
  'true',
  'false',
  'yes',
  'no',
  'y',
  'n',
  't',
  'f',
  '0',
  '1',
  'да',
  'нет',
  'tak',
  'nie',
  'da',
  'ne',
  'sim',
  'não',
  'بله',
  'خیر',
]);
const DATE_NAME = /(^|_)(date|time|timestamp|at|day|on|datum|data|dia|дата|время|تاریخ|زمان)(_|$)|^(created|updated)/;

/** Looks at one column. Cells are as they stand; empty ones count as missing. */
export function profileColumn(name: string, cells: readonly string[], prefer: 'dmy' | 'mdy' = 'dmy'): ColumnProfile {
  const full = cells.filter((c) => !isMissing(c));
  const values = new Set(full);
  const base = {
    name,
    filled: cells.length === 0 ? 0 : full.length / cells.length,
    distinct: full.length === 0 ? 0 : values.size / full.length,
    samples: [...values].slice(0, 5),
    date: null,
    decimal: null,
    range: null,
    whole: false,
  };
  if (full.length === 0) return { ...base, kind: 'empty' };
  const share = (test: (cell: string) => boolean): number => full.filter(test).length / full.length;
  if (share((c) => EMAIL.test(c)) > 0.8) return { ...base, kind: 'email' };
  const lower = [...values].map((v) => v.trim().toLowerCase());
  if (values.size <= 2 && lower.every((v) => BOOLEANS.has(v)) && !lower.every((v) => v === '0' || v === '1')) {
    return { ...base, kind: 'boolean' };
  }
  const decimal = guessDecimalMark(full);
  const looksNumeric = decimal !== null && share((c) => /^[\d.,\s-]+$/.test(latinDigits(c))) > 0.5;
  const named = DATE_NAME.test(normalName(name));
  const date = guessDateFormat(full, prefer, named);
  const dateLike = date.format !== null && (!looksNumeric || named || ['ymd', 'dmy', 'mdy'].includes(date.format));
  const mixed = date.format === null && named && date.others.reduce((n, o) => n + o.cells, 0) * 2 > full.length;
  if (dateLike || mixed) return { ...base, kind: 'date', date };
  if (decimal !== null) {
    const numbers = full.map((c) =>
      Number(
        latinDigits(c)
          .replace(/[^\d.,-]/g, '')
          .replace(',', '.'),
      ),
    );
    const finite = numbers.filter(Number.isFinite);
    const whole = finite.every(Number.isInteger);
    const range = [
      finite.reduce((a, b) => Math.min(a, b), Infinity),
      finite.reduce((a, b) => Math.max(a, b), -Infinity),
    ];
    const phone = share((c) => PHONE.test(c) && (c.startsWith('+') || c.replace(/\D/g, '').length >= 10)) > 0.8;
    if (phone && /phone|tel|mobile|телефон|تلفن|موبایل/.test(normalName(name))) return { ...base, kind: 'phone' };
    return { ...base, kind: 'number', decimal, whole, range: [range[0] ?? 0, range[1] ?? 0] };
  }
  if (share((c) => PHONE.test(c)) > 0.8) return { ...base, kind: 'phone' };
  const wordless = share((c) => !/\s/.test(c.trim()) && /\d/.test(c)) > 0.8;
  if (wordless) return { ...base, kind: 'id' };
  const long = full.reduce((n, c) => n + c.length, 0) / full.length > 40;
  return { ...base, kind: !long && values.size <= Math.max(20, full.length * 0.2) ? 'category' : 'text' };
}

const NOTHING = new Set(['', 'null', 'nan', 'n/a', '#n/a', '\\n', 'none']);

/** How files write that there is nothing. */
export function isMissing(cell: string): boolean {
  if (cell === '') return true;
  const first = cell.charCodeAt(0);
  // A digit or a long cell is never one of the words: the common case, decided without making a text.
  if ((first >= 48 && first <= 57) || (cell.length > 6 && first > 32)) return false;
  return NOTHING.has(cell.trim().toLowerCase());
}

/** `orderId`, `Order ID` and `order-id` as `order_id`; accents left out. */
export function normalName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u0305\u0307-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[łŁ]/g, 'l')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[\u064a]/g, 'ی')
    .replace(/[\u0643]/g, 'ک')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}
