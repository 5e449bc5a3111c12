import type { Choice, Question, SurveyDocument } from '@touchstone/domain/survey';

const t = (en: string, fa: string) => ({ en, fa });
const choice = (id: string, en: string, fa: string, more: Partial<Choice> = {}): Choice => ({
  id,
  text: t(en, fa),
  ...more,
});
/** A picture of one colour: nothing is asked of the network. */
const picture = (colour: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><path fill="${colour}" d="M0 0h16v9H0z"/></svg>`)}`;

const THINGS = [
  choice('speed', 'Quick delivery', 'تحویل سریع'),
  choice('price', 'A fair price', 'قیمت منصفانه'),
  choice('help', 'Help when it is needed', 'کمک هنگام نیاز'),
  choice('choice', 'Much to choose from', 'تنوع زیاد'),
];

/** One question of every kind, as people would be asked. */
export const EVERY_KIND: readonly Question[] = [
  {
    id: 'hello',
    kind: 'statement',
    title: t('Tell us how it was', 'به ما بگویید چطور بود'),
    help: t('It takes some minutes.', 'چند دقیقه طول می‌کشد.'),
  },
  {
    id: 'nps',
    kind: 'nps',
    required: true,
    title: t('How likely are you to recommend us to a friend?', 'چقدر احتمال دارد ما را به یک دوست پیشنهاد کنید؟'),
  },
  {
    id: 'stars',
    kind: 'csat',
    look: 'stars',
    title: t('How satisfied are you with the parcel?', 'از بسته چقدر راضی هستید؟'),
    none: t('I have none yet', 'هنوز نرسیده است'),
  },
  { id: 'faces', kind: 'csat', look: 'smileys', title: t('And with the help you got?', 'و از کمکی که گرفتید؟') },
  {
    id: 'ces',
    kind: 'ces',
    title: t('They made it easy for me to solve my problem.', 'حل مشکلم را برایم آسان کردند.'),
  },
  {
    id: 'rating',
    kind: 'rating',
    from: 1,
    to: 10,
    title: t('How do you like the shop?', 'فروشگاه را چقدر می‌پسندید؟'),
    low: t('Not at all', 'اصلاً'),
    high: t('Very much', 'خیلی زیاد'),
  },
  {
    id: 'slider',
    kind: 'slider',
    from: 0,
    to: 100,
    step: 5,
    unit: t('percent', 'درصد'),
    title: t('How much of it did you expect?', 'چقدر از آن را انتظار داشتید؟'),
  },
  {
    id: 'single',
    kind: 'single',
    title: t('How did you hear of us?', 'چطور با ما آشنا شدید؟'),
    choices: [
      choice('friend', 'From a friend', 'از یک دوست'),
      choice('search', 'By searching', 'با جست‌وجو'),
      choice('other', 'Otherwise', 'طور دیگر', { words: true }),
    ],
  },
  {
    id: 'multiple',
    kind: 'multiple',
    title: t('What did you like?', 'چه چیزی را پسندیدید؟'),
    most: 2,
    choices: [...THINGS, choice('none', 'None of these', 'هیچ‌کدام', { exclusive: true })],
  },
  {
    id: 'dropdown',
    kind: 'dropdown',
    title: t('Where do you live?', 'کجا زندگی می‌کنید؟'),
    choices: [choice('town', 'In a town', 'در شهر'), choice('land', 'In the country', 'در روستا')],
  },
  {
    id: 'picture',
    kind: 'picture',
    title: t('Which wrapping is nicer?', 'کدام بسته‌بندی زیباتر است؟'),
    choices: [
      choice('teal', 'Teal', 'سبزآبی', { picture: picture('#0f766e') }),
      choice('sand', 'Sand', 'شنی', { picture: picture('#d6b98c') }),
    ],
  },
  {
    id: 'matrix',
    kind: 'matrix',
    title: t('How far do you agree?', 'تا چه حد موافقید؟'),
    rows: [
      choice('easy', 'Ordering was easy.', 'سفارش آسان بود.'),
      choice('clear', 'I knew where my parcel was.', 'می‌دانستم بسته‌ام کجاست.'),
    ],
    columns: [
      choice('no', 'No', 'نه', { value: 1 }),
      choice('partly', 'Partly', 'تا حدی', { value: 2 }),
      choice('yes', 'Yes', 'بله', { value: 3 }),
    ],
  },
  {
    id: 'ranking',
    kind: 'ranking',
    title: t('What matters most? Put it first.', 'چه چیزی مهم‌تر است؟ اول بگذارید.'),
    choices: THINGS.slice(0, 3),
  },
  {
    id: 'sum',
    kind: 'constantSum',
    total: 100,
    unit: t('points', 'امتیاز'),
    title: t('How much does each matter?', 'هر کدام چقدر مهم است؟'),
    choices: THINGS.slice(0, 3),
  },
  {
    id: 'maxdiff',
    kind: 'maxdiff',
    perSet: 3,
    sets: 2,
    title: t('What matters most and least?', 'چه چیزی بیشترین و کمترین اهمیت را دارد؟'),
    choices: THINGS,
  },
  {
    id: 'short',
    kind: 'shortText',
    title: t('What is your order number?', 'شمارهٔ سفارش شما چیست؟'),
    placeholder: t('AB123456', 'AB123456'),
    pattern: '[A-Z]{2}\\d{6}',
    patternHint: t('Two capital letters and six digits, as on the bill.', 'دو حرف بزرگ و شش رقم، مانند صورتحساب.'),
  },
  { id: 'long', kind: 'longText', title: t('What should be better?', 'چه چیزی باید بهتر شود؟') },
  { id: 'mail', kind: 'email', title: t('May we write to you?', 'اجازه داریم به شما بنویسیم؟') },
  { id: 'phone', kind: 'phone', title: t('Or call?', 'یا تماس بگیریم؟') },
  {
    id: 'number',
    kind: 'number',
    min: 0,
    max: 99,
    title: t('How often did you order this year?', 'امسال چند بار سفارش دادید؟'),
  },
  { id: 'date', kind: 'date', title: t('When did the parcel come?', 'بسته چه روزی رسید؟') },
  {
    id: 'consent',
    kind: 'consent',
    title: t('May your words be shown?', 'اجازه داریم سخن شما را نشان دهیم؟'),
    label: t('Yes, without my name', 'بله، بدون نامم'),
  },
  {
    id: 'file',
    kind: 'file',
    accept: ['image/*', 'application/pdf'],
    most: 2,
    title: t('A picture of the parcel, if you have one', 'اگر عکسی از بسته دارید بفرستید'),
  },
];

/** All of them on one page, then one more page and the end. */
export const EVERY_KIND_SURVEY: SurveyDocument = {
  format: 1,
  languages: ['en', 'fa'],
  title: t('Your last order', 'آخرین سفارش شما'),
  pages: [
    { id: 'all', questions: EVERY_KIND },
    { id: 'last', questions: [{ id: 'more', kind: 'longText', title: t('Anything else?', 'سخن دیگری هست؟') }] },
  ],
  endings: [
    {
      id: 'thanks',
      title: t('Thank you', 'سپاسگزاریم'),
      text: t('Somebody reads every word.', 'هر کلمه خوانده می‌شود.'),
    },
  ],
};

/** A good answer to each, as a form brings it: names without `q.`. */
export const GOOD_ANSWERS: Readonly<Record<string, string>> = {
  nps: '9',
  stars: '4',
  faces: '5',
  ces: '6',
  rating: '8',
  slider: '35',
  single: 'other',
  'single.words.other': 'On the radio',
  multiple: 'speed',
  dropdown: 'land',
  picture: 'teal',
  'matrix.easy': 'yes',
  'matrix.clear': 'partly',
  'ranking.speed': '2',
  'ranking.price': '1',
  'ranking.help': '3',
  'sum.speed': '50',
  'sum.price': '30',
  'sum.help': '20',
  short: 'AB123456',
  long: 'Nothing',
  mail: 'name@example.com',
  phone: '+48 22 555 01 23',
  number: '۱۲',
  date: '2026-11-01',
  consent: 'yes',
};
