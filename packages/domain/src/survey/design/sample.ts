import { type Choice, FORMAT, type Page, type Question, type QuestionKind, type SurveyDocument } from '../document.ts';

/*
 * A survey that uses everything a document can say, each property at least once: what schema, renderer, exports and
 * editor are tried on.
 */

type Whole<T> = { readonly [K in keyof T]-?: T[K] };
type WholeQuestion = { readonly [K in QuestionKind]: Whole<Extract<Question, { kind: K }>> };

const t = (en: string, fa: string) => ({ en, fa });
const showIf = { field: 'person.plan', op: 'ne', value: 'nobody' } as const;

const choices: readonly Choice[] = [
  { id: 'price', text: t('Price', 'قیمت'), group: 'money', value: 1 },
  { id: 'quality', text: t('Quality', 'کیفیت'), showIf, value: 2 },
  { id: 'picture', text: t('Looks', 'ظاهر'), picture: 'https://example.org/looks.png', value: 3 },
  { id: 'other', text: t('Other', 'موارد دیگر'), words: true, fixed: true },
  { id: 'none', text: t('None of these', 'هیچ‌کدام'), exclusive: true, fixed: true },
];
const columns: readonly Choice[] = [
  { id: 'disagree', text: t('Disagree', 'مخالفم'), value: 1 },
  { id: 'neither', text: t('Neither', 'نه موافق، نه مخالف'), value: 2 },
  { id: 'agree', text: t('Agree', 'موافقم'), value: 3 },
];

const base = <K extends QuestionKind>(kind: K, id: string) => ({
  kind,
  id,
  title: t(`A question: ${kind}`, `پرسش: ${kind}`),
  help: t('Dear {{person.name|customer}}, take your time.', '{{person.name|مشتری}} گرامی، شتاب نکنید.'),
  required: true as const,
  showIf,
  skips: [{ if: { field: 'hidden.shop', op: 'eq', value: 'closed' } as const, to: 'out' }],
  instrument: 'rating',
  name: kind,
  personal: false,
});
const ends = {
  low: t('Not at all', 'اصلاً'),
  high: t('Very much', 'خیلی زیاد'),
  none: t('Does not apply', 'مورد ندارد'),
};
const choosing = {
  choices,
  carried: { question: 'single', take: 'unchosen' as const },
  groups: [{ id: 'money', text: t('Money', 'پول') }],
  order: 'random' as const,
};
const placeholder = t('Type here', 'اینجا بنویسید');
const lengths = { minLength: 2, maxLength: 200, placeholder };

/** One question of each kind, with every property it can have. */
export const EVERY_KIND: WholeQuestion = {
  nps: { ...base('nps', 'nps'), ...ends },
  csat: { ...base('csat', 'csat'), ...ends, look: 'smileys', points: 5 },
  ces: { ...base('ces', 'ces'), ...ends },
  rating: { ...base('rating', 'rating'), ...ends, look: 'stars', from: 1, to: 5 },
  slider: { ...base('slider', 'slider'), ...ends, from: 0, to: 100, step: 5, unit: t('%', '٪') },
  single: { ...base('single', 'single'), ...choosing, carried: { question: 'multiple', take: 'chosen' } },
  dropdown: { ...base('dropdown', 'dropdown'), ...choosing },
  multiple: {
    ...base('multiple', 'multiple'),
    ...choosing,
    carried: { question: 'first', take: 'chosen' },
    least: 1,
    most: 3,
  },
  picture: { ...base('picture', 'picture'), ...choosing, multiple: true, least: 1, most: 2 },
  ranking: { ...base('ranking', 'ranking'), ...choosing, most: 3 },
  constantSum: { ...base('constantSum', 'sum'), ...choosing, total: 100, unit: t('points', 'امتیاز') },
  maxdiff: {
    ...base('maxdiff', 'maxdiff'),
    ...choosing,
    perSet: 3,
    sets: 4,
    best: t('Best', 'بهترین'),
    worst: t('Worst', 'بدترین'),
  },
  matrix: {
    ...base('matrix', 'matrix'),
    rows: choices,
    columns,
    carried: { question: 'single', take: 'unchosen' },
    multiple: true,
    order: 'flip',
  },
  shortText: {
    ...base('shortText', 'short'),
    ...lengths,
    pattern: '[A-Z]{2}\\d{6}',
    patternHint: t('Two letters and six digits', 'دو حرف و شش رقم'),
  },
  longText: { ...base('longText', 'long'), ...lengths },
  email: { ...base('email', 'email'), placeholder },
  phone: { ...base('phone', 'phone'), placeholder },
  number: { ...base('number', 'number'), min: 0, max: 120, decimals: 1, unit: t('kg', 'کیلوگرم') },
  date: { ...base('date', 'date'), min: '2026-01-01', max: 'today' },
  file: { ...base('file', 'file'), accept: ['image/*', 'application/pdf'], most: 3, maxBytes: 5_000_000 },
  consent: { ...base('consent', 'consent'), label: t('I agree', 'موافقم'), link: 'https://example.org/privacy' },
  statement: { ...base('statement', 'statement'), picture: 'https://example.org/hello.png' },
};

const pages: readonly Whole<Page>[] = [
  {
    id: 'start',
    title: t('To begin with', 'برای آغاز'),
    text: t('A few questions.', 'چند پرسش.'),
    questions: [
      { id: 'first', kind: 'multiple', title: t('What matters?', 'چه چیزی مهم است؟'), choices },
      EVERY_KIND.multiple,
      EVERY_KIND.single,
    ],
    showIf,
    skips: [{ if: { not: { field: 'first', op: 'exists' } }, to: 'end' }],
    order: 'random',
    loop: 'none',
  },
  {
    id: 'all',
    title: t('About {{loop}}', 'درباره {{loop}}'),
    text: t('', ''),
    questions: Object.values(EVERY_KIND).filter((question) => question.id !== 'multiple' && question.id !== 'single'),
    showIf,
    skips: [],
    order: 'random',
    loop: 'each',
  },
];

const [start, all] = pages.map(({ loop, ...page }) => (loop === 'none' ? page : { ...page, loop }));

export const EVERYTHING_IN_ONE: Whole<SurveyDocument> = {
  format: FORMAT,
  languages: ['en', 'fa'],
  title: t('Everything', 'همه چیز'),
  pages: [start, all].filter((page) => page !== undefined),
  endings: [
    {
      id: 'out',
      outcome: 'screenedOut',
      title: t('Sorry', 'متأسفیم'),
      text: t('Not this time.', 'این بار نه.'),
      showIf: { field: 'score.total', op: 'lt', value: 2 },
    },
    { id: 'end', title: t('Thank you', 'سپاسگزاریم'), redirect: 'https://example.org/thanks' },
  ],
  loops: [{ id: 'each', over: { question: 'first', take: 'chosen' }, order: 'random', most: 3 }],
  hidden: [{ id: 'shop', values: ['open', 'closed'], fallback: 'open' }],
  quotas: [
    {
      id: 'pro',
      name: 'Professionals',
      if: { field: 'person.plan', op: 'eq', value: 'pro' },
      limit: 100,
      action: 'terminate',
      ending: 'out',
    },
  ],
  scores: [
    {
      id: 'total',
      name: t('Total', 'جمع'),
      how: 'percent',
      of: [
        { question: 'rating', weight: 2, reversed: true },
        { question: 'matrix', row: 'price' },
      ],
    },
  ],
  back: true,
  progress: true,
};
