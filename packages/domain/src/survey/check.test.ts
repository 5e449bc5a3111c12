import { describe, expect, test } from 'vitest';
import { integer, pick, seeded } from '../random/index.ts';
import { type Choice, type Question, checkAnswer, compilePattern } from './index.ts';

const t = (en: string) => ({ en });
const choices = (...ids: string[]): Choice[] => ids.map((id) => ({ id, text: t(id) }));
const base = { id: 'q', title: t('Q') } as const;
const nothing = { code: 'required' };

/** Codes of what is wrong, each with its part and parameters; and what is taken of it. */
function check(question: Question, raw: unknown, today?: string) {
  const offer = {
    question,
    choices: 'choices' in question ? question.choices : question.kind === 'matrix' ? question.columns : [],
    rows: question.kind === 'matrix' ? question.rows : [],
    sets:
      question.kind === 'maxdiff'
        ? [
            ['a', 'b', 'c'],
            ['b', 'c', 'd'],
          ]
        : [],
  };
  const checked = checkAnswer(offer, raw, today);
  // What is taken once is taken again.
  if (checked.answer !== undefined) expect(checkAnswer(offer, checked.answer, today).answer).toEqual(checked.answer);
  return checked;
}

const many: Question = {
  ...base,
  kind: 'multiple',
  least: 2,
  most: 2,
  choices: [
    ...choices('a', 'b', 'c'),
    { id: 'o', text: t('Other'), words: true },
    { id: 'n', text: t('None'), exclusive: true },
  ],
};
const sum: Question = { ...base, kind: 'constantSum', choices: choices('a', 'b'), total: 100 };
const matrix: Question = {
  ...base,
  kind: 'matrix',
  rows: choices('r', 's'),
  columns: choices('1', '2'),
  required: true,
};
const maxdiff: Question = { ...base, kind: 'maxdiff', choices: choices('a', 'b', 'c', 'd'), required: true };
const file = { id: 'f1', name: 'a.png', bytes: 10, type: 'image/png' };

