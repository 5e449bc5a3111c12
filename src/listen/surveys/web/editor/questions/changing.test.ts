import { prepare, type Question, type QuestionKind, type SurveyDocument, walk } from '@touchstone/domain/survey';
import { analyse, parseSurvey } from '@touchstone/domain/survey/design';
import { describe, expect, test } from 'vitest';
import { blankSurvey } from '../../blank.ts';
import {
  dropped,
  insertQuestion,
  linesOf,
  movePage,
  moveQuestion,
  removeQuestion,
  stepQuestion,
  withChoice,
  withQuestion,
  withText,
} from './changing.ts';
import { FIELDS, KIND_GROUPS, withSetting } from './kinds.ts';
import { asKind, copyOfPage, type Draw, freshId, idsOf, newPage, newQuestion } from './making.ts';

/** Draws that differ, the same in every run. */
function draws(): Draw {
  let at = 0;
  return () => ((at++ * 7_919) % 1_000) / 1_000;
}

const WORDS = {
  title: { nps: 'How likely?' },
  choice: (number: number) => `Choice ${number}`,
  row: (number: number) => `Statement ${number}`,
  agreement: ['1', '2', '3', '4', '5'],
  agree: 'Yes',
};
const KINDS: readonly QuestionKind[] = Object.values(KIND_GROUPS).flat();
const question = (id: string): Question => ({ id, kind: 'longText', title: { en: id } });
const document: SurveyDocument = {
  ...blankSurvey('Parcel', 'en', 'Thank you'),
  pages: [
    { id: 'p1', questions: [question('a'), question('b')] },
    { id: 'p2', questions: [question('c')] },
    { id: 'p3', questions: [] },
  ],
};
const shape = ({ pages }: SurveyDocument): string =>
  pages.map(({ id, questions }) => [id, ...questions.map((one) => one.id)].join(' ')).join(' | ');

describe('[SQ33] pages and questions change places', () => {
  test.each([
    ['b', { page: 0, at: 0 }, 'p1 b a | p2 c | p3'],
    ['a', { page: 0, at: 2 }, 'p1 b a | p2 c | p3'],
    ['a', { page: 1, at: 1 }, 'p1 b | p2 c a | p3'],
    ['c', { page: 2, at: 0 }, 'p1 a b | p2 | p3 c'],
  ])('%s before %o', (id, to, expected) => {
    expect(shape(moveQuestion(document, id, to))).toBe(expected);
  });

  test('nothing changes where nothing is moved', () => {
    expect(moveQuestion(document, 'a', { page: 0, at: 0 })).toBe(document);
    expect(moveQuestion(document, 'a', { page: 0, at: 1 })).toBe(document);
    expect(moveQuestion(document, 'a', { page: 9, at: 0 })).toBe(document);
    expect(movePage(document, 0, -1)).toBe(document);
    expect(stepQuestion(document, 'a', -1)).toBe(document);
  });

  test('step by step, from page to page', () => {
    let now = document;
    const seen: string[] = [];
    for (let i = 0; i < 4; i++) seen.push(shape((now = stepQuestion(now, 'a', 1))));
    expect(seen).toEqual(['p1 b a | p2 c | p3', 'p1 b | p2 a c | p3', 'p1 b | p2 c a | p3', 'p1 b | p2 c | p3 a']);
    expect(stepQuestion(now, 'a', 1)).toBe(now);
    for (let i = 0; i < 4; i++) now = stepQuestion(now, 'a', -1);
    expect(shape(now)).toBe(shape(document));
  });

  test.each([
    [1, 0, 'p1 a b | p2 c | p3'],
    [1, 3, 'p1 b a | p2 c | p3'],
    [1, 4, 'p1 b | p2 a c | p3'],
    [1, 6, 'p1 b | p2 c | p3 a'],
    [2, 0, 'p1 b a | p2 c | p3'],
    [3, 0, 'p2 c | p1 a b | p3'],
    [0, 4, 'p2 c | p1 a b | p3'],
    [0, 2, 'p1 a b | p2 c | p3'],
    [5, 1, 'p1 a b | p3 | p2 c'],
  ])('the row %i is dropped before the row %i', (from, gap, expected) => {
    expect(shape(dropped(document, from, gap))).toBe(expected);
  });
});

describe('[SQ33] questions of every kind are added and changed', () => {
  test('all kinds are offered, each once', () => {
    expect(KINDS.toSorted()).toEqual(Object.keys(FIELDS).toSorted());
  });

  test.each(KINDS)('a new %s is taken by the server and shown', (kind) => {
    const made = newQuestion(document, kind, WORDS, draws());
    const next = insertQuestion(document, { page: 2, at: 0 }, withSetting(made, 'title', { en: 'What?' }));
    const parsed = parseSurvey(next);
    expect(parsed.problems).toEqual([]);
    expect(analyse(next).findings).toEqual([]);
    expect(walk(prepare(next), {}, { language: 'en', seed: '' }).shown.has(made.id)).toBe(true);
  });

  test.each(KINDS)('any question is turned into a %s, and keeps what both have', (kind) => {
    for (const from of KINDS) {
      const before = withSetting(newQuestion(document, from, WORDS, draws()), 'help', { en: 'Help' });
      const after = asKind(before, kind, newQuestion(document, kind, WORDS, draws()));
      expect(after).toMatchObject({ id: before.id, kind, help: { en: 'Help' } });
      const whole = insertQuestion(document, { page: 0, at: 0 }, withSetting(after, 'title', { en: 'What?' }));
      expect(parseSurvey(whole).problems).toEqual([]);
    }
  });

  test('ids are never those of others', () => {
    const [taken, others] = [draws(), draws()];
    const first = freshId('q', new Set(), taken);
    expect(freshId('q', new Set([first]), others)).not.toBe(first);
    const copy = copyOfPage(document, document.pages[0] ?? newPage(document, Math.random), draws());
    expect(new Set([...idsOf(document), ...idsOf({ pages: [copy], endings: [] })]).size).toBe(7 + 3);
  });

  test('one is changed, and taken away', () => {
    const changed = withQuestion(document, { ...question('c'), required: true });
    expect(changed.pages[1]?.questions[0]).toMatchObject({ id: 'c', required: true });
    expect(changed.pages[0]).toBe(document.pages[0]);
    expect(shape(removeQuestion(document, 'b'))).toBe('p1 a | p2 c | p3');
    expect(removeQuestion(document, 'nobody')).toBe(document);
  });

  test('texts and choices lose what is emptied, and nothing else', () => {
    expect(withText({ en: 'a', fa: 'b' }, 'en', '')).toEqual({ fa: 'b' });
    expect(withText(undefined, 'en', 'a')).toEqual({ en: 'a' });
    expect(withText({ en: 'a' }, 'en', '')).toBeUndefined();
    const choices = [{ id: 'c1', text: { en: 'One' }, words: true as const }];
    expect(withChoice(choices, 0, { value: 2 })).toEqual([{ ...choices[0], value: 2 }]);
    expect(withChoice(choices, 0, { words: undefined })).toEqual([{ id: 'c1', text: { en: 'One' } }]);
    expect(linesOf(' One \r\n\nTwo\n')).toEqual(['One', 'Two']);
  });
});
