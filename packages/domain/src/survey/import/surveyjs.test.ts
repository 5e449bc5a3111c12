import { describe, expect, test } from 'vitest';
import { integer, pick, seeded } from '../../random/index.ts';
import { analyse, parseSurvey } from '../design/index.ts';
import { type Answers, prepare, unfinishedStep, walk } from '../index.ts';
import { ImportRefused, importSurveyJs } from './index.ts';
import { PRODUCT_FEEDBACK } from './test-data/product-feedback.ts';

/** A survey of one page, and what became of its questions. */
function made(elements: readonly object[], more: object = {}) {
  const found = importSurveyJs({ pages: [{ name: 'p', elements }], ...more });
  const questions = found.document.pages.flatMap((page) => page.questions);
  return { ...found, questions, left: found.left.map(({ code, at, what }) => [code, at, what ?? '']) };
}
const context = { language: 'en', seed: 's' };
const asked = (document: ReturnType<typeof made>['document'], answers: Answers) => {
  const found = walk(prepare(document), answers, context);
  return { shown: [...found.shown.keys()], ending: found.ending?.id, open: unfinishedStep(found)?.key };
};

test('[SM1] the published example of product feedback is carried over whole and answered', () => {
  const { document, left, name } = importSurveyJs(PRODUCT_FEEDBACK);
  expect(left).toEqual([]);
  expect(name).toBe('Survey');
  expect(analyse(document).findings).toEqual([]);
  const kinds = document.pages.map((page) => page.questions.map(({ id, kind }) => `${id}: ${kind}`));
  expect(kinds).toEqual([
    ['Quality: matrix', 'satisfaction: rating', 'recommend_friends: rating', 'suggestions: longText'],
    [
      'price_to_competitors: single',
      'price: single',
      'pricelimit_mostamount: shortText',
      'pricelimit_leastamount: shortText',
    ],
    ['email: shortText'],
  ]);
  expect(document.pages[0]?.questions[0]).toMatchObject({
    rows: [{ id: 'affordable' }, { id: 'does_what_it_claims', text: { en: 'Product does what it claims' } }, {}, {}],
    columns: [{ id: '1', value: 1, text: { en: 'Strongly Disagree' } }, {}, {}, {}, { value: 5 }],
  });
  expect(document.pages[0]?.questions[1]).toMatchObject({ from: 1, to: 5, low: { en: 'Not Satisfied' } });
  expect(asked(document, { satisfaction: 3 }).shown).not.toContain('recommend_friends');
  const all = asked(document, {
    Quality: { affordable: ['5'] },
    satisfaction: 4,
    recommend_friends: 5,
    price: { chosen: ['low'] },
    email: 'a@example.org',
  });
  expect(all).toMatchObject({ open: undefined, ending: 'completed' });
  expect(all.shown).toContain('recommend_friends');
});

