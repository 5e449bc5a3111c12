import { LANGUAGES, type Language } from '@touchstone/domain/languages';
import { describe, expect, test } from 'vitest';
import { plain, wordsOf } from '../../../../test/support/words.ts';
import type { FindingFact } from '../contract.ts';
import { evidenceFigures, evidenceOf } from './evidence-rows.ts';
import { type Telling, type Words, sayingOf, sinceSaying } from './saying.ts';
import { waysOf } from './ways.ts';
import { sizeWords } from './writing.ts';

const ALL: Readonly<Record<Language, Words>> = {
  en: wordsOf('en', 'measure/metrics'),
  ru: wordsOf('ru', 'measure/metrics'),
  pl: wordsOf('pl', 'measure/metrics'),
  sl: wordsOf('sl', 'measure/metrics'),
  fa: wordsOf('fa', 'measure/metrics'),
};

const figure = { value: 3.81, low: 3.7, high: 3.92, n: 1204, people: 1180, few: false };
const other = { value: 4.12, low: 4.05, high: 4.19, n: 2310, people: 2201, few: false };
const change = { value: -0.31, low: -0.44, high: -0.18, p: 0.0001, pCorrected: 0.0004 };
const rating: FindingFact = {
  kind: 'level',
  metric: 'rating',
  direction: 'unclear',
  tone: 'neither',
  subject: null,
  figure,
  other: null,
  change: null,
  among: 1,
  since: null,
  gain: null,
  covers: [],
};
const lower = { direction: 'lower', tone: 'worse', change, other } as const;
const since = { at: '2025-03-03', earliest: '2025-02-24', latest: '2025-03-16', until: null };
const subject = (field: string, level: string) => ({ field, level, label: level, filter: `${field}:${level}` });
const lateRate = { metric: 'late_rate', change: { ...change, value: 0.031 } } as const;
const KINDS = {
  few: { ...rating, figure: { ...figure, n: 21, few: true } },
  level: rating,
  since: { ...rating, ...lower, kind: 'since', since, among: 22 },
  where: { ...rating, ...lower, kind: 'where', since, subject: subject('stage', 'Delivery'), among: 4 },
  nowhere: { ...rating, kind: 'where', among: 4 },
  was: { ...rating, ...lower, kind: 'was', since: { ...since, until: '2025-06-15' }, among: 22 },
  drift: { ...rating, ...lower, kind: 'drift', direction: 'higher', tone: 'better' },
  steady: { ...rating, kind: 'steady' },
  short: { ...rating, kind: 'short' },
  change: { ...rating, ...lower, kind: 'change', metric: 'nps', change: { ...change, value: -5 } },
  also: { ...rating, ...lower, ...lateRate, kind: 'change', direction: 'higher' },
  unclear: { ...rating, kind: 'change' },
  stage: { ...rating, ...lower, kind: 'stage', subject: subject('stage', 'Delivery') },
  weakest: {
    ...rating,
    ...lower,
    kind: 'stage',
    metric: 'overall_score',
    subject: subject('stage', 'Delivery'),
    change: { ...change, value: -0.15 },
  },
  late: {
    ...rating,
    ...lower,
    kind: 'group',
    subject: subject('order.late', 'true'),
    gain: { value: 0.04, low: 0.02, high: 0.06 },
    among: 41,
  },
  group: { ...rating, ...lower, kind: 'group', subject: subject('order.payment_type', 'bank_slip') },
} as const satisfies Readonly<Record<string, FindingFact>>;

const telling = (compare: Telling['compare'], headline: Telling['headline'] = 'rating'): Telling => ({
  compare,
  headline,
  unitOf: (metric) => (metric === 'nps' ? 'points' : metric === 'late_rate' ? 'share' : 'stars'),
});

/** A sentence as it is read, without its marks and the signs that keep its direction. */
function said(finding: FindingFact, language: Language, of: Telling = telling('previous')): string {
  const { k, values } = sayingOf(finding, of, ALL[language]);
  return plain(ALL[language].t(k, values));
}

