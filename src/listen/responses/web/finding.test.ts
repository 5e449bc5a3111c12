import { expect, test } from 'vitest';
import type { QuestionResult } from '../contract.ts';
import { findingOf } from './finding.ts';
import { responsesWeb } from './index.ts';

test('[RS4] of one survey no period is all of it, not the latest months of the workspace', () => {
  const page = responsesWeb.pages.find(({ path }) => path.endsWith('/results'));
  expect(page?.scoped).toBe('allTime');
});

const counts = { complete: 40, partial: 2, screenedOut: 0, overQuota: 0, open: 0 };
const question = (key: string, kind: string, more: Partial<QuestionResult> = {}): QuestionResult => ({
  key,
  questionId: key,
  kind,
  title: key,
  round: '',
  removed: false,
  shown: 42,
  answered: 40,
  few: false,
  reason: null,
  figure: null,
  scale: null,
  moods: [],
  options: [],
  hiddenOptions: false,
  items: [],
  numbers: null,
  typed: false,
  ...more,
});
const option = (id: string, n: number) => ({
  id,
  label: `The ${id}`,
  n,
  hidden: false,
  value: n / 40,
  low: 0,
  high: 1,
});
const find = (questions: readonly QuestionResult[], reason: 'no-answers' | 'hidden' | null = null) =>
  findingOf({ reason, counts, questions: [...questions] });

test('[RS8] the page opens with the score of the survey, else with what most chose, else with how many answered', () => {
  const stars = question('stars', 'rating', {
    figure: { value: 4.2, low: 4, high: 4.3, n: 37 },
    options: [option('none', 3)],
  });
  const nps = question('nps', 'nps', { figure: { value: 31, low: 20, high: 40, n: 40 } });
  const came = question('came', 'single', { options: [option('web', 12), option('shop', 28)] });
  expect(find([came, stars, nps])).toMatchObject({ kind: 'nps', value: 31, half: 11, n: 40 });
  const mean = find([came, stars]);
  expect(mean).toMatchObject({ kind: 'mean', value: 4.2, n: 37 });
  expect(mean.kind === 'mean' ? mean.half : null).toBeCloseTo(0.2, 9);
  expect(find([came])).toMatchObject({ kind: 'most', label: 'The shop', share: 0.7 });
  expect(
    find([
      { ...nps, reason: 'hidden', figure: null },
      { ...stars, removed: true },
    ]),
  ).toEqual({ kind: 'count', n: 42 });
  expect(find([], 'no-answers')).toEqual({ kind: 'none' });
  expect(find([], 'hidden')).toEqual({ kind: 'hidden' });
});
