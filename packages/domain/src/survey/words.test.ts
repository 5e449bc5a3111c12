import { describe, expect, test } from 'vitest';
import {
  type Answers,
  type Choice,
  type Context,
  type Localized,
  type Question,
  type Score,
  type SurveyDocument,
  feedbackOf,
  measure,
  prepare,
  say,
  scoreOf,
  walk,
} from './index.ts';

const t = (en: string, fa?: string): Localized => (fa === undefined ? { en } : { en, fa });
const choices = (...ids: string[]): Choice[] => ids.map((id) => ({ id, text: t(id.toUpperCase()) }));
const likert: Choice[] = [1, 2, 3, 4, 5].map((value) => ({ id: `c${value}`, text: t(String(value)), value }));
const context: Context = { language: 'en', seed: 's' };

function found(
  questions: readonly Question[],
  answers: Answers,
  more: Partial<Context> = {},
  rest: Partial<SurveyDocument> = {},
) {
  const document: SurveyDocument = {
    format: 1,
    languages: ['en', 'fa'],
    title: t('Survey'),
    pages: [{ id: 'p1', questions }],
    endings: [{ id: 'end', title: t('End') }],
    ...rest,
  };
  return walk(prepare(document), answers, { ...context, ...more });
}

const several: Question = {
  id: 'several',
  kind: 'multiple',
  title: t('Q'),
  choices: [
    { id: 'a', text: t('Apples', 'سیب') },
    { id: 'b', text: t('Bread', 'نان') },
    { id: 'o', text: t('Other'), words: true },
  ],
};
const matrix: Question = { id: 'm', kind: 'matrix', title: t('M'), rows: choices('r', 's'), columns: likert };
const nps: Question = { id: 'nps', kind: 'nps', title: t('N') };

describe('piping', () => {
  const questions: Question[] = [
    several,
    { id: 'day', kind: 'date', title: t('D') },
    { id: 'text', kind: 'shortText', title: t('T') },
    nps,
    matrix,
  ];
  const answers: Answers = {
    several: { chosen: ['a', 'b'] },
    day: '2026-03-21',
    text: '{{person.name}} $& <b>',
    nps: 9,
    m: { r: ['c4'] },
  };
  const rest: Partial<SurveyDocument> = { hidden: [{ id: 'shop', fallback: 'our shop' }] };
  const walked = (more: Partial<Context> = {}) =>
    found(questions, answers, { person: { name: 'Ana', visits: 1234 }, ...more }, rest);
  test.each([
    ['Why {{several}}?', 'Why Apples and Bread?'],
    ['{{ several }}/{{text}}', 'Apples and Bread/{{person.name}} $& <b>'],
    ['On {{day}}: {{nps}}', 'On March 21, 2026: 9'],
    ['Dear {{person.name|customer}}, {{person.visits}} visits', 'Dear Ana, 1,234 visits'],
    ['Dear {{person.surname | customer}}', 'Dear customer'],
    ['At {{hidden.shop}}{{hidden.else}}', 'At our shop'],
    ['{{m.r}} of 5, {{m.s|none}}', '4 of 5, none'],
    ['{{loop}}{{}}{{ .x}}{{constructor}}{{person.constructor}}', ''],
    ['{ {several} }', '{ {several} }'],
  ])('[SV8] %s', (text, said) => {
    expect(say(walked(), t(text))).toBe(said);
  });

  test('[SV8] in the language of the respondent', () => {
    expect(say(walked({ language: 'fa' }), t('{{several}} {{nps}}', '{{several}}، {{nps}}'))).toBe('سیب و نان، ۹');
    expect(say(walked({ language: 'fa' }), t('English only'))).toBe('English only');
    expect(say(walked({ language: 'no such tag!' }), t('{{several}} {{nps}}'))).toBe('Apples, Bread 9');
    expect(say(walked(), undefined)).toBe('');
  });

  test('[SV8] the words typed for a choice, and the item of a round', () => {
    const loop = found(
      [several],
      { several: { chosen: ['a', 'o'], words: { o: 'Nuts' } } },
      {},
      {
        pages: [
          { id: 'p1', questions: [several] },
          { id: 'p2', loop: 'l', questions: [nps] },
        ],
        loops: [{ id: 'l', over: { question: 'several', take: 'chosen' } }],
      },
    );
    expect(say(loop, t('{{several}}'))).toBe('Apples and Nuts');
    expect(loop.steps.slice(1).map((step) => say(loop, t('{{loop}} ({{loop.index}})'), step.round))).toEqual([
      'Apples (1)',
      'Nuts (2)',
    ]);
  });
});

