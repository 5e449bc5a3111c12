import type { Choice, Localized, Score } from '../document.ts';
import { type Instrument, t } from './instrument.ts';
import { ANYTHING_ELSE, BASE, THANKS } from './shared.ts';

interface Dimension {
  readonly id: string;
  readonly name: Localized;
  readonly items: readonly [Localized, Localized];
}

const DIMENSIONS: readonly Dimension[] = [
  {
    id: 'tangibles',
    name: t('Tangibles', 'Материальное окружение', 'Otoczenie materialne', 'Otipljivost', 'جنبه‌های ملموس'),
    items: [
      t(
        'Rooms, equipment and website are up to date and cared for',
        'Помещения, оборудование и сайт современны и ухожены',
        'Lokale, wyposażenie i strona są nowoczesne i zadbane',
        'Prostori, oprema in spletna stran so sodobni in urejeni',
        'فضا، تجهیزات و وب‌گاه به‌روز و مرتب‌اند',
      ),
      t(
        'Letters, signs and packaging are pleasant and clear',
        'Письма, указатели и упаковка приятны и понятны',
        'Pisma, oznaczenia i opakowania są estetyczne i czytelne',
        'Dopisi, oznake in embalaža so lepi in pregledni',
        'نامه‌ها، تابلوها و بسته‌بندی خوشایند و روشن‌اند',
      ),
    ],
  },
  {
    id: 'reliability',
    name: t('Reliability', 'Надёжность', 'Rzetelność', 'Zanesljivost', 'قابلیت اطمینان'),
    items: [
      t(
        'What was promised is done, and on the day it was promised for',
        'Обещанное выполняется, и в обещанный день',
        'To, co obiecano, jest zrobione, i to w terminie',
        'Obljubljeno je opravljeno, in to na obljubljeni dan',
        'آنچه وعده داده شده انجام می‌شود، آن هم در روز وعده',
      ),
      t(
        'Orders and bills are right the first time',
        'Заказы и счета верны с первого раза',
        'Zamówienia i rachunki zgadzają się od pierwszego razu',
        'Naročila in računi so pravilni že prvič',
        'سفارش‌ها و صورت‌حساب‌ها از همان بار نخست درست‌اند',
      ),
    ],
  },
  {
    id: 'responsiveness',
    name: t('Responsiveness', 'Отзывчивость', 'Szybkość reakcji', 'Odzivnost', 'پاسخ‌گویی'),
    items: [
      t(
        'Questions are answered without a long wait',
        'На вопросы отвечают без долгого ожидания',
        'Na pytania odpowiada się bez długiego czekania',
        'Na vprašanja odgovorijo brez dolgega čakanja',
        'پرسش‌ها بی‌انتظارِ دراز پاسخ می‌گیرند',
      ),
      t(
        'Somebody takes the time to help, even when it is busy',
        'Для помощи находят время, даже когда много дел',
        'Zawsze ktoś znajdzie czas, by pomóc, nawet w ruchu',
        'Za pomoč si vzamejo čas, tudi kadar je gneča',
        'حتی در شلوغی هم کسی برای کمک وقت می‌گذارد',
      ),
    ],
  },
  {
    id: 'assurance',
    name: t('Assurance', 'Уверенность', 'Pewność', 'Zaupanje', 'اطمینان‌بخشی'),
    items: [
      t(
        'Staff know their subject and explain it well',
        'Сотрудники знают своё дело и понятно объясняют',
        'Pracownicy znają się na rzeczy i dobrze wyjaśniają',
        'Zaposleni poznajo svoje delo in znajo razložiti',
        'کارکنان کار خود را می‌دانند و خوب توضیح می‌دهند',
      ),
      t(
        'One can trust the company with one’s money and data',
        'Компании можно доверить деньги и данные',
        'Firmie można powierzyć pieniądze i dane',
        'Podjetju lahko zaupamo denar in podatke',
        'می‌توان پول و اطلاعات خود را به شرکت سپرد',
      ),
    ],
  },
  {
    id: 'empathy',
    name: t('Empathy', 'Внимание к человеку', 'Empatia', 'Empatija', 'همدلی'),
    items: [
      t(
        'One is listened to and treated as a person',
        'Клиента слушают и видят в нём человека',
        'Klient jest wysłuchany i traktowany indywidualnie',
        'Stranki prisluhnejo in jo obravnavajo kot človeka',
        'به حرف مشتری گوش می‌دهند و او را به چشم یک انسان می‌بینند',
      ),
      t(
        'Hours and ways of contact suit customers',
        'Часы работы и способы связи удобны клиентам',
        'Godziny i sposoby kontaktu są dogodne dla klientów',
        'Delovni čas in načini stika ustrezajo strankam',
        'ساعت‌های کار و راه‌های تماس به کار مشتریان می‌آید',
      ),
    ],
  },
];

