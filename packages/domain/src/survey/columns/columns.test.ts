import { expect, test } from 'vitest';
import type { Answers, Choice, Localized, Page, Question, SurveyDocument } from '../index.ts';
import { type AnswerColumn, cellOf, columnsOf, type ReadResponse } from './index.ts';

const t = (en: string, fa?: string): Localized => (fa === undefined ? { en } : { en, fa });
const choices = (...ids: string[]): Choice[] => ids.map((id) => ({ id, text: t(id.toUpperCase()) }));

function documentOf(questions: readonly Question[], rest: Partial<SurveyDocument> = {}): SurveyDocument {
  return {
    format: 1,
    languages: ['en', 'fa'],
    title: t('Survey'),
    pages: [{ id: 'p1', questions }],
    endings: [{ id: 'end', title: t('End') }],
    ...rest,
  };
}

function columns(documents: SurveyDocument | readonly SurveyDocument[], language = 'en'): AnswerColumn[] {
  const list = 'format' in documents ? [documents] : documents;
  return [...columnsOf(list.map((document, i) => ({ version: i + 1, document })), language)]; // prettier-ignore
}

/** A column in a line: name, label, where it stands and what of it. */
function told({ name, label, source }: AnswerColumn): string {
  if (source.from !== 'answer') return `${name} (${label}): ${source.from} ${source.id}`;
  const { as, ...rest } = source.take;
  const of = 'codes' in rest ? rest.codes.map(({ id, code, label: said }) => `${id}=${code} ${said}`).join(', ') : '';
  const part = [('row' in rest && rest.row) || '', ('choice' in rest && rest.choice) || ''].filter((id) => id !== '');
  const versions = source.versions === undefined ? '' : ` of ${source.versions.join()}`;
  return `${name} (${label}): ${source.key}${versions} ${[as, ...part, of].filter((one) => one !== '').join(' ')}`;
}