describe('scores', () => {
  const questions: Question[] = [
    nps,
    matrix,
    { id: 'single', kind: 'single', title: t('S'), choices: likert },
    { id: 'multi', kind: 'multiple', title: t('S'), choices: [...likert, { id: 'minus', text: t('-'), value: -2 }] },
    { id: 'sum', kind: 'constantSum', title: t('S'), choices: choices('x', 'y'), total: 10 },
  ];
  const answers: Answers = {
    nps: 8,
    m: { r: ['c5'], s: ['c2'] },
    single: { chosen: ['c4'] },
    multi: { chosen: ['c1', 'c5', 'minus'] },
    sum: { x: 10 },
  };
  const of = (how: Score['how'], ...parts: Score['of']) => {
    const walked = found(questions, answers);
    return scoreOf({ id: 's', name: t('S'), how, of: parts }, [...walked.shown.values()]);
  };

  test('[SV9] sums, means and percents', () => {
    expect(of('sum', { question: 'nps' }, { question: 'single', weight: 2 })).toEqual({ value: 16, n: 2 });
    expect(of('mean', { question: 'nps', weight: 3 }, { question: 'single' })).toEqual({ value: 7, n: 2 });
    expect(of('percent', { question: 'nps' }, { question: 'single' })).toEqual({ value: 77.5, n: 2 });
    expect(of('sum', { question: 'm' })).toEqual({ value: 3.5, n: 1 });
    expect(of('sum', { question: 'm', row: 'r' }, { question: 'm', row: 's', weight: -1 })).toEqual({ value: 3, n: 2 });
    expect(of('sum', { question: 'multi' })).toEqual({ value: 4, n: 1 });
    expect(of('percent', { question: 'multi' })).toEqual({ value: (6 / 17) * 100, n: 1 });
    expect(of('sum', { question: 'sum', row: 'y' }, { question: 'sum', row: 'x' })).toEqual({ value: 10, n: 2 });
  });

  test('[SV9] reversed scales, and what was not answered', () => {
    expect(of('sum', { question: 'nps', reversed: true }, { question: 'single', reversed: true })).toEqual({
      value: 4,
      n: 2,
    });
    expect(of('percent', { question: 'm', row: 's', reversed: true })).toEqual({ value: 75, n: 1 });
    expect(of('mean', { question: 'nps' }, { question: 'gone' }, { question: 'm', row: 'gone' })).toEqual({
      value: 8,
      n: 1,
    });
    // A difference has two sides.
    expect(of('sum', { question: 'nps' }, { question: 'gone', weight: -1 })).toEqual({ value: undefined, n: 0 });
    expect(of('sum', { question: 'nps', weight: -1 }, { question: 'single' })).toEqual({ value: -4, n: 2 });
    expect(of('sum', { question: 'gone' })).toEqual({ value: undefined, n: 0 });
    expect(of('mean', { question: 'nps', weight: 0 })).toEqual({ value: undefined, n: 0 });
  });
});

