import type { Interval } from '@touchstone/domain/calendar';
import { fromLeft } from '../../../platform/web/ui/i18n/apart.ts';
import type { Format, Tone, Translate } from '../../../platform/web/ui/index.ts';
import type { Difference, Figure } from '../contract.ts';
import type { Unit } from '../vocabulary.ts';

/** Decimals of a value, and of its interval, in the unit it is shown in. */
const DIGITS: Readonly<Record<Unit, number>> = { points: 0, share: 1, stars: 2, effort: 2, days: 1, count: 0 };

export interface Writer {
  /** `4.08`, `7.2 %`, `41`. */
  value(value: number): string;
  /** Without its sign of per cent: what follows a ±. */
  half(half: number): string;
  /** `+0.21`, `−1.1`: shares in percentage points. */
  signed(difference: number): string;
  /** The size of a difference, without its sign. */
  size(difference: number): string;
  /** For the side of a chart: no needless zeros. */
  tick(value: number): string;
  /** With as many digits as this half of an interval needs: 3.60 beside ± 0.02, and never ± 0.0. */
  beside(half: number | undefined): Writer;
}

/** Digits more than usual that a narrow interval may take. */
const MORE_DIGITS = 3;

export function writerOf(unit: Unit, format: Format): Writer {
  return writerIn(unit, format, DIGITS[unit]);
}

function writerIn(unit: Unit, format: Format, digits: number): Writer {
  const scale = unit === 'share' ? 100 : 1;
  // Two decimals of stars are always shown, so that columns align; elsewhere zeros say nothing.
  const fixed = unit !== 'count';
  return {
    value: (value) => (unit === 'share' ? format.percent(value, digits, true) : format.number(value, digits, fixed)),
    half: (half) => format.number(half * scale, digitsFor(half * scale, digits), fixed),
    signed: (difference) => format.signed(difference * scale, digits),
    size: (difference) => format.number(Math.abs(difference) * scale, digits, fixed),
    tick: (value) => (unit === 'share' ? format.percent(value, digits) : format.number(value, digits)),
    beside: (half) => writerIn(unit, format, half === undefined ? digits : digitsFor(half * scale, digits)),
  };
}

/** So many that a size which is some is not rounded to nothing. */
function digitsFor(size: number, digits: number): number {
  const fits = [digits, digits + 1, digits + 2].find((some) => Number(size.toFixed(some)) > 0);
  return size > 0 ? (fits ?? digits + MORE_DIGITS) : digits;
}

/** Half of an interval that need not lie even about its value: the longer side. */
export function halfOf(figure: Pick<Figure, 'value' | 'low' | 'high'>): number | undefined {
  const { value, low, high } = figure;
  return value === null || low === null || high === null ? undefined : Math.max(high - value, value - low);
}

/** `4.08 ± 0.04`, kept together and read from the left in a sentence of any direction. */
export function withHalf(writer: Writer, figure: Pick<Figure, 'value' | 'low' | 'high'>): string {
  const half = halfOf(figure);
  const value = figure.value === null ? '–' : writer.beside(half).value(figure.value);
  return half === undefined ? value : fromLeft(`${value}\u00a0±\u00a0${writer.half(half)}`);
}

/** `−0.10, between −0.23 and +0.05`. */
export function differenceWords(
  writer: Writer,
  { value, low, high }: Pick<Difference, 'value' | 'low' | 'high'>,
  t: Translate,
): string {
  const written = (of: number): string => fromLeft(writer.signed(of));
  return t('metrics.evidence.interval', { value: written(value), low: written(low), high: written(high) });
}

/** What a stretch of time is called on an axis. */
export function bucketWords(at: string, interval: Interval, format: Format): string {
  return interval === 'day' || interval === 'week' ? format.day(at) : format.month(at);
}

/** What a difference is said in: NPS in points, stars and effort in points of their scale, shares in percentage points. */
const SIZES = {
  points: 'metrics.size.points',
  stars: 'metrics.size.score',
  effort: 'metrics.size.score',
  share: 'metrics.size.share',
  days: 'metrics.size.days',
  count: 'metrics.size.points',
} as const satisfies Readonly<Record<Unit, string>>;

/**
 * The size of a difference as it stands after "by": `0.31 points`, `1 day`. In Russian, Polish and Slovene it is in the
 * accusative, as на, o and za want it. Never "0 points" of a difference that is some.
 */
export function sizeWords(unit: Unit, difference: number, t: Translate): string {
  const exact = Math.abs(difference) * (unit === 'share' ? 100 : 1);
  const rounded = [DIGITS[unit], DIGITS[unit] + 1, 2].map((digits) => Number(exact.toFixed(digits)));
  return t(SIZES[unit], { count: rounded.find((size) => size > 0) ?? 0 });
}

/** From the lowest to the highest there can be; of an open scale there is no such thing. */
const SPANS: Readonly<Partial<Record<Unit, number>>> = { points: 200, share: 1, stars: 4, effort: 6 };
const MUCH = 0.05;

/** Whether a difference is one to raise an alarm for: a twentieth of the scale. */
export function isMuch(unit: Unit, difference: number): boolean {
  return Math.abs(difference) >= MUCH * (SPANS[unit] ?? 0);
}

/** Whether a difference is good news; what its interval does not carry is neither. */
export function toneOf(difference: Pick<Difference, 'verdict'>, higherIsBetter: boolean | null): Tone {
  if (difference.verdict === 'unclear' || higherIsBetter === null) return 'neither';
  return (difference.verdict === 'higher') === higherIsBetter ? 'better' : 'worse';
}

/**
 * What one comparison picked out of so many comes to. `picked`: clear by itself, and no longer once all that could have
 * been picked are thought of (Bonferroni: the p-value times their number).
 */
export function pickedVerdict(
  difference: Pick<Difference, 'verdict' | 'p'>,
  among: number,
): 'higher' | 'lower' | 'unclear' | 'picked' {
  const { verdict, p } = difference;
  if (verdict === 'unclear') return 'unclear';
  return p * among < 0.05 ? verdict : 'picked';
}

/** How many pairs so many groups make; at least one. */
export function pairsOf(groups: number): number {
  return Math.max(1, (groups * (groups - 1)) / 2);
}
