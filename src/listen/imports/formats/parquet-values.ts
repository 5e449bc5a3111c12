import { plainNumber } from '@touchstone/domain/tabular';
import type { SchemaElement, TimeUnit } from 'hyparquet';

export interface ParquetText {
  /** The column as it is to be read: exact integers and bytes, texts as texts. */
  readonly stored: SchemaElement;
  readonly write: (value: unknown) => string;
}

const DAY_MS = 86_400_000;
const PER_MS: Readonly<Record<TimeUnit, bigint>> = { MILLIS: 1n, MICROS: 1_000n, NANOS: 1_000_000n };

/** How the values of a column become text; null for those that have none (BSON, intervals, bytes of fixed length). */
export function parquetText(element: SchemaElement): ParquetText | null {
  const { converted_type: converted, logical_type: logical, ...bare } = element;
  const { type } = element;
  const as = (write: (value: unknown) => string): ParquetText => ({
    stored: bare,
    write: (value) => (value === null || value === undefined ? '' : write(value)),
  });
  if (converted === 'BSON' || converted === 'INTERVAL' || logical?.type === 'VARIANT') return null;
  if (logical?.type === 'DECIMAL' || converted === 'DECIMAL') {
    const scale = logical?.type === 'DECIMAL' ? logical.scale : (element.scale ?? 0);
    return Number.isInteger(scale) && scale >= 0 && scale <= 100 ? as((value) => decimal(value, scale)) : null;
  }
  if (logical?.type === 'DATE' || converted === 'DATE') return as((value) => isoDay(Number(value)));
  if (logical?.type === 'TIMESTAMP') {
    return as((value) => instant(toBigInt(value) / PER_MS[logical.unit], logical.isAdjustedToUTC));
  }
  if (converted === 'TIMESTAMP_MILLIS') return as((value) => instant(toBigInt(value), true));
  if (converted === 'TIMESTAMP_MICROS') return as((value) => instant(toBigInt(value) / 1000n, true));
  if (logical?.type === 'TIME') return as((value) => clock(toBigInt(value) / PER_MS[logical.unit]));
  if (converted === 'TIME_MILLIS') return as((value) => clock(toBigInt(value)));
  if (converted === 'TIME_MICROS') return as((value) => clock(toBigInt(value) / 1000n));
  if (logical?.type === 'UUID' || logical?.type === 'FLOAT16') {
    return { ...as((value) => (typeof value === 'number' ? float(value, 4) : String(value))), stored: element };
  }
  switch (type) {
    case 'BYTE_ARRAY':
      // Texts are often written without saying that they are.
      return { ...as(String), stored: { ...bare, converted_type: 'UTF8' } };
    case 'BOOLEAN':
      return as(String);
    case 'INT32':
      return as(converted === 'UINT_32' || isUnsigned(logical) ? (value) => String(Number(value) >>> 0) : String);
    case 'INT64':
      return as(
        converted === 'UINT_64' || isUnsigned(logical)
          ? (value) => String(BigInt.asUintN(64, toBigInt(value)))
          : String,
      );
    case 'INT96':
      // Times of old writers, in nanoseconds; the reader makes them a Date.
      return as((value) => (value instanceof Date ? iso(value.getTime(), true) : ''));
    case 'FLOAT':
      return as((value) => float(Number(value), 9));
    case 'DOUBLE':
      return as((value) => float(Number(value), 17));
    case 'FIXED_LEN_BYTE_ARRAY':
    case undefined:
      return null;
  }
}

function isUnsigned(logical: SchemaElement['logical_type']): boolean {
  return logical?.type === 'INTEGER' && !logical.isSigned;
}

function toBigInt(value: unknown): bigint {
  return typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value)));
}

/** The shortest digits that are this number; single precision has its own. */
function float(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '';
  if (digits > 9) return plainNumber(value);
  for (let n = digits - 3; n < digits; n++) {
    const short = Number(value.toPrecision(n));
    if (Math.fround(short) === value) return plainNumber(short);
  }
  return plainNumber(Number(value.toPrecision(digits)));
}

function decimal(value: unknown, scale: number): string {
  let whole = 0n;
  if (value instanceof Uint8Array) {
    for (const byte of value) whole = (whole << 8n) | BigInt(byte);
    whole = BigInt.asIntN(value.length * 8, whole);
  } else whole = toBigInt(value);
  const minus = whole < 0n ? '-' : '';
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0');
  return scale === 0 ? minus + digits : `${minus}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A time with an offset where the file knows one, else the workspace's. */
function instant(ms: bigint, utc: boolean): string {
  return iso(Number(ms), utc);
}

function iso(ms: number, utc: boolean): string {
  const at = new Date(ms);
  // Beyond what a calendar holds it is a number, which no column of times takes.
  if (Number.isNaN(at.getTime())) return String(ms);
  return utc ? at.toISOString() : at.toISOString().slice(0, -1).replace('T', ' ');
}

function isoDay(days: number): string {
  return iso(days * DAY_MS, true).slice(0, 10);
}

function clock(ms: bigint): string {
  return iso(Number(ms), true).slice(11, -1);
}