describe('every kind of finding', () => {
  test.each(LANGUAGES)('[MW10] is a whole sentence in %s', (language) => {
    const sentences = Object.entries(KINDS).map(([name, finding]) =>
      said(finding, language, telling('previous', name === 'change' ? 'nps' : 'rating')),
    );
    expect(sentences).toEqual(SENTENCES[language]);
    const changes = [KINDS.change, KINDS.also, KINDS.unclear].map((f) => said(f, language, telling('year', 'nps')));
    expect(changes).toEqual(YEAR_BEFORE[language]);
    const since = sinceSaying(KINDS.since, telling('previous'), ALL[language]);
    expect(plain(ALL[language].t(since.k, since.values))).toBe(SINCE[language]);
  });

  test.each(LANGUAGES)('[MW10] takes sizes in the form the language wants in %s', (language) => {
    const { t } = ALL[language];
    const scores = [1, 2, 5, 21, 0.31].map((size) => sizeWords('stars', size, t));
    expect(scores.map(plain)).toEqual(SIZES[language].scores);
    expect(plain(sizeWords('share', 0.025, t))).toBe(SIZES[language].share);
    expect(plain(sizeWords('days', -3, t))).toBe(SIZES[language].days);
  });
});

test('[MW12] evidence tells both figures, how sure, since when, why and how', () => {
  const home = { figures: [], previous: { from: '2025-01-01', to: '2025-02-01' }, lineage: null };
  const stars = { ...home, figures: [{ metric: 'rating', unit: 'stars' } as const] };
  expect(evidenceFigures(KINDS.since, stars, ALL.en)).toEqual([
    { label: 'Since then', value: '3.81', plusMinus: '0.11', n: 1204, few: false },
    { label: 'Before', value: '4.12', plusMinus: '0.07', n: 2310, few: false },
  ]);
  expect(evidenceFigures(KINDS.drift, stars, ALL.en).map((f) => f.n)).toEqual([undefined, undefined]);
  const rows = (finding: FindingFact, language: Language): string[] =>
    evidenceOf(finding, stars, ALL[language]).map(([name, words]) => plain(`${name}: ${words}`));
  expect(rows(KINDS.since, 'en').slice(0, 3)).toEqual([
    'Difference: −0.31, between −0.44 and −0.18',
    'How sure: p < 0.001, corrected for 22 possible moments',
    'It began: between Feb 24, 2025 and Mar 16, 2025, most likely about Mar 3, 2025',
  ]);
  expect(rows(KINDS.where, 'en').slice(0, 3)).toEqual([
    'Difference: −0.31, between −0.44 and −0.18',
    'How sure: p < 0.001, corrected for 4 comparisons',
    'It began: between Feb 24, 2025 and Mar 16, 2025, most likely about Mar 3, 2025',
  ]);
  expect(waysOf(KINDS.was, '').comments.search).toEqual({ from: '2025-03-03', to: '2025-06-16' });
  expect(rows(KINDS.late, 'ru').slice(0, 3)).toEqual([
    'Разница: −0,31, от −0,44 до −0,18',
    'Насколько надёжно: p < 0,001, с поправкой на 41 сравнение',
    'По всем ответам: Метрика «Рейтинг» была бы лучше на 0,04 балла (от 0,02 до 0,06), будь здесь всё как у остальных',
  ]);
  for (const language of LANGUAGES) {
    for (const finding of Object.values(KINDS)) {
      const told = rows(finding, language).join('\n');
      expect(told, language).not.toMatch(/\{\{|undefined|NaN|\.\.|metrics\./u);
    }
  }
});

const SIZES: Readonly<
  Record<Language, { readonly scores: readonly string[]; readonly share: string; readonly days: string }>
> = {
  en: {
    scores: ['1 point', '2 points', '5 points', '21 points', '0.31 points'],
    share: '2.5 percentage points',
    days: '3 days',
  },
  ru: {
    scores: ['1 балл', '2 балла', '5 баллов', '21 балл', '0,31 балла'],
    share: '2,5 процентного пункта',
    days: '3 дня',
  },
  pl: {
    scores: ['1 punkt', '2 punkty', '5 punktów', '21 punktów', '0,31 punktu'],
    share: '2,5 punktu procentowego',
    days: '3 dni',
  },
  sl: {
    scores: ['1 točko', '2 točki', '5 točk', '21 točk', '0,31 točke'],
    share: '2,5 odstotne točke',
    days: '3 dni',
  },
  fa: { scores: ['۱ واحد', '۲ واحد', '۵ واحد', '۲۱ واحد', '۰٫۳۱ واحد'], share: '۲٫۵ واحد درصد', days: '۳ روز' },
};

const SENTENCES: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Rating is 3.81 ± 0.11, from only 21 answers: too few to say much.',
    'Rating 3.81 ± 0.11, from 1,204 answers.',
    'Rating: 0.31 points lower since about Mar 3, 2025.',
    'The change shows at “Delivery”: 0.31 points lower there.',
    'At no single stage does the change show by itself.',
    'From about Mar 3, 2025 to about Jun 15, 2025, Rating was 0.31 points lower than before.',
    'Rating: rising over the period, by about 0.31 points in all.',
    'Rating: no lasting change within the period that one could be sure of.',
    'Too few answers, or too short a time, to tell since when anything changed.',
    'NPS is 5 points lower than in the period before.',
    'Late deliveries: 3.1 percentage points higher than in the period before.',
    'Rating: no clear change on the period before.',
    'It breaks at Delivery: there Rating is only 3.81.',
    'The weakest stage is Delivery: there Overall score is 3.81.',
    'Customers whose parcel came late rate you 0.31 points lower.',
    'Rating is 0.31 points lower for “way of paying: bank slip”.',
  ],
  ru: [
    'Рейтинг: 3,81 ± 0,11 всего по 21 ответу — слишком мало для выводов.',
    'Рейтинг: 3,81 ± 0,11 по 1 204 ответам.',
    'Примерно с 3 мар. 2025 г. метрика «Рейтинг» ниже на 0,31 балла.',
    'Изменение заметно на этапе «Delivery»: там на 0,31 балла ниже.',
    'Ни на одном этапе по отдельности это изменение не проявляется явно.',
    'Примерно с 3 мар. 2025 г. по 15 июн. 2025 г. метрика «Рейтинг» была ниже на 0,31 балла, чем до этого.',
    'Метрика «Рейтинг» за этот период постепенно выросла, в общей сложности примерно на 0,31 балла.',
    '«Рейтинг»: устойчивых изменений внутри периода, в которых можно быть уверенным, нет.',
    'Ответов слишком мало или период слишком короткий, чтобы сказать, с какого времени что-то изменилось.',
    'Метрика «NPS» на 5 пунктов ниже, чем в предыдущем периоде.',
    '«Поздние доставки»: на 3,1 процентного пункта выше, чем в предыдущем периоде.',
    '«Рейтинг»: явных изменений по сравнению с предыдущим периодом нет.',
    'Сбой на этапе «Delivery»: метрика «Рейтинг» там всего 3,81.',
    'Самый слабый этап — «Delivery»: метрика «Общая оценка» там 3,81.',
    'Клиенты, чьи посылки опоздали, оценивают вас на 0,31 балла ниже.',
    'Метрика «Рейтинг» ниже на 0,31 балла в группе «способ оплаты: bank slip».',
  ],
  pl: [
    'Średnia ocena: 3,81 ± 0,11, ale tylko na podstawie 21 odpowiedzi, a to za mało, by wyciągać wnioski.',
    'Średnia ocena: 3,81 ± 0,11 (na podstawie 1204 odpowiedzi).',
    'Mniej więcej od 3 mar 2025 wskaźnik „Średnia ocena” jest niższy o 0,31 punktu.',
    'Zmianę widać na etapie „Delivery”: tam o 0,31 punktu mniej.',
    'Na żadnym etapie z osobna tej zmiany wyraźnie nie widać.',
    'Mniej więcej od 3 mar 2025 do 15 cze 2025 wskaźnik „Średnia ocena” był niższy o 0,31 punktu niż wcześniej.',
    'Wskaźnik „Średnia ocena” w tym okresie stopniowo wzrósł, łącznie mniej więcej o 0,31 punktu.',
    '„Średnia ocena”: w tym okresie nie widać trwałej zmiany, której można być pewnym.',
    'Za mało odpowiedzi lub za krótki okres, aby stwierdzić, od kiedy coś się zmieniło.',
    'Wskaźnik „NPS” jest o 5 punktów niższy niż w poprzednim okresie.',
    '„Opóźnione dostawy”: o 3,1 punktu procentowego więcej niż w poprzednim okresie.',
    '„Średnia ocena”: brak wyraźnej zmiany względem poprzedniego okresu.',
    'Ścieżka załamuje się na etapie „Delivery”. Średnia ocena to tam tylko 3,81.',
    'Najsłabszy etap to „Delivery”. Ocena ogólna to tam 3,81.',
    'Klienci, których przesyłka się spóźniła, wystawiają oceny niższe o 0,31 punktu.',
    'Wskaźnik „Średnia ocena” jest niższy o 0,31 punktu w grupie „sposób płatności: bank slip”.',
  ],
  sl: [
    'Povprečna ocena: 3,81 ± 0,11, na podlagi le 21 odgovorov, kar je premalo za sklepe.',
    'Povprečna ocena: 3,81 ± 0,11, na podlagi 1204 odgovorov.',
    'Približno od 3. mar. 2025 je kazalnik »Povprečna ocena« za 0,31 točke nižji.',
    'Sprememba se pozna v fazi »Delivery«: tam je za 0,31 točke manj.',
    'V nobeni posamezni fazi se ta sprememba ne pokaže jasno.',
    'Približno od 3. mar. 2025 do 15. jun. 2025 je bil kazalnik »Povprečna ocena« za 0,31 točke nižji kot prej.',
    'Kazalnik »Povprečna ocena« je v tem obdobju postopoma narasel, skupaj približno za 0,31 točke.',
    '»Povprečna ocena«: v tem obdobju ni trajne spremembe, o kateri bi lahko bili prepričani.',
    'Odgovorov je premalo ali pa je obdobje prekratko, da bi lahko povedali, od kdaj se je kaj spremenilo.',
    'Kazalnik »NPS« je za 5 točk nižji kot v prejšnjem obdobju.',
    '»Zamude pri dostavi«: za 3,1 odstotne točke več kot v prejšnjem obdobju.',
    '»Povprečna ocena«: glede na prejšnje obdobje ni jasne spremembe.',
    'Zatakne se v fazi »Delivery«: Povprečna ocena je tam le 3,81.',
    'Najšibkejša je faza »Delivery«: Skupna ocena je tam 3,81.',
    'Stranke, katerih pošiljka je zamujala, vas ocenjujejo za 0,31 točke nižje.',
    'Kazalnik »Povprečna ocena« je za 0,31 točke nižji v skupini »način plačila: bank slip«.',
  ],
  fa: [
    'امتیاز ۳٫۸۱ ± ۰٫۱۱ است، اما تنها از ۲۱ پاسخ؛ برای نتیجه‌گیری کم است.',
    'امتیاز ۳٫۸۱ ± ۰٫۱۱، از ۱٬۲۰۴ پاسخ.',
    'از حدود ۱۳ اسفند ۱۴۰۳، «امتیاز» ۰٫۳۱ واحد پایین‌تر است.',
    'این تغییر در مرحلهٔ «Delivery» دیده می‌شود: آنجا ۰٫۳۱ واحد پایین‌تر.',
    'این تغییر در هیچ مرحله‌ای به‌تنهایی روشن دیده نمی‌شود.',
    'از حدود ۱۳ اسفند ۱۴۰۳ تا حدود ۲۵ خرداد ۱۴۰۴، «امتیاز» ۰٫۳۱ واحد پایین‌تر از پیش از آن بود.',
    '«امتیاز» در این بازه رو به افزایش بوده است؛ روی‌هم حدود ۰٫۳۱ واحد.',
    '«امتیاز»: در این بازه تغییر ماندگاری که بتوان از آن مطمئن بود دیده نمی‌شود.',
    'پاسخ‌ها کمتر یا زمان کوتاه‌تر از آن است که بتوان گفت از چه هنگام چیزی تغییر کرده است.',
    '«NPS» ۵ واحد پایین‌تر از دورهٔ پیش است.',
    '«تحویل‌های دیرهنگام»: ۳٫۱ واحد درصد بالاتر از دورهٔ پیش.',
    '«امتیاز»: نسبت به دورهٔ پیش تغییر روشنی نیست.',
    'سفر در «Delivery» می‌شکند: امتیاز آنجا فقط ۳٫۸۱ است.',
    'ضعیف‌ترین مرحله «Delivery» است: امتیاز کلی آنجا ۳٫۸۱ است.',
    'مشتریانی که مرسوله‌شان دیر رسید ۰٫۳۱ واحد کمتر به شما نمره می‌دهند.',
    '«امتیاز» در گروه «شیوهٔ پرداخت: bank slip» ۰٫۳۱ واحد پایین‌تر است.',
  ],
};

