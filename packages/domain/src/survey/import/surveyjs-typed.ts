import type { Question } from '../document.ts';
import { compilePattern } from '../pattern.ts';
import { type Json, isDay, numberOf, present, recordsOf, stringOf, wholeOf } from './reading.ts';
import type { Base, Lent } from './surveyjs-choosing.ts';

export function lengths(element: Json, name: string, { draft, local }: Lent) {
  const text = recordsOf(element['validators']).find((one) => one['type'] === 'text') ?? {};
  return present({
    minLength: wholeOf(text['minLength'], 1, 10_000),
    maxLength: wholeOf(text['maxLength'], 1, 10_000) ?? wholeOf(element['maxLength'], 1, 10_000),
    placeholder: draft.text(local(element['placeholder'] ?? element['placeHolder']), name),
  });
}

/** Validators that are not read where the question is made. */
export function rules(element: Json, name: string, { draft }: Lent): void {
  for (const one of recordsOf(element['validators'])) {
    const type = stringOf(one['type']);
    if (type === 'expression') draft.leave('validation', name, stringOf(one['expression']));
    else if (!READ.has(type)) draft.leave('validation', name, type);
  }
}
const READ = new Set(['text', 'numeric', 'email', 'regex', 'answercount']);

export function typed(base: Base, element: Json, name: string, lent: Lent): Question {
  const { draft } = lent;
  const validators = recordsOf(element['validators']);
  const has = (type: string): Json | undefined => validators.find((one) => one['type'] === type);
  const input = stringOf(element['inputType']).toLowerCase();
  rules(element, name, lent);
  const { minLength, maxLength, placeholder } = lengths(element, name, lent);
  const hint = present({ placeholder });
  if (input === 'email' || has('email') !== undefined) return { ...base, kind: 'email', ...hint };
  if (input === 'tel') return { ...base, kind: 'phone', ...hint };
  const numeric = has('numeric');
  if (input === 'number' || input === 'range' || numeric !== undefined) {
    const [min, max] = [
      numberOf(element['min'] ?? numeric?.['minValue']),
      numberOf(element['max'] ?? numeric?.['maxValue']),
    ];
    const step = stepOf(element);
    if (input === 'range' && min !== undefined && max !== undefined)
      return { ...base, kind: 'slider', from: min, to: max, ...present({ step }) };
    const decimals =
      step !== undefined && step > 0 && step < 1
        ? Math.min(6, Math.ceil(-Math.log10(step)))
        : step === undefined
          ? 2
          : undefined;
    return { ...base, kind: 'number', ...present({ min, max, decimals }) };
  }
  if (input === 'date') {
    const [min, max] = [element['min'], element['max']];
    return {
      ...base,
      kind: 'date',
      ...present({ min: isDay(min) ? min : undefined, max: isDay(max) ? max : undefined }),
    };
  }
  if (input !== '' && input !== 'text') draft.leave('validation', name, input);
  const wanted = has('regex');
  const pattern = wanted === undefined ? undefined : patternOf(stringOf(wanted['regex']));
  if (wanted !== undefined && pattern === undefined) draft.leave('pattern', name, stringOf(wanted['regex']));
  const patternHint = pattern === undefined ? undefined : draft.text(lent.local(wanted?.['text']), name);
  return { ...base, kind: 'shortText', ...present({ minLength, maxLength, placeholder, pattern, patternHint }) };
}

export function stepOf(element: Json): number | undefined {
  const step = numberOf(element['step']);
  return step !== undefined && step >= 1e-6 ? step : undefined;
}

/** A regular expression of whole texts as a pattern; undefined where it is more than that. */
export function patternOf(regex: string): string | undefined {
  if (!regex.startsWith('^') || !/(?<!\\)\$$/u.test(regex)) return undefined;
  const plain = regex.slice(1, -1);
  return plain !== '' && plain.length <= 500 && compilePattern(plain) !== undefined ? plain : undefined;
}
