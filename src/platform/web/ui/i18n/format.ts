import type { Language } from '@touchstone/domain/languages';
import { localeOf, USUAL_WAYS, type Ways } from './ways.ts';

/** Numbers, days and moments in the words of one language. Days are `YYYY-MM-DD`; moments RFC 3339, shown in `zone`. */
export interface Format {
  readonly language: Language;
  /** With the reader's digits and calendar, for formats of the browser that are not here. */
  readonly locale: string;
  readonly calendar: 'gregorian' | 'persian';
  /** A number without any sign between its digits: a year. */
  plain(value: number): string;
  /** At most `digits` decimals (2); always that many with `fixed`. */
  number(value: number, digits?: number, fixed?: boolean): string;
  /** `+0.21`, `−2.13`: with its sign, zero without one. */
  signed(value: number, digits?: number): string;
  /** A share of 0–1 as per cent: `7.2 %`. */
  percent(share: number, digits?: number, fixed?: boolean): string;
  day(day: string): string;
  /** The month of the Gregorian calendar that a day lies in: by another calendar the two months it takes part in. */
  month(day: string): string;
  /** `1 Sep 2017 – 31 Aug 2018`; both ends are in it. */
  dayRange(first: string, last: string): string;
  moment(at: string, zone?: string): string;
  dayOf(at: string, zone?: string): string;
  /** A time of day such as `06:30`, as it is said. */
  clock(time: string): string;
  /** Weekdays by number, 0 is Sunday, in the order of the week. */
  readonly week: readonly number[];
  weekday(no: number): string;
  money(amount: string, currency: string): string;
  bytes(count: number): string;
  /** `3 minutes`, rounded to what a reader needs. */
  duration(seconds: number): string;
  list(items: readonly string[]): string;
  regionName(code: string): string;
  languageName(code: string): string;
}

/** Persian takes its own digits and calendar from its locale, unless the reader likes others; nothing here is decided by a page. */
export function makeFormat(language: Language, ways: Pick<Ways, 'digits' | 'calendar'> = USUAL_WAYS): Format {
  const locale = localeOf(language, ways);
  const plain = new Map<string, Intl.NumberFormat>();
  const numberFormat = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    const known = plain.get(key) ?? new Intl.NumberFormat(locale, options);
    plain.set(key, known);
    return known;
  };
  const dayFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const monthFormat = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' });
  const monthNameFormat = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const yearFormat = new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: 'UTC' });
  const clockFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });
  const weekdayFormat = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const calendar = monthFormat.resolvedOptions().calendar === 'persian' ? 'persian' : 'gregorian';
  // The browser tells a range by the months of the Gregorian calendar, whatever the calendar it writes.
  const twoMonths = (at: Date): string => {
    const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
    const [first, last] = [new Date(Date.UTC(year, month, 1)), new Date(Date.UTC(year, month + 1, 0))];
    const yearOf = (date: Date): string => yearFormat.format(date);
    const begins = yearOf(first) === yearOf(last) ? monthNameFormat.format(first) : monthFormat.format(first);
    return `${begins} – ${monthFormat.format(last)}`;
  };
  const firstDay = language === 'fa' ? 6 : 1;
  const asDate = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`);
  const unit = (value: number, name: string): string =>
    numberFormat({ style: 'unit', unit: name, unitDisplay: 'long', maximumFractionDigits: 0 }).format(value);
  const named = (type: 'region' | 'language', code: string): string => {
    try {
      return new Intl.DisplayNames(locale, { type }).of(code) ?? code;
    } catch {
      return code;
    }
  };
  return {
    language,
    locale,
    calendar,
    plain: (value) => numberFormat({ useGrouping: false, maximumFractionDigits: 0 }).format(value),
    number: (value, digits = 2, fixed = false) =>
      numberFormat({ maximumFractionDigits: digits, minimumFractionDigits: fixed ? digits : 0 })
        .format(value)
        .replace('-', '−'),
    signed: (value, digits = 2) =>
      numberFormat({ maximumFractionDigits: digits, minimumFractionDigits: digits, signDisplay: 'exceptZero' })
        .format(value)
        .replace('-', '−'),
    percent: (share, digits = 1, fixed = false) =>
      numberFormat({
        style: 'percent',
        maximumFractionDigits: digits,
        minimumFractionDigits: fixed ? digits : 0,
      }).format(share),
    day: (day) => dayFormat.format(asDate(day)),
    month: (day) => (calendar === 'gregorian' ? monthFormat.format(asDate(day)) : twoMonths(asDate(day))),
    dayRange: (first, last) => dayFormat.formatRange(asDate(first), asDate(last)),
    moment: (at, zone) =>
      new Intl.DateTimeFormat(locale, {
        dateStyle: 'medium',
        timeStyle: 'short',
        ...(zone === undefined ? {} : { timeZone: zone }),
      }).format(new Date(at)),
    dayOf: (at, zone) =>
      new Intl.DateTimeFormat(locale, {
        dateStyle: 'medium',
        ...(zone === undefined ? {} : { timeZone: zone }),
      }).format(new Date(at)),
    clock: (time) => clockFormat.format(new Date(`1970-01-01T${time}:00Z`)),
    week: Array.from({ length: 7 }, (_, i) => (firstDay + i) % 7),
    // The fourth of January 1970 was a Sunday.
    weekday: (no) => weekdayFormat.format(new Date(Date.UTC(1970, 0, 4 + no))),
    money: (amount, currency) => numberFormat({ style: 'currency', currency }).format(Number(amount)),
    bytes: (count) => {
      const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
      const step = count < 1 ? 0 : Math.min(3, Math.floor(Math.log10(count) / 3));
      return numberFormat({
        style: 'unit',
        unit: units[step] ?? 'byte',
        unitDisplay: step === 0 ? 'long' : 'short',
        maximumFractionDigits: step === 0 ? 0 : 1,
      }).format(count / 1000 ** step);
    },
    duration: (seconds) => {
      if (seconds < 60) return unit(Math.max(1, Math.round(seconds)), 'second');
      if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute');
      return unit(Math.round(seconds / 3600), 'hour');
    },
    list: (items) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
    regionName: (code) => named('region', code),
    languageName: (code) => named('language', code),
  };
}
