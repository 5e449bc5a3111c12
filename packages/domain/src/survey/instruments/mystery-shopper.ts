import type { Choice, Localized, MatrixQuestion, Score } from '../document.ts';
import { type Instrument, t } from './instrument.ts';
import { BASE, NOT_HERE } from './shared.ts';

const SEEN: readonly Choice[] = [
  { id: 'yes', value: 1, text: t('Yes', 'Да', 'Tak', 'Da', 'بله') },
  { id: 'no', value: 0, text: t('No', 'Нет', 'Nie', 'Ne', 'نه') },
  NOT_HERE,
];

const HOW_FAR = t(
  'Tick only what you saw or heard yourself.',
  'Отмечайте только то, что видели и слышали сами.',
  'Zaznaczaj tylko to, co udało się zobaczyć lub usłyszeć osobiście.',
  'Označite le, kar ste videli ali slišali sami.',
  'تنها آنچه را خودتان دیدید یا شنیدید نشان بزنید.',
);

const list = (id: string, title: Localized, rows: Readonly<Record<string, Localized>>): MatrixQuestion => ({
  id,
  kind: 'matrix',
  instrument: 'audit',
  required: true,
  title,
  help: HOW_FAR,
  rows: Object.entries(rows).map(([row, text]) => ({ id: row, text })),
  columns: SEEN,
});

const SECTIONS: readonly MatrixQuestion[] = [
  list('arrival', t('On arrival', 'При входе', 'Wejście', 'Ob prihodu', 'هنگام ورود'), {
    outside: t(
      'The entrance was clean and inviting',
      'Вход чистый и приветливый',
      'Wejście było czyste i zachęcające',
      'Vhod je bil čist in vabljiv',
      'ورودی پاکیزه و خوشایند بود',
    ),
    greeted: t(
      'I was greeted within a minute',
      'Поздоровались в течение минуты',
      'Powitano mnie w ciągu minuty',
      'Pozdravili so me v eni minuti',
      'تا یک دقیقه به من خوشامد گفتند',
    ),
    orientation: t(
      'It was plain where to go',
      'Понятно, куда идти',
      'Było jasne, dokąd iść',
      'Bilo je jasno, kam naprej',
      'روشن بود کجا باید رفت',
    ),
  }),
  list('advice', t('Advice', 'Консультация', 'Doradztwo', 'Svetovanje', 'راهنمایی'), {
    approached: t(
      'Somebody offered help',
      'Предложили помощь',
      'Zaproponowano pomoc',
      'Ponudili so pomoč',
      'کسی پیشنهاد کمک داد',
    ),
    needs: t(
      'They asked what I needed it for',
      'Спросили, для чего это нужно',
      'Zapytano, do czego tego potrzebuję',
      'Vprašali so, za kaj to potrebujem',
      'پرسیدند برای چه لازم دارم',
    ),
    knowledge: t(
      'My questions were answered correctly',
      'На вопросы ответили верно',
      'Na pytania odpowiedziano poprawnie',
      'Na vprašanja so odgovorili pravilno',
      'به پرسش‌هایم درست پاسخ دادند',
    ),
    alternative: t(
      'Another product or an extra was suggested',
      'Предложили другой вариант или дополнение',
      'Zaproponowano inny produkt lub dodatek',
      'Predlagali so drug izdelek ali dodatek',
      'کالای دیگر یا مکملی پیشنهاد شد',
    ),
  }),
  list(
    'checkout',
    t('Checkout and goodbye', 'Касса и прощание', 'Kasa i pożegnanie', 'Blagajna in slovo', 'صندوق و خداحافظی'),
    {
      price: t(
        'The price was as shown',
        'Цена совпала с указанной',
        'Cena zgadzała się z podaną',
        'Cena je bila taka, kot je bila navedena',
        'قیمت همان بود که نوشته بودند',
      ),
      receipt: t(
        'I was given a receipt unasked',
        'Чек дали без напоминания',
        'Paragon wydano bez proszenia',
        'Račun so izročili sami od sebe',
        'رسید را بی‌درخواست دادند',
      ),
      returns: t(
        'Returns or warranty were explained',
        'Объяснили условия возврата или гарантии',
        'Wyjaśniono zasady zwrotu lub gwarancji',
        'Pojasnili so vračilo ali garancijo',
        'شرایط بازگرداندن یا ضمانت را گفتند',
      ),
      goodbye: t('They said goodbye', 'Попрощались', 'Pożegnano mnie', 'Poslovili so se', 'خداحافظی کردند'),
    },
  ),
];

