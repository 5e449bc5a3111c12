import { LANGUAGES } from '../../languages/index.ts';
import type { Choice, Ending, LongTextQuestion, SurveyDocument } from '../document.ts';
import { type Instrument, t } from './instrument.ts';

/** What every ready survey begins with. */
export const BASE: Pick<SurveyDocument, 'format' | 'languages'> = { format: 1, languages: LANGUAGES };

export const YOUR_OPINION = t('Your opinion', 'Ваше мнение', 'Twoja opinia', 'Vaše mnenje', 'نظر شما');

export const THANKS: readonly Ending[] = [
  {
    id: 'thanks',
    title: t('Thank you', 'Спасибо', 'Dziękujemy', 'Hvala', 'سپاسگزاریم'),
    text: t(
      'We read every answer. Yours helps us to do better.',
      'Мы читаем каждый ответ. Ваш поможет нам работать лучше.',
      'Czytamy każdą odpowiedź. Twoja pomoże nam działać lepiej.',
      'Preberemo vsak odgovor. Vaš nam pomaga, da smo boljši.',
      'همهٔ پاسخ‌ها را می‌خوانیم. پاسخ شما به ما کمک می‌کند بهتر شویم.',
    ),
  },
];

/** What is asked of whoever was not content. */
export const WHAT_TO_IMPROVE = t(
  'What should we improve first?',
  'Что нам стоит улучшить в первую очередь?',
  'Co powinniśmy poprawić w pierwszej kolejności?',
  'Kaj naj najprej izboljšamo?',
  'پیش از هر چیز، چه چیزی را باید بهتر کنیم؟',
);
/** What is asked of whoever was. */
export const WHAT_WAS_GOOD = t(
  'What did you like best?',
  'Что вам понравилось больше всего?',
  'Co podobało ci się najbardziej?',
  'Kaj vam je bilo najbolj všeč?',
  'چه چیزی را بیشتر پسندیدید؟',
);

export const ANYTHING_ELSE: LongTextQuestion = {
  id: 'comment',
  kind: 'longText',
  title: t(
    'Is there anything else you would like to tell us?',
    'Хотите добавить что-нибудь ещё?',
    'Czy chcesz coś jeszcze dodać?',
    'Nam želite sporočiti še kaj?',
    'آیا نکتهٔ دیگری هست که بخواهید بگویید؟',
  ),
};

export const OTHER: Choice = {
  id: 'other',
  text: t('Something else', 'Другое', 'Coś innego', 'Nekaj drugega', 'چیز دیگری'),
  words: true,
  fixed: true,
};

/** The two follow-up questions of a satisfaction from 1 to 5: below 4 what to improve, from 4 on what was good. */
export function followUp(field: string): readonly LongTextQuestion[] {
  return [
    { id: 'improve', kind: 'longText', title: WHAT_TO_IMPROVE, showIf: { field, op: 'lt', value: 4 } },
    { id: 'liked', kind: 'longText', title: WHAT_WAS_GOOD, showIf: { field, op: 'ge', value: 4 } },
  ];
}

export const SATISFIED = {
  low: t('Very dissatisfied', 'Очень плохо', 'Bardzo źle', 'Zelo nezadovoljni', 'بسیار ناراضی'),
  high: t('Very satisfied', 'Очень хорошо', 'Bardzo dobrze', 'Zelo zadovoljni', 'بسیار راضی'),
};

/** How far one agrees, 1 to 5; with a column for what does not apply. */
export const AGREEMENT: readonly Choice[] = [
  {
    id: 'a1',
    value: 1,
    text: t('Disagree', 'Нет', 'Nie zgadzam się', 'Se ne strinjam', 'مخالفم'),
  },
  {
    id: 'a2',
    value: 2,
    text: t('Rather disagree', 'Скорее нет', 'Raczej się nie zgadzam', 'Bolj ne kot da', 'تا حدی مخالفم'),
  },
  {
    id: 'a3',
    value: 3,
    text: t('Neither', 'И да, и нет', 'Ani tak, ani nie', 'Niti da niti ne', 'نه موافق، نه مخالف'),
  },
  {
    id: 'a4',
    value: 4,
    text: t('Rather agree', 'Скорее да', 'Raczej się zgadzam', 'Bolj da kot ne', 'تا حدی موافقم'),
  },
  { id: 'a5', value: 5, text: t('Agree', 'Да', 'Zgadzam się', 'Se strinjam', 'موافقم') },
];

/** How good something is, 1 to 5, and a column for what there was not. */
export const QUALITY: readonly Choice[] = [
  { id: 'g1', value: 1, text: t('Very poor', 'Очень плохо', 'Bardzo źle', 'Zelo slabo', 'بسیار بد') },
  { id: 'g2', value: 2, text: t('Poor', 'Плохо', 'Źle', 'Slabo', 'بد') },
  { id: 'g3', value: 3, text: t('Fair', 'Средне', 'Średnio', 'Srednje', 'متوسط') },
  { id: 'g4', value: 4, text: t('Good', 'Хорошо', 'Dobrze', 'Dobro', 'خوب') },
  { id: 'g5', value: 5, text: t('Very good', 'Очень хорошо', 'Bardzo dobrze', 'Zelo dobro', 'بسیار خوب') },
];
export const NOT_HERE: Choice = {
  id: 'na',
  text: t('Does not apply', 'Не применимо', 'Nie dotyczy', 'Ne velja', 'موردی ندارد'),
};

export const OWN_SELECTION = t(
  'Our own selection of questions that are in general use.',
  'Наша подборка вопросов, которые используются повсеместно.',
  'Nasz własny zestaw pytań stosowanych powszechnie.',
  'Naš izbor vprašanj, ki so v splošni rabi.',
  'گزیدهٔ خود ما از پرسش‌هایی که همه‌جا به کار می‌روند.',
);

export const NPS_TRADEMARK: Instrument['trademark'] = t(
  'Net Promoter, NPS and Net Promoter Score are registered trademarks of Bain & Company, NICE Systems (Satmetrix) and Fred Reichheld.',
  'Net Promoter, NPS и Net Promoter Score — зарегистрированные товарные знаки Bain & Company, NICE Systems (Satmetrix) и Фреда Райхельда.',
  'Net Promoter, NPS i Net Promoter Score są zastrzeżonymi znakami towarowymi Bain & Company, NICE Systems (Satmetrix) i Freda Reichhelda.',
  'Net Promoter, NPS in Net Promoter Score so registrirane blagovne znamke družb Bain & Company in NICE Systems (Satmetrix) ter Freda Reichhelda.',
  'Net Promoter، NPS و Net Promoter Score نشان‌های تجاری ثبت‌شدهٔ Bain & Company، NICE Systems (Satmetrix) و فرد رایکهلد هستند.',
);
export const CES_TRADEMARK: Instrument['trademark'] = t(
  'The Customer Effort Score was introduced by the Corporate Executive Board (CEB), today a part of Gartner, Inc.; the name is theirs.',
  'Показатель Customer Effort Score предложен Corporate Executive Board (CEB), ныне частью Gartner, Inc.; название принадлежит им.',
  'Wskaźnik Customer Effort Score wprowadził Corporate Executive Board (CEB), dziś część Gartner, Inc.; nazwa należy do nich.',
  'Kazalnik Customer Effort Score je uvedel Corporate Executive Board (CEB), danes del družbe Gartner, Inc.; ime je njihovo.',
  'شاخص Customer Effort Score را Corporate Executive Board (CEB)، که امروز بخشی از Gartner, Inc. است، معرفی کرد؛ این نام از آنِ ایشان است.',
);
