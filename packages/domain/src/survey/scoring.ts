import type { Answer } from './answers.ts';
import { type Offer, scaleOf } from './check.ts';
import type { Choice, Score, ScorePart } from './document.ts';
import { isList, valueOf } from './fields.ts';

/** What was offered and what was answered. */
export interface Given extends Offer {
  readonly answer: Answer | undefined;
}

/** A number on its scale; without ends where it has none. */
export interface Measured {
  readonly value: number;
  readonly from?: number;
  readonly to?: number;
}

/**
 * The number an answer, or a row of it, stands for: the point on a scale; the values of what was chosen, summed; the mean
 * of the rows of a Likert scale; the part of a constant sum; in a MaxDiff, how often best less how often worst.
 * Undefined where it stands for none.
 */
export function measure(given: Given, row?: string): Measured | undefined {
  const { question, answer, choices } = given;
  if (answer === undefined) return undefined;
  const scale = scaleOf(question);
  if (scale !== undefined)
    return typeof answer === 'number' ? { value: answer, from: scale.from, to: scale.to } : undefined;
  if (question.kind === 'number')
    return typeof answer === 'number' ? { value: answer, ...ends(question.min, question.max) } : undefined;
  if (question.kind === 'matrix') return ofRows(given, row, question.multiple === true);
  if (question.kind === 'constantSum') {
    if (row === undefined || !choices.some((choice) => choice.id === row)) return undefined;
    const part = valueOf(question, answer, row);
    return { value: typeof part === 'number' ? part : 0, from: 0, to: question.total };
  }
  if (question.kind === 'maxdiff') {
    const value = row === undefined ? undefined : valueOf(question, answer, row);
    const seen = given.sets.filter((set) => row !== undefined && set.includes(row)).length;
    return typeof value === 'number' && seen > 0 ? { value, from: -seen, to: seen } : undefined;
  }
  if (question.kind === 'ranking') return undefined;
  return ofChosen(
    given,
    row,
    question.kind === 'multiple' || (question.kind === 'picture' && question.multiple === true),
  );
}

function ofRows(given: Given, row: string | undefined, several: boolean): Measured | undefined {
  const rows = row === undefined ? given.rows.map((one) => one.id) : [row];
  const all = rows.flatMap((id) => ofChosen(given, id, several) ?? []);
  if (all.length === 0) return undefined;
  const mean = all.reduce((sum, one) => sum + one.value, 0) / all.length;
  return { ...valuesRange(given.choices, several), value: mean };
}

function ofChosen(
  { question, answer, choices }: Given,
  row: string | undefined,
  several: boolean,
): Measured | undefined {
  const ids = answer === undefined ? undefined : valueOf(question, answer, row);
  if (!isList(ids)) return undefined;
  const values = choices.flatMap((choice) =>
    ids.includes(choice.id) && choice.value !== undefined ? [choice.value] : [],
  );
  if (values.length === 0) return undefined;
  return { ...valuesRange(choices, several), value: values.reduce((a, b) => a + b) };
}

function valuesRange(choices: readonly Choice[], several: boolean): { readonly from: number; readonly to: number } {
  const values = choices.flatMap((choice) => choice.value ?? []);
  if (!several) return { from: Math.min(...values), to: Math.max(...values) };
  const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
  return { from: sum(values.filter((value) => value < 0)), to: sum(values.filter((value) => value > 0)) };
}

function ends(from: number | undefined, to: number | undefined): Omit<Measured, 'value'> {
  return from === undefined || to === undefined ? {} : { from, to };
}

export interface ScoreValue {
  /** Undefined where nothing it is made of was answered, or one side of a difference alone. */
  readonly value: number | undefined;
  /** How many numbers it is made of. */
  readonly n: number;
}

/**
 * A score from what was answered; of a question in a loop, of every round. A sum that takes some answers from others has a
 * value where both were answered: one side alone is no difference.
 */
export function scoreOf(score: Score, given: readonly Given[]): ScoreValue {
  if (score.how === 'sum' && isHalf(score.of, given)) return { value: undefined, n: 0 };
  let [sum, weights, n] = [0, 0, 0];
  for (const part of score.of) {
    const weight = part.weight ?? 1;
    for (const one of given) {
      const value = one.question.id === part.question ? partValue(one, part, score.how === 'percent') : undefined;
      if (value === undefined) continue;
      sum += (score.how === 'percent' ? Math.abs(weight) : weight) * value;
      weights += Math.abs(weight);
      n++;
    }
  }
  if (n === 0 || (score.how !== 'sum' && weights === 0)) return { value: undefined, n: 0 };
  return { value: score.how === 'sum' ? sum : sum / weights, n };
}

function isHalf(parts: readonly ScorePart[], given: readonly Given[]): boolean {
  const sides = [parts.filter((part) => (part.weight ?? 1) > 0), parts.filter((part) => (part.weight ?? 1) < 0)];
  if (sides.some((side) => side.length === 0)) return false;
  return sides.some((side) => !side.some((part) => given.some((one) => isGiven(one, part))));
}

/** Whoever chose nothing that has a value has answered too. */
function isGiven(given: Given, part: ScorePart): boolean {
  if (given.question.id !== part.question) return false;
  return partValue(given, part, false) !== undefined || (given.answer !== undefined && 'choices' in given.question);
}

function partValue(given: Given, part: ScorePart, inPercent: boolean): number | undefined {
  const measured = measure(given, part.row);
  if (measured === undefined) return undefined;
  const { value, from, to } = measured;
  if (part.reversed !== true && !inPercent) return value;
  if (from === undefined || to === undefined || from === to) return undefined;
  const turned = part.reversed === true ? from + to - value : value;
  return inPercent ? ((turned - from) / (to - from)) * 100 : turned;
}