describe('feedback', () => {
  const rows = (question: Question, answer: Answers[string]) =>
    feedbackOf(found([question], { [question.id]: answer }));
  const row = {
    questionId: 'q',
    itemId: '',
    loopKey: '',
    score: null,
    scaleMin: null,
    scaleMax: null,
    choices: [],
    text: '',
    personal: false,
  };
  const base = { id: 'q', title: t('Q') } as const;
  test.each<[Question, Answers[string], object[]]>([
    [{ ...base, kind: 'nps' }, 9, [{ instrument: 'nps', score: 9, scaleMin: 0, scaleMax: 10 }]],
    [{ ...base, kind: 'nps', instrument: 'enps' }, 9, [{ instrument: 'enps', score: 9, scaleMin: 0, scaleMax: 10 }]],
    [{ ...base, kind: 'csat', points: 3 }, 3, [{ instrument: 'csat', score: 3, scaleMin: 1, scaleMax: 3 }]],
    [{ ...base, kind: 'ces', none: t('n/a') }, 'none', [{ instrument: 'ces', choices: ['none'] }]],
    [
      { ...base, kind: 'slider', from: 0, to: 100 },
      40,
      [{ instrument: 'rating', score: 40, scaleMin: 0, scaleMax: 100 }],
    ],
    [{ ...base, kind: 'number' }, 7, [{ instrument: 'number', score: 7 }]],
    [
      { ...base, kind: 'single', choices: likert },
      { chosen: ['c2'] },
      [{ instrument: 'choice', choices: ['c2'], score: 2, scaleMin: 1, scaleMax: 5 }],
    ],
    [
      { ...several, id: 'q' },
      { chosen: ['b', 'o'], words: { o: 'Nuts' } },
      [{ instrument: 'choice', choices: ['b', 'o'], text: 'Nuts' }],
    ],
    [
      { ...base, kind: 'ranking', choices: choices('a', 'b') },
      ['b', 'a'],
      [{ instrument: 'choice', choices: ['b', 'a'] }],
    ],
    [
      { ...base, kind: 'constantSum', choices: choices('a', 'b'), total: 10 },
      { a: 10 },
      [
        { instrument: 'number', itemId: 'a', score: 10, scaleMin: 0, scaleMax: 10 },
        { instrument: 'number', itemId: 'b', score: 0, scaleMin: 0, scaleMax: 10 },
      ],
    ],
    [
      { ...matrix, id: 'q' },
      { s: ['c4'] },
      [{ instrument: 'rating', itemId: 's', choices: ['c4'], score: 4, scaleMin: 1, scaleMax: 5 }],
    ],
    [{ ...base, kind: 'longText' }, 'Good', [{ instrument: 'text', text: 'Good' }]],
    [{ ...base, kind: 'email' }, 'a@example.org', [{ instrument: 'text', text: 'a@example.org', personal: true }]],
    [{ ...base, kind: 'consent', label: t('Yes') }, true, [{ instrument: 'choice', choices: ['yes'] }]],
    [
      { ...base, kind: 'file' },
      [{ id: 'f1', name: 'a.png', bytes: 1, type: 'image/png' }],
      [{ instrument: 'text', choices: ['f1'], text: 'a.png', personal: true }],
    ],
    [{ ...base, kind: 'nps' }, 11, []],
    [{ ...base, kind: 'statement' }, 'x', []],
  ])('[SV10] rows of answers: %#', (question, answer, expected) => {
    expect(rows(question, answer)).toEqual(expected.map((one) => ({ ...row, ...one })));
  });

  test('[SV10] a MaxDiff gives each item its balance, a round its item', () => {
    const question: Question = { ...base, kind: 'maxdiff', choices: choices('a', 'b', 'c'), perSet: 3, sets: 2 };
    expect(
      rows(question, { 0: ['a', 'b'], 1: ['a', 'c'] }).map((r) => [r.itemId, r.score, r.scaleMin, r.scaleMax]),
    ).toEqual([
      ['a', 2, -2, 2],
      ['b', -1, -2, 2],
      ['c', -1, -2, 2],
    ]);
    const looped = found(
      [],
      { 'm@x': { r: ['c1'] }, 'nps@x': 3 },
      {},
      {
        pages: [{ id: 'p', loop: 'l', questions: [nps, matrix] }],
        loops: [{ id: 'l', items: choices('x') }],
      },
    );
    expect(feedbackOf(looped).map((r) => [r.questionId, r.itemId, r.loopKey])).toEqual([
      ['nps', 'x', 'x'],
      ['m', 'r', 'x'],
    ]);
    expect(measure({ ...matrixGiven(), answer: undefined })).toBeUndefined();
  });
});

function matrixGiven() {
  return { question: matrix, choices: likert, rows: choices('r', 's'), sets: [], answer: { r: ['c1'] } };
}
