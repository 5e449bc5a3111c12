import type { QuestionResult, Results } from '../contract.ts';

/** What the page says first: the score of the survey, else what most chose, else how many answered. */
export type Finding =
  | { readonly kind: 'none' | 'hidden' }
  | { readonly kind: 'count'; readonly n: number }
  | {
      readonly kind: 'nps' | 'mean';
      readonly question: QuestionResult;
      readonly value: number;
      readonly half: number | null;
      readonly n: number;
    }
  | { readonly kind: 'most'; readonly question: QuestionResult; readonly label: string; readonly share: number };

const SCORES: readonly string[] = ['nps', 'csat', 'ces', 'rating'];

export function findingOf({ reason, counts, questions }: Pick<Results, 'reason' | 'counts' | 'questions'>): Finding {
  if (reason !== null) return { kind: reason === 'hidden' ? 'hidden' : 'none' };
  const asked = questions.filter((one) => !one.removed && one.round === '' && one.reason === null);
  const scores = asked.filter(({ kind, figure }) => SCORES.includes(kind) && figure?.value !== null);
  const score = SCORES.map((kind) => scores.find((one) => one.kind === kind)).find((one) => one !== undefined);
  const value = score?.figure?.value;
  if (score !== undefined && value !== null && value !== undefined) {
    const n = score.figure?.n ?? score.answered;
    return { kind: score.kind === 'nps' ? 'nps' : 'mean', question: score, value, half: halfOf(score.figure), n };
  }
  for (const question of asked) {
    if (question.kind !== 'single' && question.kind !== 'dropdown' && question.kind !== 'multiple') continue;
    const most = question.options
      .filter((option) => option.value !== null)
      .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))[0];
    if (most?.value !== null && most?.value !== undefined)
      return { kind: 'most', question, label: most.label, share: most.value };
  }
  return { kind: 'count', n: counts.complete + counts.partial };
}

/** Half of an interval: its longer side. */
export function halfOf(
  figure: { readonly value: number | null; readonly low: number | null; readonly high: number | null } | null,
): number | null {
  if (figure === null || figure.value === null || figure.low === null || figure.high === null) return null;
  return Math.max(figure.high - figure.value, figure.value - figure.low);
}
