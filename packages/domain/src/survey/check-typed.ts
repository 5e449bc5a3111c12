import type { Question } from './document.ts';
import { compilePattern } from './pattern.ts';
import { type Checked, OPEN, fine, wrong } from './problems.ts';

export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export function checkScale(raw: number, scale: Scale | undefined): Checked {
  if (scale === undefined) return wrong('shape');
  const { from, to, step } = scale;
  const steps = (raw - from) / step;
  const fits = raw >= from && raw <= to && Math.abs(steps - Math.round(steps)) < 1e-9;
  return fits ? fine(raw) : wrong('outOfRange', { from, to });
}

export function checkNumber(question: Extract<Question, { kind: 'number' }>, raw: unknown): Checked {
  if (typeof raw !== 'number' || !Number.isFinite(raw) || Math.abs(raw) > 1e15) return wrong('shape');
  const { min, max, decimals = 0 } = question;
  if ((min !== undefined && raw < min) || (max !== undefined && raw > max)) {
    return wrong('outOfRange', {
      ...(min === undefined ? {} : { from: min }),
      ...(max === undefined ? {} : { to: max }),
    });
  }
  return Number(raw.toFixed(decimals)) === raw ? fine(raw) : wrong('decimals', { decimals });
}

/** What no store of JSON takes. */
// oxlint-disable-next-line no-control-regex
const UNKEPT = /[\u0000\p{Surrogate}]/gu;

export function keepable(text: string): string {
  return text.replace(UNKEPT, '');
}

/** Longest texts, in characters. */
export const SHORT = 500;
const LONG = 10_000;

/** Patterns made ready, each once for its question: they are asked for at every page. */
const PATTERNS = new WeakMap<Question, ReturnType<typeof compilePattern>>();

/** Undefined where the pattern is none. */
function fits(question: Question, pattern: string, text: string): boolean | undefined {
  if (!PATTERNS.has(question)) PATTERNS.set(question, compilePattern(pattern));
  return PATTERNS.get(question)?.(text);
}

type TextQuestion = Extract<Question, { kind: 'shortText' | 'longText' | 'email' | 'phone' | 'date' }>;

export function checkText(question: TextQuestion, raw: string, today: string | undefined): Checked {
  const text = keepable(raw);
  const bare = text.trim();
  if (bare === '') return OPEN;
  const longest = question.kind === 'longText' ? LONG : SHORT;
  const long = [...text].length;
  switch (question.kind) {
    case 'shortText':
    case 'longText': {
      const { minLength: least = 0, maxLength = longest } = question;
      const most = Math.min(maxLength, longest);
      if (long > most)
        return { answer: [...text].slice(0, most).join(''), problems: [{ code: 'tooLong', params: { most } }] };
      if (long < least) return { answer: text, problems: [{ code: 'tooShort', params: { least } }] };
      if (question.kind === 'longText' || question.pattern === undefined) return fine(text);
      return fits(question, question.pattern, bare) === false ? wrong('pattern') : fine(text);
    }
    case 'email':
      // What browsers take (HTML, "valid e-mail address"), with a dot behind the @.
      return long <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(\.[a-z\d-]+)+$/iu.test(bare)
        ? fine(bare)
        : wrong('email');
    case 'phone': {
      // E.164: 15 digits at most.
      const digits = bare.replace(/\P{Nd}/gu, '').length;
      return digits >= 5 && digits <= 15 && /^[\p{Nd}\s+().\-/]+$/u.test(bare) ? fine(bare) : wrong('phone');
    }
    case 'date':
      return checkDate(question, bare, today);
  }
}

function checkDate(question: Extract<Question, { kind: 'date' }>, raw: string, today: string | undefined): Checked {
  const from = question.min === 'today' ? today : question.min;
  const to = question.max === 'today' ? today : question.max;
  const inside = (from === undefined || raw >= from) && (to === undefined || raw <= to);
  if (isDay(raw) && inside) return fine(raw);
  return wrong('date', { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
}

/** Whether a text is a day of the Gregorian calendar, as 2026-01-31. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/u.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