const PARTS: Score['of'] = SECTIONS.flatMap(({ id, rows }) => rows.map((row) => ({ question: id, row: row.id })));

export const mysteryShopper: Instrument = {
  id: 'mystery-shopper',
  name: t('Mystery shopper', 'Тайный покупатель', 'Tajemniczy klient', 'Skrivnostni nakup', 'خریدار مخفی'),
  measures: t(
    'What share of the standard a place keeps, in greeting, advice and checkout, and how long one waits.',
    'Какую долю стандарта выполняет точка: встреча, консультация, касса; и сколько приходится ждать.',
    'Jaką część standardu spełnia placówka: powitanie, doradztwo, kasa; i jak długo się czeka.',
    'Kolikšen del standarda poslovalnica izpolnjuje pri pozdravu, svetovanju in blagajni ter kako dolgo se čaka.',
    'این‌که شعبه چه سهمی از استاندارد را در خوشامد، راهنمایی و صندوق رعایت می‌کند، و چقدر باید منتظر ماند.',
  ),
  when: t(
    'Filled in by an instructed visitor right after leaving; each place several times a year, on other days and hours.',
    'Заполняет подготовленный посетитель сразу после выхода; каждую точку несколько раз в год, в разные дни и часы.',
    'Wypełnia przeszkolona osoba zaraz po wyjściu; każdą placówkę kilka razy w roku, w różne dni i godziny.',
    'Izpolni poučen obiskovalec takoj po odhodu; vsako poslovalnico večkrat na leto, ob različnih dnevih in urah.',
    'بازدیدکنندهٔ آموزش‌دیده درست پس از خروج پر می‌کند؛ هر شعبه چند بار در سال، در روزها و ساعت‌های گوناگون.',
  ),
  structure: t(
    'Observation by a trained visitor as Alan Wilson describes it; the list of points is our own.',
    'Наблюдение подготовленного посетителя, как его описывает Алан Уилсон; перечень пунктов наш.',
    'Obserwacja przez przeszkolonego klienta, jak opisuje ją Alan Wilson; lista punktów jest nasza.',
    'Opazovanje usposobljenega obiskovalca, kot ga opisuje Alan Wilson; seznam točk je naš.',
    'مشاهده به دست بازدیدکنندهٔ آموزش‌دیده، چنان‌که آلن ویلسون شرح می‌دهد؛ فهرست موارد از خود ماست.',
  ),
  sources: [
    'Wilson, A. M. (1998). The Use of Mystery Shopping in the Measurement of Service Delivery. The Service Industries Journal 18(3), 148–163.',
  ],
  trademark: null,
  document: {
    ...BASE,
    title: t('Mystery shopper', 'Тайный покупатель', 'Tajemniczy klient', 'Skrivnostni nakup', 'خریدار مخفی'),
    hidden: [{ id: 'location' }],
    pages: [
      {
        id: 'visit',
        questions: [
          {
            id: 'day',
            kind: 'date',
            max: 'today',
            required: true,
            title: t(
              'When were you there?',
              'Когда вы там были?',
              'Kiedy odbyła się wizyta?',
              'Kdaj ste bili tam?',
              'کی آنجا بودید؟',
            ),
          },
          {
            id: 'place',
            kind: 'shortText',
            maxLength: 100,
            title: t(
              'Which place did you visit?',
              'Какую точку вы посетили?',
              'Która to była placówka?',
              'Katero poslovalnico ste obiskali?',
              'از کدام شعبه بازدید کردید؟',
            ),
            showIf: { not: { field: 'hidden.location', op: 'exists' } },
          },
          {
            id: 'busy',
            kind: 'single',
            title: t(
              'How busy was it?',
              'Много ли было людей?',
              'Jaki był ruch?',
              'Kakšna je bila gneča?',
              'چقدر شلوغ بود؟',
            ),
            choices: [
              {
                id: 'empty',
                text: t('Hardly anybody', 'Почти никого', 'Prawie pusto', 'Skoraj nikogar', 'تقریباً خلوت'),
              },
              { id: 'some', text: t('Some customers', 'Несколько человек', 'Kilka osób', 'Nekaj strank', 'چند مشتری') },
              { id: 'full', text: t('Crowded', 'Многолюдно', 'Tłoczno', 'Gneča', 'شلوغ') },
            ],
          },
        ],
      },
      ...SECTIONS.map((section) => ({ id: `page-${section.id}`, questions: [section] })),
      {
        id: 'end',
        questions: [
          {
            id: 'waited',
            kind: 'number',
            min: 0,
            max: 240,
            title: t(
              'How long did you wait at the checkout?',
              'Сколько вы ждали у кассы?',
              'Ile trwało oczekiwanie przy kasie?',
              'Kako dolgo ste čakali pri blagajni?',
              'چند دقیقه پای صندوق منتظر ماندید؟',
            ),
            unit: t('minutes', 'минут', 'minut', 'minut', 'دقیقه'),
          },
          {
            id: 'overall',
            kind: 'rating',
            from: 1,
            to: 5,
            look: 'stars',
            instrument: 'audit',
            required: true,
            title: t(
              'All in all, how was the visit?',
              'Как вы оцениваете визит в целом?',
              'Jak ogólnie oceniasz wizytę?',
              'Kako na splošno ocenjujete obisk?',
              'روی‌هم‌رفته بازدید چطور بود؟',
            ),
            low: t('Poor', 'Плохо', 'Źle', 'Slabo', 'بد'),
            high: t('Very good', 'Отлично', 'Bardzo dobrze', 'Zelo dobro', 'بسیار خوب'),
          },
          {
            id: 'weak',
            kind: 'longText',
            required: true,
            title: t(
              'What went wrong? Say what happened, not whose fault it was.',
              'Что пошло не так? Опишите, что произошло, а не кто виноват.',
              'Co poszło nie tak? Opisz, co się stało, a nie czyja to wina.',
              'Kaj je šlo narobe? Opišite, kaj se je zgodilo, ne kdo je kriv.',
              'چه چیزی درست پیش نرفت؟ بنویسید چه رخ داد، نه این‌که تقصیر که بود.',
            ),
            showIf: { field: 'overall', op: 'le', value: 3 },
          },
          {
            id: 'strong',
            kind: 'longText',
            title: t(
              'What was done especially well?',
              'Что сделали особенно хорошо?',
              'Co zrobiono szczególnie dobrze?',
              'Kaj je bilo narejeno posebej dobro?',
              'چه کاری به‌ویژه خوب انجام شد؟',
            ),
          },
        ],
      },
    ],
    scores: [
      ...SECTIONS.map(({ id, title, rows }): Score => ({
        id,
        name: title,
        how: 'percent',
        of: rows.map((row) => ({ question: id, row: row.id })),
      })),
      {
        id: 'standard',
        name: t(
          'Standard kept',
          'Соблюдение стандарта',
          'Spełnienie standardu',
          'Izpolnjen standard',
          'رعایت استاندارد',
        ),
        how: 'percent',
        of: PARTS,
      },
    ],
    endings: [
      {
        id: 'thanks',
        title: t('Thank you', 'Спасибо', 'Dziękujemy', 'Hvala', 'سپاسگزاریم'),
        text: t(
          'Your report has been handed in.',
          'Ваш отчёт отправлен.',
          'Raport został przekazany.',
          'Vaše poročilo je oddano.',
          'گزارش شما ثبت شد.',
        ),
      },
    ],
  },
};