describe('answers', () => {
  test.each<[Question, unknown]>([
    [{ ...base, kind: 'nps' }, 0],
    [{ ...base, kind: 'nps' }, 10],
    [{ ...base, kind: 'csat', points: 3 }, 3],
    [{ ...base, kind: 'ces' }, 7],
    [{ ...base, kind: 'rating', from: -2, to: 2 }, -2],
    [{ ...base, kind: 'rating', from: 1, to: 5, none: t('n/a') }, 'none'],
    [{ ...base, kind: 'slider', from: 0, to: 1, step: 0.1 }, 0.7],
    [{ ...base, kind: 'single', choices: choices('a') }, { chosen: ['a'] }],
    [{ ...base, kind: 'dropdown', choices: choices('a', 'b') }, { chosen: ['b'] }],
    [many, { chosen: ['a', 'c'] }],
    [many, { chosen: ['a', 'o'], words: { o: 'Mine' } }],
    [many, { chosen: ['n'] }],
    [{ ...base, kind: 'picture', choices: choices('a', 'b') }, { chosen: ['a'] }],
    [{ ...base, kind: 'ranking', choices: choices('a', 'b', 'c') }, ['c', 'a']],
    [sum, { a: 60, b: 40 }],
    [maxdiff, { 0: ['a', 'b'], 1: ['d', 'b'] }],
    [matrix, { r: ['1'], s: ['2'] }],
    [{ ...base, kind: 'shortText', maxLength: 3, pattern: '\\d{3}' }, '123'],
    [{ ...base, kind: 'longText' }, 'Two\nlines <b>'],
    [{ ...base, kind: 'email' }, 'a.b+c@example.org'],
    [{ ...base, kind: 'phone' }, '+386 (1) 234-56'],
    [{ ...base, kind: 'phone' }, '۰۹۱۲ ۳۴۵ ۶۷۸۹'],
    [{ ...base, kind: 'number', min: 0, decimals: 2 }, 0.25],
    [{ ...base, kind: 'date', min: '2026-01-01', max: 'today' }, '2026-02-28'],
    [{ ...base, kind: 'file', accept: ['image/*'] }, [file]],
    [{ ...base, kind: 'consent', label: t('Yes') }, false],
  ])('[SV6] a good answer of $kind is taken as it is', (question, answer) => {
    expect(check(question, answer, '2026-03-01')).toEqual({ answer, problems: [] });
  });

  test.each<[Question, unknown, object | object[], unknown?]>([
    [{ ...base, kind: 'nps', required: true }, undefined, nothing],
    [{ ...base, kind: 'nps' }, 11, { code: 'outOfRange', params: { from: 0, to: 10 } }],
    [{ ...base, kind: 'nps' }, 7.5, { code: 'outOfRange', params: { from: 0, to: 10 } }],
    [{ ...base, kind: 'nps' }, NaN, { code: 'outOfRange', params: { from: 0, to: 10 } }],
    [{ ...base, kind: 'csat' }, '5', { code: 'shape' }],
    [{ ...base, kind: 'ces' }, 'none', { code: 'shape' }],
    [
      { ...base, kind: 'single', choices: choices('a', 'b') },
      { chosen: ['a', 'b'] },
      { code: 'tooMany', params: { most: 1 } },
      { chosen: ['a', 'b'] },
    ],
    [{ ...base, kind: 'single', choices: choices('a') }, { chosen: ['gone'] }, { code: 'unknownChoice', part: 'gone' }],
    [{ ...base, kind: 'single', choices: choices('a'), required: true }, { chosen: [] }, nothing],
    [{ ...base, kind: 'single', choices: choices('a') }, 'a', { code: 'shape' }],
    [many, { chosen: ['a'] }, { code: 'tooFew', params: { least: 2 } }, { chosen: ['a'] }],
    [many, { chosen: ['a', 'n'] }, { code: 'exclusive', part: 'n' }, { chosen: ['a', 'n'] }],
    [many, { chosen: ['a', 'o'], words: { o: ' ' } }, { code: 'words', part: 'o' }, { chosen: ['a', 'o'] }],
    [many, { chosen: ['a', 'b', 'gone'] }, { code: 'unknownChoice', part: 'gone' }, { chosen: ['a', 'b'] }],
    [
      { ...base, kind: 'ranking', choices: choices('a', 'b', 'c'), most: 2, required: true },
      ['a', 'a'],
      { code: 'tooFew', params: { least: 2 } },
      ['a'],
    ],
    [
      { ...base, kind: 'ranking', choices: choices('a', 'b', 'c'), most: 2 },
      ['a', 'b', 'c'],
      { code: 'tooMany', params: { most: 2 } },
      ['a', 'b'],
    ],
    [sum, { a: 60, b: 30 }, { code: 'sum', params: { sum: 90, total: 100 } }, { a: 60, b: 30 }],
    [sum, { a: 100, b: -1 }, { code: 'outOfRange', part: 'b', params: { from: 0, to: 100 } }, { a: 100 }],
    [maxdiff, { 0: ['a', 'a'], 1: ['d', 'b'] }, { code: 'same', part: '0' }, { 1: ['d', 'b'] }],
    [maxdiff, { 0: ['a', 'd'], 1: ['d', 'b'] }, { code: 'unknownChoice', part: '0' }, { 1: ['d', 'b'] }],
    [maxdiff, { 1: ['d', 'b'] }, { code: 'required', part: '0' }, { 1: ['d', 'b'] }],
    [matrix, { r: ['1'] }, { code: 'required', part: 's' }, { r: ['1'] }],
    [
      matrix,
      { r: ['1', '2'], s: ['1'] },
      { code: 'tooMany', part: 'r', params: { most: 1 } },
      { r: ['1', '2'], s: ['1'] },
    ],
    [{ ...base, kind: 'shortText', maxLength: 2 }, 'a🙂b', { code: 'tooLong', params: { most: 2 } }, 'a🙂'],
    [{ ...base, kind: 'longText', minLength: 5 }, 'abc', { code: 'tooShort', params: { least: 5 } }, 'abc'],
    [{ ...base, kind: 'shortText', required: true }, ' \n', nothing],
    [{ ...base, kind: 'shortText', pattern: '\\d{3}' }, '12a', { code: 'pattern' }],
    [{ ...base, kind: 'email' }, 'a@b', { code: 'email' }],
    [{ ...base, kind: 'phone' }, '12', { code: 'phone' }],
    [{ ...base, kind: 'number', min: 1, max: 9 }, 10, { code: 'outOfRange', params: { from: 1, to: 9 } }],
    [{ ...base, kind: 'number' }, 1.5, { code: 'decimals', params: { decimals: 0 } }],
    [{ ...base, kind: 'number' }, Infinity, { code: 'shape' }],
    [{ ...base, kind: 'date' }, '2026-02-30', { code: 'date', params: {} }],
    [{ ...base, kind: 'date', max: 'today' }, '2026-03-02', { code: 'date', params: { to: '2026-03-01' } }],
    [{ ...base, kind: 'file', maxBytes: 5 }, [file], { code: 'fileSize', part: 'a.png', params: { most: 5 } }],
    [{ ...base, kind: 'file', accept: ['application/pdf'] }, [file], { code: 'fileType', part: 'a.png' }],
    [{ ...base, kind: 'file' }, [file, file], { code: 'tooMany', params: { most: 1 } }, [file]],
    [{ ...base, kind: 'file' }, [{ ...file, id: '' }], { code: 'fileType', part: 'a.png' }],
    [{ ...base, kind: 'consent', label: t('Yes'), required: true }, false, nothing, false],
  ])('[SV6] a bad answer is told of by its code: %#', (question, raw, problem, taken) => {
    const checked = check(question, raw, '2026-03-01');
    expect(checked.problems).toEqual([problem]);
    expect(checked.answer).toEqual(taken);
  });

  test('[SV6] what a store of JSON does not take is left out of texts', () => {
    expect(check({ ...base, kind: 'shortText' }, 'a\u0000b\ud800c').answer).toBe('abc');
    expect(check({ ...base, kind: 'statement', required: true }, undefined).problems).toEqual([]);
  });

  test('[SV7] a pattern is the regular expression of the same spelling', () => {
    const random = seeded('patterns');
    const atoms = ['a', 'b', '.', '\\d', '\\.', '[ab]', '[^a]', '[a-c\\d]', '\\p{L}', ' '];
    const counts = ['', '?', '*', '+', '{2}', '{1,}', '{0,2}', '{1,3}'];
    const word = (from: readonly string[], most: number) =>
      Array.from({ length: integer(random, 0, most) }, () => pick(random, from)).join('');
    for (let i = 0; i < 1_500; i++) {
      const pattern = Array.from(
        { length: integer(random, 1, 4) },
        () => pick(random, atoms) + pick(random, counts),
      ).join('');
      const matches = compilePattern(pattern);
      const text = word(['a', 'b', 'c', '1', '.', 'é', '🙂', ' '], 6);
      expect(matches?.(text), `${pattern} on ${text}`).toBe(new RegExp(`^(?:${pattern})$`, 'su').test(text));
    }
    for (const none of ['(a)', 'a|b', '[', 'a{2', 'a{3,2}', '*', '\\b', '[z-a]', '^a', 'a{999}', '\\1', '[a-]'])
      expect(compilePattern(none), none).toBeUndefined();
    expect(compilePattern('')?.('')).toBe(true);
  });

  test('[SV7] a pattern a regular expression would never finish is decided at once', () => {
    const matches = compilePattern(`${'a*'.repeat(60)}b`);
    expect(matches?.('a'.repeat(500))).toBe(false);
    expect(matches?.(`${'a'.repeat(500)}b`)).toBe(true);
  });
});
