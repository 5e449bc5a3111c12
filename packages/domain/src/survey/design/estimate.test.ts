import { expect, test } from 'vitest';
import type { Question, SurveyDocument } from '../index.ts';
import { estimateSeconds } from './index.ts';

test('[SD5] the time to answer grows with what is read, decided and typed', () => {
  const nps: Question = { id: 'q', kind: 'nps', title: { en: 'word '.repeat(238) } };
  const long: Question = { id: 'l', kind: 'longText', title: { en: '' }, showIf: { field: 'q', op: 'le', value: 6 } };
  const of = (...questions: Question[]): SurveyDocument => ({
    format: 1,
    languages: ['en', 'fa'],
    title: { en: 'x' },
    pages: [{ id: 'p', questions }],
    endings: [{ id: 'e', title: { en: 'x' } }],
  });
  // A minute of reading, and four seconds to decide.
  expect(estimateSeconds(of(nps), 'en')).toEqual({ shortest: 64, longest: 64 });
  // Twenty words at 36 a minute, and five seconds to think of them: only of those who are asked.
  expect(estimateSeconds(of(nps, long), 'fa')).toEqual({ shortest: 64, longest: 102 });
  expect(estimateSeconds(of(), 'en')).toEqual({ shortest: 0, longest: 0 });
});