describe('questions', () => {
  test('[SM1] each kind becomes the one that is like it, with its rules', () => {
    const { questions, left } = made([
      { type: 'text', name: 'mail', inputType: 'email', isRequired: true, placeholder: 'you@…' },
      { type: 'text', name: 'phone', inputType: 'tel' },
      { type: 'text', name: 'age', inputType: 'number', min: 18, max: '99', step: 1 },
      { type: 'text', name: 'born', inputType: 'date', max: '2010-01-01' },
      {
        type: 'text',
        name: 'zip',
        validators: [{ type: 'regex', regex: '^\\d{5}$', text: 'Five digits' }],
        maxLength: 5,
      },
      { type: 'comment', name: 'more', validators: [{ type: 'text', minLength: 3, maxLength: 80 }] },
      { type: 'boolean', name: 'agree', labelTrue: 'Sure' },
      { type: 'rating', name: 'stars', rateType: 'stars', rateCount: 4 },
      { type: 'rating', name: 'nps', rateMin: 0, rateMax: 10 },
      {
        type: 'checkbox',
        name: 'likes',
        choices: ['a', 'b', 'c'],
        showOtherItem: true,
        showNoneItem: true,
        maxSelectedChoices: 2,
        choicesOrder: 'random',
      },
      { type: 'tagbox', name: 'tags', choices: [1, 2], validators: [{ type: 'answercount', minCount: 1 }] },
      { type: 'dropdown', name: 'where', choices: [{ value: 'x', text: { default: 'Here', de: 'Hier' } }] },
      { type: 'ranking', name: 'order', choices: ['a', 'b'] },
      {
        type: 'imagepicker',
        name: 'pic',
        multiSelect: true,
        choices: [{ value: 'l', imageLink: 'https://example.org/l.png' }],
      },
      {
        type: 'matrixdropdown',
        name: 'both',
        title: 'Both',
        choices: [1, 2],
        rows: ['r'],
        columns: [{ name: 'now' }, { name: 'then', cellType: 'text' }],
      },
      { type: 'html', name: 'words', html: '<h3>Hello</h3><p>A &amp; B<script>alert(1)</script></p>' },
      { type: 'file', name: 'doc', acceptedTypes: 'image/*,.pdf', maxSize: 1000 },
      { type: 'radiogroup', name: 'why', choices: ['p'], showCommentArea: true, commentText: 'Say more' },
    ]);
    expect(questions).toMatchObject([
      { kind: 'email', required: true, placeholder: { en: 'you@…' } },
      { kind: 'phone' },
      { kind: 'number', min: 18, max: 99 },
      { kind: 'date', max: '2010-01-01' },
      { kind: 'shortText', pattern: '\\d{5}', patternHint: { en: 'Five digits' }, maxLength: 5 },
      { kind: 'longText', minLength: 3, maxLength: 80 },
      {
        kind: 'single',
        choices: [
          { id: 'yes', text: { en: 'Sure' } },
          { id: 'no', text: { en: 'No' } },
        ],
      },
      { kind: 'rating', look: 'stars', from: 1, to: 4 },
      { kind: 'nps' },
      {
        kind: 'multiple',
        most: 2,
        order: 'random',
        choices: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'other', words: true }, { id: 'none', exclusive: true }],
      },
      { kind: 'multiple', least: 1, choices: [{ id: '1' }, { id: '2' }] },
      { kind: 'dropdown', choices: [{ text: { en: 'Here', de: 'Hier' } }] },
      { kind: 'ranking' },
      { kind: 'picture', multiple: true, choices: [{ picture: 'https://example.org/l.png' }] },
      { id: 'both_now', kind: 'matrix', title: { en: 'Both – now' } },
      { kind: 'statement', title: { en: 'Hello\n\nA & B' } },
      { kind: 'file', accept: ['image/*'], maxBytes: 1000 },
      { kind: 'single' },
      { id: 'why-Comment', kind: 'longText', title: { en: 'Say more' } },
    ]);
    expect(left).toEqual([
      ['column', 'both', 'then'],
      ['markup', 'words', ''],
    ]);
  });

  test('[SM1] languages, pipes, panels, filters, triggers and endings keep their meaning', () => {
    const found = importSurveyJs({
      locale: 'de',
      title: { default: 'Visit', de: 'Besuch' },
      showPrevButton: false,
      pages: [
        {
          name: 'first',
          elements: [
            { type: 'text', name: 'Ihr Name', title: { default: 'Name?', de: 'Name?' } },
            {
              type: 'checkbox',
              name: 'seen',
              title: { default: 'What did you see, {Ihr Name}? {set}' },
              choices: ['a', 'b', 'c'],
            },
            {
              type: 'panel',
              name: 'box',
              visibleIf: '{seen} notempty',
              elements: [
                {
                  type: 'radiogroup',
                  name: 'best',
                  choices: ['a', 'b', 'c'],
                  choicesVisibleIf: '{seen} contains {item}',
                },
              ],
            },
          ],
        },
        { name: 'second', elements: [{ type: 'text', name: 'why' }] },
        { name: 'third', elements: [{ type: 'text', name: 'last' }] },
      ],
      triggers: [
        { type: 'skip', expression: "{seen} = ['a']", gotoName: 'last' },
        { type: 'complete', expression: "{best} = 'c'" },
        { type: 'setvalue', expression: '{best} = 1', setToName: 'why', setValue: 1 },
      ],
      completedHtmlOnCondition: [{ expression: "{best} = 'b'", html: '<h4>Good choice</h4>' }],
      completedHtml: { default: '<h3>Thanks</h3><p>Bye, {why}</p>', de: '<h3>Danke</h3>' },
      navigateToUrl: 'javascript:alert(1)',
    });
    const { document, left } = found;
    expect(found.name).toBe('Visit');
    expect(document).toMatchObject({ languages: ['en', 'de'], back: false, title: { en: 'Visit', de: 'Besuch' } });
    expect(document.pages[0]?.questions[1]?.title).toEqual({ en: 'What did you see, {{Ihr_Name}}?' });
    expect(document.endings).toMatchObject([
      { title: { en: 'Good choice' }, showIf: { field: 'best', op: 'eq', value: 'b' } },
      { title: { en: 'Thanks', de: 'Danke' }, text: { en: 'Bye, {{why}}' } },
    ]);
    expect(document.endings.some((ending) => ending.redirect !== undefined)).toBe(false);
    expect(left.map(({ code, what }) => [code, what])).toEqual(
      expect.arrayContaining([
        ['piping', '{set}'],
        ['trigger', 'setvalue {best} = 1'],
        ['address', 'javascript:alert(1)'],
      ]),
    );
    const way = (answers: Answers) => asked(document, answers);
    expect(way({}).shown).toEqual(['Ihr_Name', 'seen', 'why', 'last']);
    expect(way({ seen: { chosen: ['a'] } }).shown).toEqual(['Ihr_Name', 'seen', 'best', 'last']);
    expect(way({ seen: { chosen: ['a', 'b'] } }).shown).toContain('why');
    const choices = walk(prepare(document), { seen: { chosen: ['a', 'b'] } }, context).shown.get('best')?.choices;
    expect(choices?.map((choice) => choice.id)).toEqual(['a', 'b']);
    expect(way({ seen: { chosen: ['c', 'b'] }, best: { chosen: ['c'] } })).toMatchObject({
      ending: document.endings[1]?.id,
    });
    expect(way({ seen: { chosen: ['c', 'b'] }, best: { chosen: ['b'] } }).ending).toBe(document.endings[0]?.id);
  });
});