/** The dimensions in words of those who are asked. */
const WEIGHED: Readonly<Record<string, Localized>> = {
  tangibles: t('How things look', 'Как всё выглядит', 'Jak wszystko wygląda', 'Kako je vse videti', 'ظاهر همه چیز'),
  reliability: t(
    'That promises are kept',
    'Что обещания выполняют',
    'Dotrzymywanie obietnic',
    'Da obljube držijo',
    'وفای به وعده‌ها',
  ),
  responsiveness: t('That help comes fast', 'Что помогают быстро', 'Szybka pomoc', 'Da je pomoč hitra', 'کمکِ سریع'),
  assurance: t(
    'That staff are competent',
    'Что сотрудники знают дело',
    'Kompetentni pracownicy',
    'Da so zaposleni usposobljeni',
    'کاردانیِ کارکنان',
  ),
  empathy: t(
    'That one is cared for',
    'Что о клиенте заботятся',
    'Troska o klienta',
    'Da so stranke v dobrih rokah',
    'توجه به مشتری',
  ),
};

const ROWS: readonly Choice[] = DIMENSIONS.flatMap(({ id, items }) =>
  items.map((text, i) => ({ id: `${id}${i + 1}`, text })),
);

const COLUMNS: readonly Choice[] = [
  t('1 – not at all', '1 — совсем нет', '1 – wcale', '1 – sploh ne', '۱ – هیچ'),
  ...['2', '3', '4', '5', '6'].map((digit, i) => t(digit, digit, digit, digit, '۲۳۴۵۶'.charAt(i))),
  t('7 – completely', '7 — полностью', '7 – w pełni', '7 – popolnoma', '۷ – کاملاً'),
].map((text, i) => ({ id: `p${i + 1}`, text, value: i + 1 }));

/** Perception less expectation, of the means of the items: below 0 less was found than was expected. */
const gap = (dimensions: readonly Dimension[]): Score['of'] => {
  const rows = dimensions.flatMap(({ id }) => [`${id}1`, `${id}2`]);
  const weight = 1 / rows.length;
  return rows.flatMap((row) => [
    { question: 'perception', row, weight },
    { question: 'expectation', row, weight: -weight },
  ]);
};

