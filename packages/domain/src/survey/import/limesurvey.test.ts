import { describe, expect, test } from 'vitest';
import { plainText } from './plain-text.ts';
import { analyse, parseSurvey } from '../design/index.ts';
import { type Answers, type Context, prepare, unfinishedStep, walk } from '../index.ts';
import { ImportRefused, type LimeFile, type LimeRow, importLimeSurvey } from './index.ts';

interface Asked {
  readonly code: string;
  readonly type: string;
  readonly text?: string;
  readonly group?: number;
  readonly more?: LimeRow;
  readonly parts?: readonly (readonly [code: string, text: string, more?: LimeRow])[];
  readonly answers?: readonly (readonly [code: string, text: string, scale?: string])[];
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Tables of a survey of our own making, in the shape of a `.lss`: texts within them, or beside as version 4 keeps them. */
function lime(
  asked: readonly Asked[],
  more: Readonly<Record<string, readonly LimeRow[]>> = {},
  beside = true,
): LimeFile {
  const tables: Record<string, LimeRow[]> = {};
  const put = (name: string, row: LimeRow): number => (tables[name] ??= []).push(row);
  const texts = (name: string, key: LimeRow, columns: LimeRow, rest: LimeRow): void => {
    for (const language of ['en', 'de']) {
      const said = Object.fromEntries(
        Object.entries(columns).map(([column, text]) => [
          column,
          language === 'en' || text === '' ? text : `${text} (de)`,
        ]),
      );
      if (beside) put(`${name}_l10ns`, { ...key, ...said, language });
      else put(`${name}s`, { ...key, ...rest, ...said, language });
    }
    if (beside) put(`${name}s`, { ...key, ...rest });
  };
  let qid = 100;
  for (const group of [...new Set(asked.map((one) => one.group ?? 1))]) {
    const row = more['group']?.find((one) => one['gid'] === String(group)) ?? {};
    const { gid: _, ...rest } = row;
    texts(
      'group',
      { gid: String(group), sid: '7' },
      { group_name: `Group ${group}`, description: '' },
      { group_order: String(group), ...rest },
    );
  }
  asked.forEach((one, i) => {
    const own = String((qid += 10));
    const base = { sid: '7', gid: String(one.group ?? 1), type: one.type };
    texts(
      'question',
      { qid: own },
      { question: one.text ?? `${one.code}?`, help: '' },
      { ...base, parent_qid: '0', title: one.code, question_order: String(i), ...one.more },
    );
    one.parts?.forEach(([code, text, extra], k) => {
      const part = { qid: `${own}${k}` };
      const rest = { ...base, parent_qid: own, title: code, question_order: String(k), ...extra };
      for (const language of ['en', 'de']) {
        const said = { question: language === 'en' ? text : `${text} (de)`, language };
        if (beside) put('question_l10ns', { ...part, ...said });
        else put('subquestions', { ...part, ...rest, ...said });
      }
      if (beside) put('subquestions', { ...part, ...rest });
    });
    one.answers?.forEach(([code, text, scale = '0'], k) =>
      texts(
        'answer',
        beside ? { aid: `${own}${k}` } : {},
        { answer: text },
        { qid: own, code, sortorder: String(k), scale_id: scale, assessment_value: '0' },
      ),
    );
    for (const [attribute, value] of Object.entries(one.attributes ?? {}))
      put('question_attributes', { qid: own, attribute, value, language: '' });
  });
  const { group: __, surveys = [{}], ...others } = more;
  return {
    docType: 'Survey',
    languages: ['en', 'de'],
    tables: {
      surveys: [{ sid: '7', language: 'en', format: 'G', ...surveys[0] }],
      surveys_languagesettings: ['en', 'de'].map((language) => ({
        surveyls_language: language,
        surveyls_title: language === 'en' ? 'Bread &amp; butter' : 'Brot &amp; Butter',
        surveyls_endtext: language === 'en' ? '<h2>Bye</h2><p>Thanks, {TOKEN:NAME}</p>' : '<h2>Tsch&uuml;ss</h2>',
      })),
      ...tables,
      ...others,
    },
  };
}

const context: Context = { language: 'en', seed: 's' };
const taken = (file: LimeFile) => {
  const found = importLimeSurvey(file);
  return {
    ...found,
    questions: found.document.pages.flatMap((page) => page.questions),
    left: found.left.map(({ code, at, what }) => `${code} ${at} ${what ?? ''}`.trim()),
    go: (answers: Answers, full: readonly string[] = []) =>
      walk(prepare(found.document), answers, { ...context, full }),
  };
};
const YES_NO = [
  ['1', 'Yes'],
  ['2', 'No'],
] as const;
const FRUITS = [
  ['SQ001', 'Apple'],
  ['SQ002', 'Pear'],
  ['SQ003', 'Plum'],
] as const;
const EVERY: readonly Asked[] = [
  {
    code: 'name',
    type: 'S',
    text: '<p>name?</p>',
    more: { mandatory: 'Y', preg: '/^[A-Z]\\d+$/' },
    attributes: { maximum_chars: '20' },
  },
  {
    code: 'one',
    type: 'L',
    answers: [
      ['A1', 'Red'],
      ['A2', 'Blue'],
    ],
    more: { other: 'Y' },
    attributes: { answer_order: 'random' },
  },
  { code: 'list', type: 'O', answers: YES_NO },
  { code: 'drop', type: '!', answers: YES_NO },
  { code: 'yn', type: 'Y' },
  { code: 'sex', type: 'G' },
  { code: 'many', type: 'M', parts: FRUITS, attributes: { max_answers: '2', exclude_all_others: 'SQ003' } },
  {
    code: 'grid',
    type: 'F',
    parts: FRUITS,
    answers: [
      ['1', 'Bad'],
      ['2', 'Good'],
    ],
  },
  { code: 'five', type: 'A', parts: FRUITS },
  { code: 'unsure', type: 'C', parts: FRUITS },
  {
    code: 'dual',
    type: '1',
    parts: FRUITS,
    answers: [
      ['1', 'Bad'],
      ['1', 'Rare', '1'],
      ['2', 'Often', '1'],
    ],
  },
  {
    code: 'ticks',
    type: ':',
    parts: [
      ['Y1', 'Row'],
      ['X1', 'Col', { scale_id: '1' }],
    ],
    attributes: { multiflexible_checkbox: '1' },
  },
  { code: 'sum', type: 'K', parts: FRUITS, attributes: { equals_num_value: '100' } },
  { code: 'amounts', type: 'K', parts: FRUITS },
  { code: 'texts', type: 'Q', parts: FRUITS },
  { code: 'rank', type: 'R', answers: YES_NO, attributes: { max_answers: '1' } },
  { code: 'stars', type: '5' },
  { code: 'num', type: 'N', attributes: { num_value_int_only: '1', min_num_value_n: '0', max_num_value_n: '9' } },
  { code: 'when', type: 'D', attributes: { date_min: '2020-01-01' } },
  { code: 'long', type: 'T' },
  { code: 'doc', type: '|', attributes: { max_num_of_files: '2', max_filesize: '10' } },
  {
    code: 'info',
    type: 'X',
    text: '<p>Dear {TOKEN:FIRSTNAME},</p><p>so you like {one.shown}<br>and {many_SQ001}?</p>',
  },
];

test.each([true, false])('[SM2] every kind is carried over, with texts beside the tables: %s', (beside) => {
  const { questions, left, document, name } = taken(lime(EVERY, {}, beside));
  expect(name).toBe('Bread & butter');
  expect(document).toMatchObject({ languages: ['en', 'de'], title: { en: 'Bread & butter', de: 'Brot & Butter' } });
  expect(document.endings).toEqual([
    { id: 'end', title: { en: 'Bye', de: 'Tschüss' }, text: { en: 'Thanks, {{person.name}}' } },
  ]);
  expect(questions.map(({ id, kind }) => `${id}: ${kind}`)).toEqual([
    'name: shortText',
    'one: single',
    'list: single',
    'list_comment: longText',
    'drop: dropdown',
    'yn: single',
    'sex: single',
    'many: multiple',
    'grid: matrix',
    'five: matrix',
    'unsure: matrix',
    'dual: matrix',
    'dual_1: matrix',
    'ticks: matrix',
    'sum: constantSum',
    ...FRUITS.map(([code]) => `amounts_${code}: number`),
    ...FRUITS.map(([code]) => `texts_${code}: shortText`),
    'rank: ranking',
    'stars: rating',
    'num: number',
    'when: date',
    'long: longText',
    'doc: file',
    'info: statement',
  ]);
  const by = (id: string) => questions.find((one) => one.id === id);
  expect(by('name')).toMatchObject({ required: true, pattern: '[A-Z]\\d+', maxLength: 20, title: { en: 'name?' } });
  expect(by('one')).toMatchObject({
    order: 'random',
    choices: [
      { id: 'A1', text: { en: 'Red', de: 'Red (de)' } },
      { id: 'A2' },
      { id: 'other', words: true, text: { de: 'Sonstiges' } },
    ],
  });
  expect(by('many')).toMatchObject({
    most: 2,
    choices: [{ id: 'SQ001' }, { id: 'SQ002' }, { id: 'SQ003', exclusive: true }],
  });
  expect(by('grid')).toMatchObject({
    columns: [
      { id: '1', value: 1 },
      { id: '2', value: 2 },
    ],
    rows: [{ text: { en: 'Apple' } }, {}, {}],
  });
  expect(by('five')).toMatchObject({ columns: [{ value: 1 }, {}, {}, {}, { value: 5 }] });
  expect(by('dual_1')).toMatchObject({ columns: [{ text: { en: 'Rare' } }, { text: { en: 'Often' } }] });
  expect(by('ticks')).toMatchObject({ multiple: true, rows: [{ id: 'Y1' }], columns: [{ id: 'X1' }] });
  expect(by('sum')).toMatchObject({ total: 100 });
  expect(by('num')).toEqual({ id: 'num', kind: 'number', min: 0, max: 9, title: { en: 'num?', de: 'num? (de)' } });
  expect(by('info')?.title['en']).toBe('Dear {{person.firstname}},\n\nso you like {{one}}\nand ?');
  expect(left).toEqual(['piping info {many_SQ001}']);
  expect(analyse(document).findings.filter((one) => one.severity === 'error')).toEqual([]);
});

describe('logic', () => {
  const before: readonly Asked[] = [
    {
      code: 'one',
      type: 'L',
      answers: [
        ['A1', 'Red'],
        ['A2', 'Blue'],
      ],
      more: { other: 'Y' },
    },
    { code: 'many', type: 'M', parts: FRUITS },
    { code: 'num', type: 'N' },
    {
      code: 'grid',
      type: 'F',
      parts: FRUITS,
      answers: [
        ['1', 'Bad'],
        ['2', 'Good'],
      ],
    },
  ];
  const one = (id: string): Answers => ({ one: { chosen: [id] } });
  const many = (...chosen: string[]): Answers => ({ many: { chosen } });
  const cases: readonly [string, Answers, Answers][] = [
    ['one.NAOK == "A2"', one('A2'), one('A1')],
    ['((one == "A1") or !is_empty(num))', { num: 1 }, one('A2')],
    ['many_SQ001.NAOK == "Y" && many_SQ002 != "Y"', many('SQ001'), many('SQ001', 'SQ002')],
    ['count(many_SQ001, many_SQ002, many_SQ003) >= 2', many('SQ001', 'SQ003'), many('SQ001')],
    ['count(many_SQ001, many_SQ002, many_SQ003) == 0', {}, many('SQ001')],
    ['num > 3 and num le 5', { num: 5 }, { num: 6 }],
    ['grid_SQ002.value >= "2"', { grid: { SQ002: ['2'] } }, { grid: { SQ002: ['1'] } }],
    ['7X1X110.NAOK == "A1"', one('A1'), one('A2')],
    ['7X1X120SQ003 == "Y"', many('SQ003'), many('SQ001')],
    ['one == "-oth-"', { one: { chosen: ['other'], words: { other: 'x' } } }, one('A1')],
    ['is_empty(one.NAOK)', {}, one('A1')],
    ['num != ""', { num: 0 }, {}],
  ];
  test.each(cases)('[SM3] relevance %s', (relevance, yes, no) => {
    const { go, left } = taken(lime([...before, { code: 'then', type: 'T', more: { relevance } }]));
    expect(left).toEqual([]);
    expect(go(yes).shown.has('then'), 'holds').toBe(true);
    expect(go(no).shown.has('then'), 'does not').toBe(false);
  });

  test.each([
    'num + 1 > 3',
    'count(many_SQ001, many_SQ002) > 1',
    'regexMatch("/a/", one)',
    'one == num',
    'then == "x"',
    'one > "A1"',
    'self > 1',
    'one ==',
    'many_SQ001 == "maybe"',
  ])('[SM3] relevance that cannot be said is told of: %s', (relevance) => {
    const { go, left } = taken(lime([...before, { code: 'then', type: 'T', more: { relevance } }]));
    expect(left.map((told) => told.split(' ', 2).join(' '))).toEqual(['condition then']);
    expect(go({}).shown.has('then')).toBe(true);
  });

  test('[SM2] groups, rows, filters, old conditions, pages, quotas and the end keep their meaning', () => {
    const quotas: Record<string, LimeRow[]> = {
      quota: [
        { id: '1', name: 'Reds', qlimit: '5', active: '1', autoload_url: '0' },
        { id: '2', name: 'Odd', qlimit: '5', active: '1' },
        { id: '3', name: 'Off', qlimit: '5', active: '0' },
      ],
      quota_members: [
        { quota_id: '1', qid: '110', code: 'A1' },
        { quota_id: '1', qid: '120', code: 'SQ001' },
        { quota_id: '1', qid: '120', code: 'SQ002' },
        { quota_id: '2', qid: '999', code: 'x' },
      ],
      quota_languagesettings: [{ quotals_quota_id: '1', quotals_language: 'en', quotals_message: 'Enough reds' }],
    };
    const { go, left, document, anonymous } = taken(
      lime(
        [
          ...before,
          { code: 'again', type: 'M', parts: FRUITS, attributes: { array_filter: 'many' } },
          {
            code: 'rows',
            type: 'F',
            parts: [
              ['a', 'A'],
              ['b', 'B', { relevance: 'num > 1' }],
            ],
            answers: YES_NO,
            attributes: { page_break: '1' },
          },
          { code: 'old', type: 'T' },
          { code: 'inner', type: 'T', group: 2 },
          { code: 'secret', type: 'S', group: 2, attributes: { hidden: '1' } },
        ],
        {
          group: [{ gid: '2', grelevance: 'one == "A1"', randomization_group: 'r' }],
          surveys: [{ anonymized: 'Y', allowprev: 'N' }],
          conditions: [
            { qid: '170', cqid: '110', cfieldname: '7X1X110', method: '==', value: 'A1', scenario: '1' },
            { qid: '170', cqid: '110', cfieldname: '7X1X110', method: '==', value: 'A2', scenario: '1' },
            { qid: '170', cqid: '120', cfieldname: '+7X1X120SQ001', method: '==', value: 'Y', scenario: '1' },
            { qid: '170', cqid: '130', cfieldname: '7X1X130', method: '>', value: '7', scenario: '2' },
          ],
          defaultvalues: [{ qid: '130' }],
          ...quotas,
        },
      ),
    );
    expect(anonymous).toBe(true);
    expect(document.back).toBe(false);
    expect(left.toSorted()).toEqual(['default num', 'hidden secret', 'order Group 2 r', 'quota Odd'].toSorted());
    const shown = (answers: Answers) => [...go(answers).shown.keys()];
    expect(shown({})).toEqual(['one', 'many', 'num', 'grid', 'rows']);
    expect(shown({ ...one('A2'), ...many('SQ001') })).toEqual(['one', 'many', 'num', 'grid', 'again', 'rows', 'old']);
    expect(shown({ num: 8 })).toContain('old');
    expect(shown(one('A1'))).toContain('inner');
    expect(
      go(many('SQ002'))
        .shown.get('again')
        ?.choices.map((choice) => choice.id),
    ).toEqual(['SQ002']);
    expect(go({ num: 2 }).shown.get('rows')?.rows).toHaveLength(2);
    expect(go({ num: 1 }).shown.get('rows')?.rows).toHaveLength(1);
    expect(document.pages.map((page) => page.id)).toEqual(['group1', 'group1_2', 'group2']);
    const [quota] = document.quotas ?? [];
    expect(quota).toMatchObject({ name: 'Reds', limit: 5, action: 'terminate' });
    const full = [quota?.id ?? ''];
    expect(go({ ...one('A1'), ...many('SQ002') }, full)).toMatchObject({
      outcome: 'overQuota',
      ending: { title: { en: 'Enough reds' } },
    });
    expect(go({ ...one('A1'), ...many('SQ003') }, full).outcome).toBe('complete');
    expect(unfinishedStep(go({}))).toBeUndefined();
    expect(analyse(document).findings.filter((found) => found.severity === 'error')).toEqual([]);
  });
});

test('[SM4] what cannot be carried over of LimeSurvey is listed', () => {
  const { left, questions } = taken(
    lime([
      { code: 'eq', type: '*' },
      { code: 'lang', type: 'I' },
      { code: 'nums', type: ';', parts: FRUITS },
      { code: 'bare', type: 'L' },
      { code: 'com', type: 'P', parts: FRUITS, more: { mandatory: 'S' } },
      {
        code: 'valid',
        type: 'S',
        more: { preg: '/a|b/' },
        attributes: { em_validation_q: 'strlen(self) > 1', time_limit: '30' },
      },
      { code: 'pic', type: 'X', text: 'Look <img src="x"> {if(valid == "", "a", "b")}' },
      { code: 'never', type: 'S', more: { relevance: '0' } },
    ]),
  );
  expect(questions.map((one) => one.id)).toEqual(['com', 'valid', 'pic']);
  expect(left).toEqual([
    'calculation eq',
    'kind lang I',
    'kind nums ;',
    'noChoices bare',
    'required com',
    'comments com',
    'validation valid strlen(self) > 1',
    'timer valid 30',
    'pattern valid /a|b/',
    'markup pic',
    'piping pic {if(valid == "", "a", "b")}',
    'hidden never',
  ]);
});

test('[SM5] a LimeSurvey file of another kind or size is refused', () => {
  const refusal = (file: LimeFile): string => {
    try {
      expect(parseSurvey(importLimeSurvey(file).document).problems).toEqual([]);
      return 'taken';
    } catch (error) {
      if (error instanceof ImportRefused) return error.code;
      throw error;
    }
  };
  expect(refusal({ docType: 'Group', languages: [], tables: {} })).toBe('unknown');
  expect(refusal({ docType: 'Survey', languages: [], tables: {} })).toBe('empty');
  const texts = (n: number) => Array.from({ length: n }, (_, i) => ({ code: `q${i}`, type: 'T' }));
  expect(refusal(lime(texts(501)))).toBe('tooManyQuestions');
  const parts = Array.from({ length: 600 }, (_, i) => [`s${i}`, 'x'] as const);
  expect(refusal(lime([{ code: 'q', type: 'Q', parts }]))).toBe('tooManyQuestions');
  const answers = Array.from({ length: 10_001 }, (_, i) => [`a${i}`, 'x'] as const);
  expect(refusal(lime([{ code: 'q', type: 'L', answers }]))).toBe('tooManyChoices');
  // Whose part is itself, and tags that never end.
  const round = lime(texts(1));
  const [own = {}] = round.tables['questions'] ?? [];
  const subquestions = [{ ...own, parent_qid: own['qid'] ?? '' }];
  expect(refusal({ ...round, tables: { ...round.tables, subquestions } })).toBe('taken');
  expect(plainText(`${'<'.repeat(1_000_000)}>`).text.length).toBe(1_000_001);
  expect(refusal(lime(texts(200).map((one) => ({ ...one, text: 'x'.repeat(9_000) }))))).toBe('tooLarge');
});