describe('conditions', () => {
  const before = [
    { type: 'radiogroup', name: 'one', choices: ['a', 'b b'] },
    { type: 'checkbox', name: 'many', choices: ['x', 'y', 'z'] },
    { type: 'rating', name: 'points' },
    { type: 'text', name: 'words' },
    { type: 'boolean', name: 'ok' },
    { type: 'matrix', name: 'grid', rows: ['r 1'], columns: ['lo', 'hi'] },
  ];
  const holds = (visibleIf: string, answers: Answers): boolean => {
    const { document, left } = made([...before, { type: 'text', name: 'then', visibleIf }]);
    expect(left, visibleIf).toEqual([]);
    return asked(document, answers).shown.includes('then');
  };
  const one = (id: string) => ({ one: { chosen: [id] } });
  const many = (...chosen: string[]) => ({ many: { chosen } });
  const cases: readonly [string, Answers, Answers][] = [
    ["{one} = 'b b'", one('b_b'), one('a')],
    ['{one} <> "a"', {}, one('a')],
    ['{one} empty', {}, one('a')],
    ["{many} contains 'x' and {points} >= 4", { ...many('x'), points: 4 }, { ...many('x'), points: 3 }],
    ["{many} anyof ['x', 'y']", many('y'), many('z')],
    ["{many} allof ['x', 'y']", many('x', 'y', 'z'), many('x')],
    ["{many} noneof ['x', 'y']", many('z'), many('x', 'z')],
    ["{many} = ['x']", many('x'), many('x', 'y')],
    ['{many.length} > 1', many('x', 'y'), many('x')],
    ["not ({one} = 'a' or {points} < 3)", { points: 3 }, { points: 2 }],
    ["!({one} = 'a')", {}, one('a')],
    ["{words} contains 'ell'", { words: 'hello' }, { words: 'oh' }],
    ["{words} notcontains 'ell'", { words: 'oh' }, { words: 'hello' }],
    ['{ok} = true', { ok: { chosen: ['yes'] } }, { ok: { chosen: ['no'] } }],
    ['{ok}', { ok: { chosen: ['yes'] } }, { ok: { chosen: ['no'] } }],
    ["{grid.r 1} = 'hi'", { grid: { r_1: ['hi'] } }, { grid: { r_1: ['lo'] } }],
    ['3 < {points}', { points: 4 }, { points: 3 }],
    ['{points} = 1 or {points} = 2 and {ok} = false', { points: 1 }, { points: 2, ok: { chosen: ['yes'] } }],
    ['{points} notempty && {one} == a', { points: 1, ...one('a') }, one('a')],
  ];
  test.each(cases)('[SM3] %s', (expression, yes, no) => {
    expect(holds(expression, yes), 'holds').toBe(true);
    expect(holds(expression, no), 'does not').toBe(false);
  });

  test.each([
    '{points} + 1 > 3',
    '{points} > {words}',
    "{one} = 'q'",
    'age({words}) > 18',
    '{nowhere} = 1',
    '{one} > 1',
    "{one} = 'a' and (",
    `${'('.repeat(60)}{one} = 'a'${')'.repeat(60)}`,
    `${'not '.repeat(300)}{one} = 'a'`,
    "{then} = 'a'",
    `{words} = '${'x'.repeat(5000)}'`,
  ])('[SM3] what cannot be said is told of, and what it stood at is shown: %.30s', (visibleIf) => {
    const { document, left } = made([...before, { type: 'text', name: 'then', visibleIf }]);
    expect(left.map(([code, at]) => [code, at])).toEqual([['condition', 'then']]);
    expect(asked(document, {}).shown).toContain('then');
  });
});