export const fiveDimensions: Instrument = {
  id: 'five-dimensions',
  name: t(
    'Expectation against perception',
    'Ожидание и восприятие',
    'Oczekiwania a rzeczywistość',
    'Pričakovanja in zaznave',
    'انتظار در برابر دریافت',
  ),
  measures: t(
    'In five dimensions of service, how far what customers found falls short of what they expect (−6 to 6).',
    'По пяти измерениям сервиса: насколько полученное отстаёт от ожиданий (от −6 до 6).',
    'W pięciu wymiarach usługi: na ile to, co klienci zastali, odbiega od oczekiwań (od −6 do 6).',
    'V petih razsežnostih storitve: koliko zaznano zaostaja za pričakovanim (od −6 do 6).',
    'در پنج بُعد خدمت: آنچه مشتریان یافته‌اند چقدر از انتظارشان کمتر است (از ۶- تا ۶).',
  ),
  when: t(
    'Once a year, of a sample of customers who know you well; before and after a large change of service.',
    'Раз в год у выборки клиентов, которые хорошо вас знают; до и после крупных изменений сервиса.',
    'Raz w roku, na próbie klientów, którzy dobrze cię znają; przed dużą zmianą usługi i po niej.',
    'Enkrat na leto pri vzorcu strank, ki vas dobro poznajo; pred večjo spremembo storitve in po njej.',
    'سالی یک بار، از نمونه‌ای از مشتریانی که شما را خوب می‌شناسند؛ پیش و پس از هر دگرگونی بزرگ در خدمت.',
  ),
  structure: t(
    'The structure of SERVQUAL by A. Parasuraman, Valarie Zeithaml and Leonard Berry. The ten statements are our own wording, not the published scale.',
    'Структура SERVQUAL: А. Парасураман, Валари Цайтамль и Леонард Берри. Десять утверждений сформулированы нами и не повторяют опубликованную шкалу.',
    'Struktura SERVQUAL: A. Parasuraman, Valarie Zeithaml i Leonard Berry. Dziesięć stwierdzeń to nasze sformułowania, nie opublikowana skala.',
    'Zgradba SERVQUAL: A. Parasuraman, Valarie Zeithaml in Leonard Berry. Deset trditev je ubesedenih po naše in niso objavljena lestvica.',
    'ساختار SERVQUAL از ا. پاراسورامان، والری زایتامل و لئونارد بری. ده گویه به زبان خود ماست، نه مقیاس منتشرشده.',
  ),
  sources: [
    'Parasuraman, A., Zeithaml, V. A., Berry, L. L. (1985). A Conceptual Model of Service Quality and Its Implications for Future Research. Journal of Marketing 49(4), 41–50.',
    'Parasuraman, A., Zeithaml, V. A., Berry, L. L. (1988). SERVQUAL: A Multiple-Item Scale for Measuring Consumer Perceptions of Service Quality. Journal of Retailing 64(1), 12–40.',
  ],
  trademark: t(
    'SERVQUAL is the name of the scale by Parasuraman, Zeithaml and Berry; the name and the published items are theirs.',
    'SERVQUAL — название шкалы Парасурамана, Цайтамль и Берри; название и опубликованные утверждения принадлежат им.',
    'SERVQUAL to nazwa skali autorstwa Parasuramana, Zeithaml i Berry’ego; nazwa i opublikowane stwierdzenia należą do nich.',
    'SERVQUAL je ime lestvice avtorjev Parasuraman, Zeithaml in Berry; ime in objavljene trditve so njihove.',
    'SERVQUAL نام مقیاسِ پاراسورامان، زایتامل و بری است؛ این نام و گویه‌های منتشرشده از آنِ ایشان است.',
  ),
  document: {
    ...BASE,
    title: t(
      'What you expect and what you find',
      'Что вы ожидаете и что получаете',
      'Oczekiwania i rzeczywistość',
      'Kaj pričakujete in kaj dobite',
      'آنچه انتظار دارید و آنچه می‌یابید',
    ),
    pages: [
      {
        id: 'expected',
        questions: [
          {
            id: 'expectation',
            kind: 'matrix',
            instrument: 'expectation',
            required: true,
            title: t(
              'Think of an excellent company of our kind. How much would you expect each of these there?',
              'Представьте отличную компанию нашего рода. Насколько вы ожидали бы от неё каждого из этого?',
              'Wyobraź sobie znakomitą firmę z naszej branży. Na ile oczekujesz od niej każdej z tych rzeczy?',
              'Predstavljajte si odlično podjetje naše vrste. Koliko bi od njega pričakovali vsako od naštetega?',
              'شرکتی عالی از نوع ما را در نظر بگیرید. از آن تا چه اندازه هر یک از این‌ها را انتظار دارید؟',
            ),
            rows: ROWS,
            columns: COLUMNS,
          },
        ],
      },
      {
        id: 'found',
        questions: [
          {
            id: 'perception',
            kind: 'matrix',
            instrument: 'perception',
            required: true,
            title: t(
              'And with us: how much of each have you found?',
              'А у нас: насколько вы это увидели?',
              'A u nas: na ile to się zgadza?',
              'In pri nas: koliko to drži?',
              'و نزد ما: تا چه اندازه هر یک را یافته‌اید؟',
            ),
            rows: ROWS,
            columns: COLUMNS,
          },
        ],
      },
      {
        id: 'weights',
        questions: [
          {
            id: 'weight',
            kind: 'constantSum',
            total: 100,
            title: t(
              'How much does each matter to you? Share out 100 points.',
              'Насколько каждое важно для вас? Распределите 100 баллов.',
              'Jak ważna jest dla ciebie każda z tych rzeczy? Rozdziel 100 punktów.',
              'Kako pomembno vam je vsako od tega? Razdelite 100 točk.',
              'هر یک چقدر برایتان مهم است؟ ۱۰۰ امتیاز را میانشان پخش کنید.',
            ),
            choices: DIMENSIONS.map(({ id }) => ({ id, text: WEIGHED[id] ?? {} })),
          },
        ],
      },
      {
        id: 'reason',
        questions: [
          {
            id: 'missed',
            kind: 'longText',
            title: t(
              'Where did we fall short of what you expect?',
              'В чём мы не оправдали ваших ожиданий?',
              'W czym nie spełniamy twoich oczekiwań?',
              'V čem ne izpolnjujemo vaših pričakovanj?',
              'در چه چیزی از انتظارتان کمتر بوده‌ایم؟',
            ),
            showIf: { field: 'score.gap', op: 'lt', value: 0 },
          },
          ANYTHING_ELSE,
        ],
      },
    ],
    scores: [
      ...DIMENSIONS.map((one): Score => ({ id: `gap-${one.id}`, name: one.name, how: 'sum', of: gap([one]) })),
      {
        id: 'gap',
        name: t('Gap in all', 'Разрыв в целом', 'Luka ogółem', 'Skupni razkorak', 'شکاف کل'),
        how: 'sum',
        of: gap(DIMENSIONS),
      },
    ],
    endings: THANKS,
  },
};
