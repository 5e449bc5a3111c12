import { type Instrument, t } from './instrument.ts';
import { BASE, NOT_HERE, OTHER, OWN_SELECTION, QUALITY, SATISFIED, THANKS, followUp } from './shared.ts';

export const visit: Instrument = {
  id: 'visit',
  name: t('After a visit', 'После посещения', 'Po wizycie', 'Po obisku', 'پس از بازدید'),
  measures: t(
    'How content visitors of a place are, what they came for, and whether they got it.',
    'Насколько довольны посетители, зачем они пришли и получили ли это.',
    'Jak oceniają wizytę odwiedzający, po co przyszli i czy to dostali.',
    'Kako zadovoljni so obiskovalci, po kaj so prišli in ali so to dobili.',
    'رضایت بازدیدکنندگان، این‌که برای چه آمدند و آیا به آن رسیدند.',
  ),
  when: t(
    'On the spot, by a QR code at the door or on the receipt, or within a day.',
    'На месте, по QR-коду у выхода или на чеке, либо в течение дня.',
    'Na miejscu, przez kod QR przy wyjściu lub na paragonie, albo w ciągu doby.',
    'Na kraju samem, s kodo QR pri izhodu ali na računu, ali v enem dnevu.',
    'همان‌جا، با رمزینهٔ QR دم در یا روی رسید، یا تا یک روز بعد.',
  ),
  structure: OWN_SELECTION,
  sources: [
    'Oliver, R. L. (1980). A Cognitive Model of the Antecedents and Consequences of Satisfaction Decisions. Journal of Marketing Research 17(4), 460–469.',
  ],
  trademark: null,
  document: {
    ...BASE,
    title: t('Your visit', 'Ваше посещение', 'Twoja wizyta', 'Vaš obisk', 'بازدید شما'),
    pages: [
      {
        id: 'score',
        questions: [
          {
            id: 'csat',
            kind: 'csat',
            look: 'smileys',
            required: true,
            title: t(
              'How satisfied are you with your visit?',
              'Как вам у нас сегодня?',
              'Jak oceniasz swoją wizytę?',
              'Kako ste zadovoljni z obiskom?',
              'از بازدیدتان چقدر راضی هستید؟',
            ),
            ...SATISFIED,
          },
        ],
      },
      {
        id: 'facts',
        questions: [
          {
            id: 'purpose',
            kind: 'single',
            title: t(
              'What brought you here?',
              'Зачем вы пришли?',
              'Co cię do nas sprowadza?',
              'Po kaj ste prišli?',
              'برای چه آمدید؟',
            ),
            choices: [
              { id: 'buy', text: t('To buy something', 'Что-то купить', 'Zakupy', 'Po nakupih', 'خرید') },
              {
                id: 'look',
                text: t('To look around', 'Посмотреть', 'Chcę się rozejrzeć', 'Na ogled', 'نگاهی انداختن'),
              },
              { id: 'advice', text: t('To get advice', 'За советом', 'Porada', 'Po nasvet', 'مشورت') },
              {
                id: 'service',
                text: t(
                  'A return, repair or question',
                  'Возврат, ремонт или вопрос',
                  'Zwrot, naprawa lub pytanie',
                  'Vračilo, popravilo ali vprašanje',
                  'بازگرداندن، تعمیر یا پرسش',
                ),
              },
              OTHER,
            ],
          },
          {
            id: 'found',
            kind: 'single',
            title: t(
              'Did you get what you came for?',
              'Получилось ли то, ради чего вы пришли?',
              'Czy wszystko udało się załatwić?',
              'Ste dobili, po kar ste prišli?',
              'آیا به آنچه می‌خواستید رسیدید؟',
            ),
            choices: [
              { id: 'yes', text: t('Yes', 'Да', 'Tak', 'Da', 'بله') },
              { id: 'partly', text: t('In part', 'Частично', 'Częściowo', 'Deloma', 'تا اندازه‌ای') },
              { id: 'no', text: t('No', 'Нет', 'Nie', 'Ne', 'نه') },
            ],
          },
          {
            id: 'notFound',
            kind: 'shortText',
            title: t('What was missing?', 'Чего не нашлось?', 'Czego zabrakło?', 'Česa ni bilo?', 'چه چیزی نبود؟'),
            showIf: { field: 'found', op: 'in', value: ['partly', 'no'] },
          },
        ],
      },
      {
        id: 'details',
        questions: [
          {
            id: 'aspects',
            kind: 'matrix',
            title: t('How was …', 'Как вам…', 'Jak oceniasz…', 'Kako ocenjujete …', 'این‌ها چطور بود؟'),
            rows: [
              { id: 'staff', text: t('Staff', 'Персонал', 'Obsługa', 'Osebje', 'کارکنان') },
              { id: 'choice', text: t('Choice of goods', 'Ассортимент', 'Wybór towarów', 'Izbira', 'تنوع کالا') },
              {
                id: 'order',
                text: t(
                  'Cleanliness and order',
                  'Чистота и порядок',
                  'Czystość i porządek',
                  'Čistoča in red',
                  'پاکیزگی و نظم',
                ),
              },
              {
                id: 'waiting',
                text: t('Waiting time', 'Время ожидания', 'Czas oczekiwania', 'Čakalni čas', 'زمان انتظار'),
              },
            ],
            columns: [...QUALITY, NOT_HERE],
          },
        ],
      },
      { id: 'reason', questions: followUp('csat') },
    ],
    endings: THANKS,
  },
};