/** After a sentence that names the metric. */
const SINCE: Readonly<Record<Language, string>> = {
  en: 'Since about Mar 3, 2025 it has been 0.31 points lower.',
  ru: 'Примерно с 3 мар. 2025 г. — на 0,31 балла ниже, чем до этого.',
  pl: 'Mniej więcej od 3 mar 2025 o 0,31 punktu mniej niż wcześniej.',
  sl: 'Približno od 3. mar. 2025 za 0,31 točke manj kot prej.',
  fa: 'از حدود ۱۳ اسفند ۱۴۰۳، ۰٫۳۱ واحد پایین‌تر از پیش از آن است.',
};

const YEAR_BEFORE: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'NPS is 5 points lower than a year before.',
    'Late deliveries: 3.1 percentage points higher than a year before.',
    'Rating: no clear change on the year before.',
  ],
  ru: [
    'Метрика «NPS» на 5 пунктов ниже, чем годом ранее.',
    '«Поздние доставки»: на 3,1 процентного пункта выше, чем годом ранее.',
    '«Рейтинг»: явных изменений по сравнению с тем же периодом год назад нет.',
  ],
  pl: [
    'Wskaźnik „NPS” jest o 5 punktów niższy niż rok wcześniej.',
    '„Opóźnione dostawy”: o 3,1 punktu procentowego więcej niż rok wcześniej.',
    '„Średnia ocena”: brak wyraźnej zmiany względem tego samego okresu rok wcześniej.',
  ],
  sl: [
    'Kazalnik »NPS« je za 5 točk nižji kot leto prej.',
    '»Zamude pri dostavi«: za 3,1 odstotne točke več kot leto prej.',
    '»Povprečna ocena«: glede na isto obdobje pred letom ni jasne spremembe.',
  ],
  fa: [
    '«NPS» ۵ واحد پایین‌تر از یک سال پیش است.',
    '«تحویل‌های دیرهنگام»: ۳٫۱ واحد درصد بالاتر از یک سال پیش.',
    '«امتیاز»: نسبت به یک سال پیش تغییر روشنی نیست.',
  ],
};

test('[MW12] a finding leads to the very people it rests on: who answered or ordered what it counts, within the filter', () => {
  expect(waysOf(KINDS.late, 'channel:web').people).toEqual({
    to: '/unify/people',
    search: { filter: 'channel:web;order.late:true;feedback.instrument:rating' },
  });
  expect(waysOf(KINDS.since, '').people.search).toEqual({ filter: 'feedback.instrument:rating', from: '2025-03-03' });
  expect(waysOf(KINDS.also, '').people.search).toEqual({ filter: 'order.delivered?' });
});