test('[SX1] every kind of question has its columns', () => {
  const likert: Choice[] = [1, 2, 3].map((value) => ({ id: `c${value}`, text: t(`${value}`), value: value - 2 }));
  const found = columns(
    documentOf(
      [
        { id: 'nps', kind: 'nps', title: t('Would you {{person.name|dear guest}}   recommend us to {{who}}?') },
        { id: 'sat', kind: 'csat', title: t('Satisfied?'), none: t('Not me'), low: t('No'), high: t('Yes') },
        { id: 'ces', kind: 'ces', title: t('Easy?') },
        { id: 'rating', kind: 'rating', title: t('Rating'), from: -20, to: 3, none: t('None') },
        { id: 'slide', kind: 'slider', title: t('Slide'), from: 0, to: 1, step: 0.25 },
        { id: 'one', kind: 'single', name: 'where', title: t('Where?'), choices: [...choices('a'), { id: 'o', text: t('Other'), words: true }] }, // prettier-ignore
        { id: 'drop', kind: 'dropdown', title: t('Drop'), choices: [], carried: { question: 'one', take: 'unchosen' } },
        { id: 'pic', kind: 'picture', title: t('Pic'), choices: choices('x'), multiple: true },
        { id: 'many', kind: 'multiple', title: t('Many'), choices: [...choices('a', 'b'), { id: 'n', text: t('None'), exclusive: true }] }, // prettier-ignore
        { id: 'm', kind: 'matrix', title: t('M'), rows: choices('r', 's'), columns: likert },
        { id: 'mm', kind: 'matrix', title: t('MM'), rows: choices('r'), columns: choices('u', 'v'), multiple: true },
        { id: 'rank', kind: 'ranking', title: t('Rank'), choices: choices('k', 'l') },
        { id: 'sum', kind: 'constantSum', title: t('Sum'), total: 100, choices: choices('k') },
        { id: 'max', kind: 'maxdiff', title: t('Max'), choices: choices('k') },
        { id: 'short', kind: 'shortText', title: t('Short') },
        { id: 'long', kind: 'longText', title: t('Long') },
        { id: 'mail', kind: 'email', title: t('Mail') },
        { id: 'phone', kind: 'phone', title: t('Phone') },
        { id: 'num', kind: 'number', title: t('Num'), min: 1, max: 9, decimals: 2 },
        { id: 'day', kind: 'date', title: t('Day') },
        { id: 'file', kind: 'file', title: t('File') },
        { id: 'ok', kind: 'consent', title: t('Ok'), label: t('I agree') },
        { id: 'said', kind: 'statement', title: t('Nothing') },
      ],
      {
        hidden: [{ id: 'till' }],
        scores: [{ id: 'all', name: t('All'), how: 'mean', of: [] }],
        quotas: [{ id: 'full', name: 'Women', limit: 3, action: 'warn' }],
      },
    ),
  );
  expect(found.map(told)).toEqual([
    'till (till): hidden till',
    'nps (Would you dear guest recommend us to …?): nps scale',
    'sat (Satisfied?): sat scale',
    'sat_none (Satisfied? – Not me): sat notApplicable',
    'ces (Easy?): ces scale',
    'rating (Rating): rating scale',
    'rating_none (Rating – None): rating notApplicable',
    'slide (Slide): slide scale',
    'where (Where?): one code a=1 A, o=2 Other',
    'where_o_words (Where? – Other): one words o',
    'drop (Drop): drop code a=1 A, o=2 Other',
    'pic_x (Pic – X): pic flag x',
    'many_a (Many – A): many flag a',
    'many_b (Many – B): many flag b',
    'many_n (Many – None): many flag n',
    'm_r (M – R): m code r c1=-1 1, c2=0 2, c3=1 3',
    'm_s (M – S): m code s c1=-1 1, c2=0 2, c3=1 3',
    'mm_r_u (MM – R – U): mm flag r u',
    'mm_r_v (MM – R – V): mm flag r v',
    'rank_k (Rank – K): rank rank k',
    'rank_l (Rank – L): rank rank l',
    'sum_k (Sum – K): sum part k',
    'max_k (Max – K): max balance k',
    'short (Short): short text',
    'long (Long): long text',
    'mail (Mail): mail text',
    'phone (Phone): phone text',
    'num (Num): num number',
    'day (Day): day day',
    'file (File): file files',
    'ok (Ok): ok consent',
    'all (All): score all',
    'full (Women): quota full',
  ]);
  const by = (name: string) => found.find((column) => column.name === name);
  expect(by('nps')).toMatchObject({ measure: 'scale', range: { from: 0, to: 10 }, values: [], decimals: 0 });
  expect(by('sat')).toMatchObject({ measure: 'ordinal', range: { from: 1, to: 5 }, missing: -9, values: [{ value: 1, label: 'No' }, { value: 5, label: 'Yes' }, { value: -9, label: 'Not me' }] }); // prettier-ignore
  expect([by('rating')?.missing, by('slide')?.decimals, by('slide')?.range]).toEqual([-99, 2, { from: 0, to: 1 }]);
  expect(by('num')).toMatchObject({ measure: 'scale', range: { from: 1, to: 9 }, decimals: 2 });
  expect([by('where'), by('m_r'), by('rank_k'), by('many_a')].map((column) => column?.measure)).toEqual(['nominal', 'ordinal', 'ordinal', 'nominal']); // prettier-ignore
  expect(by('many_b')?.set).toEqual({ key: 'many', name: 'many', label: 'Many', member: 'B' });
  expect(by('mm_r_u')?.set).toEqual({ key: 'mm r', name: 'mm_r', label: 'MM – R', member: 'U' });
  expect(found.filter((column) => column.personal).map(({ name }) => name)).toEqual(['till', 'mail', 'phone', 'file']);
});

test('[SX1] in a loop each item has its columns, of a list or of what was chosen before', () => {
  const pages = (loop: string): Page[] => [
    { id: 'p0', questions: [{ id: 'seen', kind: 'multiple', title: t('Seen?'), choices: [...choices('a', 'b'), { id: 'n', text: t('None'), exclusive: true }] }] }, // prettier-ignore
    { id: 'p1', loop, questions: [{ id: 'q', kind: 'csat', title: t('How was {{loop}}?') }, { id: 'm', kind: 'matrix', title: t('M'), rows: choices('r'), columns: choices('u') }] }, // prettier-ignore
  ];
  const loops: SurveyDocument['loops'] = [
    { id: 'chosen', over: { question: 'seen', take: 'chosen' } },
    { id: 'list', items: choices('x') },
  ];
  expect(
    columns(documentOf([], { pages: pages('chosen'), loops }))
      .slice(3)
      .map(told),
  ).toEqual([
    'q_a (How was …? – A): q@a scale',
    'q_b (How was …? – B): q@b scale',
    'm_a_r (M – A – R): m@a code r u=1 U',
    'm_b_r (M – B – R): m@b code r u=1 U',
  ]);
  expect(
    columns(documentOf([], { pages: pages('list'), loops }))
      .slice(3)
      .map(told),
  ).toEqual(['q_x (How was …? – X): q@x scale', 'm_x_r (M – X – R): m@x code r u=1 U']);
  // A survey over itself ends.
  const round: Question = { id: 'c', kind: 'single', title: t('C'), choices: choices('z'), carried: { question: 'c', take: 'chosen' } }; // prettier-ignore
  expect(columns(documentOf([round])).map(told)).toEqual(['c (C): c code z=1 Z']);
});

