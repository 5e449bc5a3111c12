import { type Instrument, t } from './instrument.ts';
import { AGREEMENT, BASE, NOT_HERE, SATISFIED, THANKS, followUp } from './shared.ts';

export const complaint: Instrument = {
  id: 'complaint',
  name: t('After a complaint', 'После жалобы', 'Po reklamacji', 'Po pritožbi', 'پس از شکایت'),
  measures: t(
    'Whether a complaint was settled, and whether the customer found the outcome, the way there and the people fair.',
    'Решена ли жалоба и считает ли клиент справедливыми итог, сам процесс и отношение сотрудников.',
    'Czy reklamację załatwiono i czy klient uważa wynik, przebieg i traktowanie za sprawiedliwe.',
    'Ali je pritožba rešena in ali se stranki zdijo izid, postopek in odnos pravični.',
    'این‌که شکایت حل شد یا نه، و مشتری نتیجه، روند و رفتار را منصفانه یافت یا نه.',
  ),
  when: t(
    'Two or three days after a complaint was closed.',
    'Через два-три дня после закрытия жалобы.',
    'Dwa lub trzy dni po zamknięciu reklamacji.',
    'Dva ali tri dni po zaključku pritožbe.',
    'دو یا سه روز پس از بسته شدن شکایت.',
  ),
  structure: t(
    'The three kinds of justice in complaint handling of Stephen Tax, Stephen Brown and Murali Chandrashekaran; wording of our own.',
    'Три вида справедливости при работе с жалобами: Стивен Такс, Стивен Браун и Мурали Чандрашекаран; формулировки наши.',
    'Trzy rodzaje sprawiedliwości w obsłudze reklamacji: Stephen Tax, Stephen Brown i Murali Chandrashekaran; sformułowania nasze.',
    'Tri vrste pravičnosti pri reševanju pritožb: Stephen Tax, Stephen Brown in Murali Chandrashekaran; besedilo je naše.',
    'سه گونهٔ عدالت در رسیدگی به شکایت از استیون تکس، استیون براون و مورالی چاندراشکاران؛ عبارت‌ها از خود ماست.',
  ),
  sources: [
    'Tax, S. S., Brown, S. W., Chandrashekaran, M. (1998). Customer Evaluations of Service Complaint Experiences: Implications for Relationship Marketing. Journal of Marketing 62(2), 60–76.',
  ],
  trademark: null,
  document: {
    ...BASE,
    title: t('Your complaint', 'Ваша жалоба', 'Twoja reklamacja', 'Vaša pritožba', 'شکایت شما'),
    pages: [
      {
        id: 'outcome',
        questions: [
          {
            id: 'resolved',
            kind: 'single',
            required: true,
            title: t(
              'Has what you complained about been settled?',
              'Решён ли вопрос, с которым вы обращались?',
              'Czy sprawa została załatwiona?',
              'Ali je zadeva rešena?',
              'آیا موضوع شکایتتان حل شده است؟',
            ),
            choices: [
              { id: 'yes', text: t('Yes, completely', 'Да, полностью', 'Tak, w całości', 'Da, v celoti', 'بله، کاملاً') },
              { id: 'partly', text: t('In part', 'Частично', 'Częściowo', 'Deloma', 'تا اندازه‌ای') },
              { id: 'no', text: t('No', 'Нет', 'Nie', 'Ne', 'نه') },
            ],
          },
        ],
      },
      {
        id: 'score',
        questions: [
          {
            id: 'open',
            kind: 'longText',
            title: t(
              'What is still open?',
              'Что ещё не решено?',
              'Co pozostało niezałatwione?',
              'Kaj je še odprto?',
              'چه چیزی هنوز مانده است؟',
            ),
            showIf: { field: 'resolved', op: 'in', value: ['partly', 'no'] },
          },
          {
            id: 'csat',
            kind: 'csat',
            look: 'smileys',
            required: true,
            title: t(
              'How satisfied are you with how we dealt with it?',
              'Как вы оцениваете нашу работу с жалобой?',
              'Jak oceniasz sposób rozpatrzenia reklamacji?',
              'Kako ste zadovoljni z našo obravnavo?',
              'از رسیدگی ما چقدر راضی هستید؟',
            ),
            ...SATISFIED,
          },
        ],
      },
      {
        id: 'justice',
        questions: [
          {
            id: 'fair',
            kind: 'matrix',
            title: t(
              'How far do you agree?',
              'Насколько это верно?',
              'Na ile się z tym zgadzasz?',
              'Koliko se strinjate?',
              'چقدر موافقید؟',
            ),
            rows: [
              {
                id: 'distributive',
                text: t(
                  'The outcome was fair',
                  'Итог справедлив',
                  'Wynik był sprawiedliwy',
                  'Izid je bil pravičen',
                  'نتیجه منصفانه بود',
                ),
              },
              {
                id: 'procedural',
                text: t(
                  'It was dealt with quickly and simply',
                  'Всё решалось быстро и просто',
                  'Sprawę rozpatrzono szybko i prosto',
                  'Obravnava je bila hitra in preprosta',
                  'رسیدگی سریع و ساده بود',
                ),
              },
              {
                id: 'interactional',
                text: t(
                  'I was treated with respect',
                  'Ко мне отнеслись с уважением',
                  'Traktowano mnie z szacunkiem',
                  'Z mano so ravnali spoštljivo',
                  'با من با احترام رفتار شد',
                ),
              },
            ],
            columns: [...AGREEMENT, NOT_HERE],
          },
        ],
      },
      { id: 'reason', questions: followUp('csat') },
    ],
    scores: [
      {
        id: 'justice',
        name: t(
          'Perceived fairness',
          'Воспринятая справедливость',
          'Odczuta sprawiedliwość',
          'Zaznana pravičnost',
          'انصافِ دریافت‌شده',
        ),
        how: 'percent',
        of: [{ question: 'fair' }],
      },
    ],
    endings: THANKS,
  },
};
