/** What a number of a spreadsheet stands for, by the format its cell is shown in. */
export type SheetNumber = 'number' | 'date' | 'time' | 'datetime' | 'duration';

/** Formats that have no code in the file (ECMA-376 part 1, 18.8.30, and those of East Asian versions). */
function builtIn(id: number): SheetNumber {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47) return 'time';
  if (id === 22) return 'datetime';
  return id === 46 ? 'duration' : 'number';
}

/**
 * @param id the format's number
 * @param code how it is written (`dd/mm/yyyy hh:mm`), where the file says so
 */
export function sheetNumber(id: number, code: string | undefined): SheetNumber {
  if (code === undefined) return builtIn(id);
  const positive = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';', 1)[0] ?? '';
  if (/\[(h+|m+|s+)\]/i.test(positive)) return 'duration';
  const letters = positive.replace(/\[[^\]]*\]/g, '').replace(/general|am\/pm|a\/p/gi, '');
  const time = /[hs]/i.test(letters);
  const date = /[yd]/i.test(letters) || (/m/i.test(letters) && !time);
  if (date) return time ? 'datetime' : 'date';
  return time ? 'time' : 'number';
}

const DAY_MS = 86_400_000;
/** The last day of the year 9999. */
const LAST_DAY = 2_958_465;

const two = (n: number): string => String(n).padStart(2, '0');

function clock(ms: number): string {
  const rest = ms % 1000;
  const s = Math.floor(ms / 1000);
  const text = `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return rest === 0 ? text : `${text}.${String(rest).padStart(3, '0')}`;
}

/**
 * A number of a spreadsheet as text: `2010-12-01 08:26:00` for a time, which has no zone; else the number as the
 * spreadsheet shows it, which keeps 15 digits. Text that is no number comes back as it is.
 * @param epoch1904 whether days are counted from 1904 (old workbooks of the Macintosh) instead of 1900
 */
export function sheetValue(raw: string, what: SheetNumber, epoch1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (what === 'number') return numberText(value, raw.trim());
  if (value < 0 || value > LAST_DAY) return numberText(value, raw.trim());
  const ms = Math.round(value * DAY_MS);
  if (what === 'duration' || (what === 'time' && ms < DAY_MS)) return clock(ms);
  const day = Math.floor(ms / DAY_MS);
  const within = ms % DAY_MS;
  const date = dayText(day, epoch1904);
  return what === 'date' && within === 0 ? date : `${date} ${clock(within)}`;
}

function dayText(day: number, epoch1904: boolean): string {
  // Lotus took 1900 for a leap year, and every spreadsheet since has day 60 that never was.
  if (!epoch1904 && day === 60) return '1900-02-29';
  const from = epoch1904 ? Date.UTC(1904, 0, 1) : day < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  return new Date(from + day * DAY_MS).toISOString().slice(0, 10);
}

/** Without an exponent, which columns of numbers are not read with. */
export function plainNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  const [digits = '', power = '0'] = text.split('e');
  const minus = digits.startsWith('-') ? '-' : '';
  const [whole = '', part = ''] = digits.replace('-', '').split('.');
  const at = whole.length + Number(power);
  const all = whole + part;
  if (at <= 0) return `${minus}0.${'0'.repeat(-at)}${all}`;
  return minus + (at >= all.length ? all.padEnd(at, '0') : `${all.slice(0, at)}.${all.slice(at)}`);
}

function numberText(value: number, raw: string): string {
  if (Number.isInteger(value)) return /^-?\d+$/.test(raw) ? raw : plainNumber(value);
  return plainNumber(Number(value.toPrecision(15)));
}

/** The column of a cell's name, from 0: `AB12` is 27. Null for what is no name. */
export function sheetColumn(name: string): number | null {
  let column = 0;
  let i = 0;
  for (; i < name.length; i++) {
    const c = name.charCodeAt(i);
    if (c < 65 || c > 90) break;
    column = column * 26 + (c - 64);
  }
  return i === 0 || i > 3 ? null : column - 1;
}

/** `_x000D_` is how a workbook writes letters that XML has none for. */
export function sheetText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A line of CSV in the plainest writing: commas, and quotation marks where they are needed. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((c) => (/[",\r\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(',')}\n`;
}
