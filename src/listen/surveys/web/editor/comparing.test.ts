import type { Question, SurveyDocument } from '@touchstone/domain/survey';
import { expect, test } from 'vitest';
import { blankSurvey } from '../blank.ts';
import { compared } from './comparing.ts';

const question = (id: string, title = id): Question => ({ id, kind: 'nps', title: { en: title } });
const document = (...pages: readonly (readonly Question[])[]): SurveyDocument => ({
  ...blankSurvey('Parcel', 'en', 'Thank you'),
  pages: pages.map((questions, i) => ({ id: `p${i}`, questions })),
});
const told = (before: SurveyDocument, after: SurveyDocument) => {
  const { added, removed, altered, moved, around } = compared(before, after);
  const ids = (list: readonly Question[]): string => list.map(({ id }) => id).join(' ');
  return [ids(added), ids(removed), ids(altered), moved, around];
};

test('[SQ34] what is other than what was published is told: new, gone, changed, moved, and what stands around', () => {
  const before = document([question('a'), question('b')], [question('c')]);
  expect(told(before, before)).toEqual(['', '', '', false, false]);
  expect(told(before, document([question('a'), question('d')], [question('c')]))).toEqual(['d', 'b', '', false, false]);
  expect(told(before, document([question('a', 'other'), question('b')], [question('c')]))).toEqual(['', '', 'a', false, false]); // prettier-ignore
  expect(told(before, document([question('b'), question('a')], [question('c')]))).toEqual(['', '', '', true, false]);
  expect(told(before, document([question('a')], [question('b'), question('c')]))).toEqual(['', '', '', true, false]);
  expect(told(before, { ...before, title: { en: 'Box' } })).toEqual(['', '', '', false, true]);
  // As records keep it: properties in another order.
  const { title, id, kind } = question('a');
  const turned = { title, kind, id } as Question;
  expect(told(before, document([turned, question('b')], [question('c')]))).toEqual(['', '', '', false, false]);
});