describe('what cannot be', () => {
  test('[SM4] is listed by code and name', () => {
    const { left, questions } = made(
      [
        { type: 'signaturepad', name: 'sign' },
        { type: 'paneldynamic', name: 'trips', templateElements: [] },
        { type: 'expression', name: 'sum', expression: '{a} + 1' },
        { type: 'radiogroup', name: 'far', choicesByUrl: { url: 'https://example.org' } },
        { type: 'text', name: 'a', requiredIf: '{b} = 1', defaultValue: 5, inputType: 'color', correctAnswer: 'x' },
        {
          type: 'text',
          name: 'b',
          validators: [
            { type: 'expression', expression: '{a} > 1' },
            { type: 'regex', regex: '(a|b)+' },
          ],
        },
        { type: 'text', name: 'c', visible: false },
        { type: 'text', name: 'd', title: 'As {later} and {c} say' },
        { type: 'text', name: 'later', title: { 'no tag!': 'x', default: 'y' } },
      ],
      { calculatedValues: [{ name: 'v', expression: '1' }], maxTimeToFinish: 10 },
    );
    expect(questions.map((q) => q.id)).toEqual(['a', 'b', 'd', 'later']);
    expect(questions[2]?.title).toEqual({ en: 'As  and  say' });
    expect(left.map(([code, at, what]) => `${code} ${at} ${what}`).toSorted()).toEqual(
      [
        'kind sign signaturepad',
        'repeated trips paneldynamic',
        'calculation sum {a} + 1',
        'choicesElsewhere far ',
        'noChoices far ',
        'required a {b} = 1',
        'default a 5',
        'quiz a x',
        'validation a color',
        'validation b {a} > 1',
        'pattern b (a|b)+',
        'hidden c ',
        'piping d {c}',
        'piping d later',
        'language  no tag!',
        'calculation v 1',
        'timer  ',
      ].toSorted(),
    );
  });

  const refusal = (value: unknown): string => {
    try {
      importSurveyJs(value);
      return 'taken';
    } catch (error) {
      if (error instanceof ImportRefused) return error.code;
      throw error;
    }
  };
  const texts = (n: number) => Array.from({ length: n }, (_, i) => ({ type: 'text', name: `q${i}` }));
  const nested = (n: number): object =>
    n === 0 ? { type: 'text', name: 't' } : { type: 'panel', name: `p${n}`, elements: [nested(n - 1)] };
  test('[SM5] is refused with the reason', () => {
    for (const other of [
      null,
      [],
      'x',
      {},
      { surveys: [] },
      { pages: [{ elements: [{ kind: 'nps' }] }] },
      { questions: [{ QuestionID: 1 }] },
    ])
      expect(refusal(other)).toBe('unknown');
    expect(refusal({ elements: texts(500) })).toBe('taken');
    expect(refusal({ elements: texts(501) })).toBe('tooManyQuestions');
    const choices = Array.from({ length: 5_001 }, (_, i) => i);
    expect(refusal({ elements: [1, 2].map((n) => ({ type: 'dropdown', name: `d${n}`, choices })) })).toBe(
      'tooManyChoices',
    );
    expect(refusal({ elements: [nested(50)] })).toBe('tooDeep');
    expect(refusal({ elements: [{ type: 'signaturepad', name: 's' }] })).toBe('empty');
    const long = Array.from({ length: 300 }, (_, i) => ({ type: 'comment', name: `q${i}`, title: 'x'.repeat(9_000) }));
    expect(refusal({ elements: long })).toBe('tooLarge');
  });

  test('[SM5] nothing that stands in a file makes anything but a document or a refusal', () => {
    const random = seeded('odd files');
    const keys = [
      'title',
      'choices',
      'rows',
      'columns',
      'visibleIf',
      'validators',
      'items',
      'rateValues',
      'rateMin',
      'rateMax',
      'name',
      'isRequired',
      'elements',
      'min',
      'max',
      'html',
      'description',
      'maxLength',
      'step',
      'rateStep',
      'choicesFromQuestion',
      'choicesFromQuestionMode',
    ];
    const types = [
      'text',
      'rating',
      'matrix',
      'checkbox',
      'radiogroup',
      'multipletext',
      'matrixdropdown',
      'panel',
      'html',
      'slider',
      'ranking',
      'boolean',
      'file',
    ];
    const odd = (depth = 0): unknown => {
      const n = integer(random, 0, depth > 2 ? 8 : 10);
      if (n > 8)
        return n === 9
          ? [odd(depth + 1), odd(depth + 1)]
          : { value: odd(depth + 1), text: odd(depth + 1), name: odd(depth + 1) };
      return pick(random, [
        null,
        -1,
        0.5,
        1e300,
        '',
        'count',
        '{a} = 1',
        '{{a}} {a',
        '<b>x</b>\u0000\ud800',
        ['a', 'a', 1],
        [{ type: 'regex', regex: '((' }],
        true,
        { default: 'x', '': 'y' },
        [{ name: 'a', columns: [] }],
        '__proto__',
      ]);
    };
    for (let i = 0; i < 300; i++) {
      const elements = Array.from({ length: 3 }, (_, n) => ({
        name: pick(random, ['a', 'b', `q${n}`, 'loop', '…']),
        ...Object.fromEntries(Array.from({ length: 5 }, () => [pick(random, keys), odd()])),
        type: pick(random, types),
      }));
      const value = {
        pages: [{ elements }],
        triggers: [{ type: 'skip', expression: '{a} = 1', gotoName: 'b' }],
        title: odd(),
        completedHtml: odd(),
      };
      let document: unknown;
      try {
        ({ document } = importSurveyJs(value));
      } catch (error) {
        if (error instanceof ImportRefused) continue;
        throw new Error(JSON.stringify(value), { cause: error });
      }
      expect(parseSurvey(document).problems, JSON.stringify(value)).toEqual([]);
    }
  });
});
