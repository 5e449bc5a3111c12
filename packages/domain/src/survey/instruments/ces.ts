import { type Instrument, t } from './instrument.ts';
import { BASE, CES_TRADEMARK, THANKS, YOUR_OPINION } from './shared.ts';

export const ces: Instrument = {
  id: 'ces',
  name: t(
    'CES 2.0: effort',
    'CES 2.0: усилия клиента',
    'CES 2.0: wysiłek klienta',
    'CES 2.0: trud stranke',
    'CES 2.0: زحمت مشتری',
  ),
  measures: t(
    'How easy it was to get something done with you, from 1 to 7, of which 7 is easiest.',
    'Насколько легко было решить с вами вопрос: от 1 до 7, где 7 — легче всего.',
    'Jak łatwo było załatwić z tobą sprawę: od 1 do 7, gdzie 7 to najłatwiej.',
    'Kako preprosto je bilo z vami kaj urediti: od 1 do 7, pri čemer je 7 najlažje.',
    'این‌که پیش بردن کار با شما چقدر آسان بود: از ۱ تا ۷، که ۷ آسان‌ترین است.',
  ),
  when: t(
    'Right after somebody had something to settle: a question, a change, a return, a sign-up.',
    'Сразу после того, как клиент решал вопрос: обращение, изменение заказа, возврат, регистрация.',
    'Zaraz po załatwieniu sprawy: pytania, zmiany, zwrotu, rejestracji.',
    'Takoj po tem, ko je stranka kaj urejala: vprašanje, spremembo, vračilo, prijavo.',
    'درست پس از آن‌که کسی کاری را پیش برده است: پرسش، تغییر، بازگرداندن کالا یا ثبت‌نام.',
  ),
  structure: t(
    'Matthew Dixon, Nick Toman and Rick DeLisi, Corporate Executive Board. The wording of the statement is our own.',
    'Мэттью Диксон, Ник Томан и Рик Делизи, Corporate Executive Board. Формулировка утверждения наша.',
    'Matthew Dixon, Nick Toman i Rick DeLisi, Corporate Executive Board. Sformułowanie stwierdzenia jest nasze.',
    'Matthew Dixon, Nick Toman in Rick DeLisi, Corporate Executive Board. Trditev je ubesedena po naše.',
    'متیو دیکسون، نیک تومن و ریک دلیسی، Corporate Executive Board. عبارت‌بندی از خود ماست.',
  ),
  sources: [
    'Dixon, M., Freeman, K., Toman, N. (2010). Stop Trying to Delight Your Customers. Harvard Business Review 88(7/8), 116–122.',
    'Dixon, M., Toman, N., DeLisi, R. (2013). The Effortless Experience. Portfolio/Penguin.',
  ],
  trademark: CES_TRADEMARK,
  document: {
    ...BASE,
    title: YOUR_OPINION,
    pages: [
      {
        id: 'score',
        questions: [
          {
            id: 'ces',
            kind: 'ces',
            required: true,
            title: t(
              'It was easy to get what I needed.',
              'Решить мой вопрос было легко.',
              'Łatwo było załatwić moją sprawę.',
              'Zadevo je bilo preprosto urediti.',
              'کارم به‌آسانی انجام شد.',
            ),
            help: t(
              'How far do you agree?',
              'Насколько это верно для вас?',
              'Na ile się z tym zgadzasz?',
              'Koliko se s tem strinjate?',
              'چقدر با این جمله موافقید؟',
            ),
            low: t(
              'Strongly disagree',
              'Совсем не так',
              'Zdecydowanie się nie zgadzam',
              'Sploh se ne strinjam',
              'کاملاً مخالفم',
            ),
            high: t('Strongly agree', 'Именно так', 'Zdecydowanie się zgadzam', 'Popolnoma se strinjam', 'کاملاً موافقم'),
          },
        ],
      },
      {
        id: 'reason',
        questions: [
          {
            id: 'hard',
            kind: 'longText',
            title: t(
              'What made it harder than it had to be?',
              'Что оказалось сложнее, чем должно быть?',
              'Co było trudniejsze, niż powinno?',
              'Kaj je bilo težje, kot bi moralo biti?',
              'چه چیزی کار را سخت‌تر از آنچه باید کرد؟',
            ),
            showIf: { field: 'ces', op: 'lt', value: 5 },
          },
          {
            id: 'easy',
            kind: 'longText',
            title: t(
              'What helped you most?',
              'Что помогло больше всего?',
              'Co pomogło najbardziej?',
              'Kaj vam je najbolj pomagalo?',
              'چه چیزی بیش از همه کمک کرد؟',
            ),
            showIf: { field: 'ces', op: 'ge', value: 5 },
          },
        ],
      },
    ],
    endings: THANKS,
  },
};