test('[SX2] versions are one table: the newest in order and words, a number for each choice for ever', () => {
  const first = documentOf(
    [
      { id: 'old', kind: 'shortText', title: t('Old') },
      { id: 'one', kind: 'single', title: t('One'), choices: choices('a', 'b') },
      { id: 'two', kind: 'dropdown', title: t('Two'), choices: choices('a') },
      { id: 'turned', kind: 'nps', title: t('Turned') },
    ],
    { hidden: [{ id: 'till' }] },
  );
  const second = documentOf(
    [
      { id: 'turned', kind: 'shortText', title: t('Turned to text') },
      { id: 'one', kind: 'single', title: t('One, again'), choices: [{ id: 'c', text: t('Sea') }, ...choices('b')] },
      { id: 'two', kind: 'single', title: t('Two'), choices: choices('a') },
    ],
    { hidden: [{ id: 'shop' }] },
  );
  expect(columns([first, second]).map(told)).toEqual([
    'shop (shop): hidden shop',
    'till (till): hidden till',
    'turned (Turned to text): turned of 2 text',
    'turned_v1 (Turned): turned of 1 scale',
    'one (One, again): one code c=3 Sea, b=2 B, a=1 A',
    'two (Two): two code a=1 A',
    'old (Old): old text',
  ]);
  // Whole numbers of their own are their numbers, unless two have the same.
  const valued = (...values: number[]): Question => ({ id: 'q', kind: 'single', title: t('Q'), choices: values.map((value, i) => ({ id: `c${i}`, text: t('x'), value })) }); // prettier-ignore
  expect(columns(documentOf([valued(10, -20)])).map(told)).toEqual(['q (Q): q code c0=10 x, c1=-20 x']);
  expect(columns(documentOf([valued(10, 10)])).map(told)).toEqual(['q (Q): q code c0=1 x, c1=2 x']);
  // What a later version says changes none of them.
  const later = (...lists: (number | undefined)[][]): AnswerColumn | undefined =>
    columns(lists.map((values) => documentOf([{ id: 'q', kind: 'single', title: t('Q'), choices: values.map((value, i) => ({ id: `c${i}`, text: t('x'), ...(value === undefined ? {} : { value }) })) }])))[0]; // prettier-ignore
  const codes = (...lists: (number | undefined)[][]): string => later(...lists)?.source.from === 'answer' ? told(later(...lists) as AnswerColumn).slice(14) : ''; // prettier-ignore
  expect(codes([10, 20], [10, 20, undefined, 5, 20])).toBe('c0=10 x, c1=20 x, c2=21 x, c3=5 x, c4=22 x');
  expect(codes([10, 20], [20, 10])).toBe('c0=10 x, c1=20 x');
  expect(codes([10, undefined], [10, 20, 30])).toBe('c0=1 x, c1=2 x, c2=3 x');
  // Numbers that are in another order than the values are no order.
  expect([later([10, 20])?.measure, later([10, 20], [20, 10])?.measure]).toEqual(['ordinal', 'nominal']);
});

test('[SX1] two questions of one name are two lists', () => {
  const named = (id: string): Question => ({ id, kind: 'multiple', name: 'Why', title: t(id), choices: choices('a') });
  expect(columns(documentOf([named('x'), named('y')])).map(({ set }) => [set?.key, set?.name])).toEqual([['x', 'Why'], ['y', 'Why']]); // prettier-ignore
});

test('[SX3] texts are in the language asked for, in the survey’s first where it has them not', () => {
  const one: Question = { id: 'one', kind: 'single', title: t('Where?', 'کجا؟'), choices: [{ id: 'a', text: t('Here', 'این‌جا') }, ...choices('b')] }; // prettier-ignore
  expect(columns(documentOf([one]), 'fa').map(told)).toEqual(['one (کجا؟): one code a=1 این‌جا, b=2 B']);
  const personal: Question = { id: 'name', kind: 'shortText', personal: true, title: t('Your name') };
  const open: Question = { id: 'name', kind: 'shortText', title: t('A name') };
  // What said who somebody was in one version does so in the table.
  expect(columns([documentOf([personal]), documentOf([open])]).map((column) => column.personal)).toEqual([true]);
});

test('[SX2] columns come one by one: a survey as large as it may be makes no more than are asked for', () => {
  const many = Array.from({ length: 5_000 }, (_, i) => `c${i}`);
  const document = documentOf([], {
    loops: [{ id: 'l', items: choices(...many.slice(0, 4_000)) }],
    pages: [
      { id: 'p', loop: 'l', questions: [{ id: 'q', kind: 'multiple', title: t('Q'), choices: choices(...many) }] },
    ],
  });
  const columnsNow = columnsOf([{ version: 1, document }], 'en');
  expect(Array.from({ length: 5_001 }, () => columnsNow.next().value?.name).slice(-2)).toEqual([
    'q_c0_c4999',
    'q_c1_c0',
  ]);
});

test('[SX4] what stands in a column is what was answered, of every kind', () => {
  const source = (take: Extract<AnswerColumn['source'], { from: 'answer' }>['take'], key = 'q', versions?: number[]) =>
    ({ name: 'q', label: 'Q', personal: false, measure: 'nominal', source: { from: 'answer', key, take, ...(versions === undefined ? {} : { versions }) } }) as const; // prettier-ignore
  const response = (answers: Answers): ReadResponse => ({ version: 2, answers, offered: new Set(['q.a']), hidden: { till: '7', no: '' }, scores: new Map([['s', 2.5]]), quotas: ['full'] }); // prettier-ignore
  const cells = (take: Parameters<typeof source>[0], ...answers: (Answers[string] | undefined)[]) =>
    answers.map((answer) => cellOf(source(take), response(answer === undefined ? {} : { q: answer })));
  expect(cells({ as: 'scale' }, 9, 0, 'none', undefined)).toEqual([9, 0, 'none', null]);
  expect(cells({ as: 'notApplicable' }, 9, 'none', undefined)).toEqual([0, 1, null]);
  expect(cells({ as: 'code', codes: [] }, { chosen: ['a'] }, { chosen: [] }, undefined)).toEqual(['a', null, null]);
  expect(cells({ as: 'code', row: 'r', codes: [] }, { r: ['u'], s: ['v'] }, { s: ['v'] })).toEqual(['u', null]);
  expect(cells({ as: 'flag', choice: 'a' }, { chosen: ['b', 'a'] }, { chosen: ['b'] }, undefined)).toEqual([
    1,
    0,
    null,
  ]);
  expect(cells({ as: 'flag', row: 'r', choice: 'u' }, { r: ['u', 'v'] }, { r: ['v'] }, { s: ['u'] })).toEqual([1, 0, null]); // prettier-ignore
  expect(cells({ as: 'words', choice: 'o' }, { chosen: ['o'], words: { o: 'so' } }, { chosen: ['o'] }, undefined)).toEqual(['so', null, null]); // prettier-ignore
  expect(cells({ as: 'rank', choice: 'a' }, ['b', 'a'], ['b'], undefined)).toEqual([2, null, null]);
  expect(cells({ as: 'part', choice: 'a' }, { a: 40, b: 60 }, { b: 100 }, undefined)).toEqual([40, 0, null]);
  expect(cells({ as: 'balance', choice: 'a' }, { 0: ['a', 'b'], 1: ['c', 'a'], 2: ['a', 'c'] }, undefined)).toEqual([1, null]); // prettier-ignore
  // What nobody was shown is no 0.
  expect(cells({ as: 'part', choice: 'c' }, { a: 40, b: 60 })).toEqual([null]);
  expect(cells({ as: 'balance', choice: 'd' }, { 0: ['a', 'b'] })).toEqual([null]);
  expect(cells({ as: 'text' }, 'so', undefined)).toEqual(['so', null]);
  expect(cells({ as: 'number' }, -1.5, undefined)).toEqual([-1.5, null]);
  expect(cells({ as: 'day' }, '2026-11-22', undefined)).toEqual(['2026-11-22', null]);
  expect(cells({ as: 'files' }, [{ id: '1', name: 'a.png', bytes: 1, type: 'image/png' }], undefined)).toEqual(['a.png', null]); // prettier-ignore
  expect(cells({ as: 'consent' }, true, false, undefined)).toEqual([1, 0, null]);
  // Asked something else then; of another round.
  expect(cellOf(source({ as: 'scale' }, 'q', [1]), response({ q: 9 }))).toBeNull();
  expect(cellOf(source({ as: 'scale' }, 'q@a', [2]), response({ q: 9, 'q@a': 3 }))).toBe(3);
  const other = (from: 'hidden' | 'score' | 'quota', id: string) =>
    cellOf({ ...source({ as: 'text' }), source: { from, id } }, response({}));
  expect([other('hidden', 'till'), other('hidden', 'no'), other('hidden', 'toString')]).toEqual(['7', null, null]);
  expect([other('score', 's'), other('score', 'none'), other('quota', 'full'), other('quota', 'no')]).toEqual([2.5, null, 1, 0]); // prettier-ignore
});
