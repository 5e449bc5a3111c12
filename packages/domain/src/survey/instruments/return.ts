import { type Instrument, t } from './instrument.ts';
import { ANYTHING_ELSE, BASE, CES_TRADEMARK, OTHER, THANKS } from './shared.ts';

export const afterReturn: Instrument = {
  id: 'return',
  name: t('After a return', 'После возврата', 'Po zwrocie', 'Po vračilu', 'پس از بازگرداندن کالا'),
  measures: t(
    'How easy it was to send something back, why it came back, and whether the customer will buy again.',
    'Насколько легко было вернуть товар, почему его вернули и купит ли клиент снова.',
    'Jak łatwo było zwrócić towar, dlaczego wrócił i czy klient kupi ponownie.',
    'Kako preprosto je bilo vračilo, zakaj je bilo blago vrnjeno in ali bo stranka še kupila.',
    'این‌که بازگرداندن کالا چقدر آسان بود، چرا بازگشت و آیا مشتری دوباره می‌خرد.',
  ),
  when: t(
    'Some days after the money was paid back.',
    'Через несколько дней после возврата денег.',
    'Kilka dni po zwrocie pieniędzy.',
    'Nekaj dni po vračilu denarja.',
    'چند روز پس از بازگشت پول.',
  ),
  structure: t(
    'Our own selection of questions; the first is the CES 2.0.',
    'Наша подборка вопросов; первый — CES 2.0.',
    'Nasz własny zestaw pytań; pierwsze to CES 2.0.',
    'Naš izbor vprašanj; prvo je CES 2.0.',
    'گزیدهٔ خود ما؛ پرسش نخست CES 2.0 است.',
  ),
  sources: ['Dixon, M., Toman, N., DeLisi, R. (2013). The Effortless Experience. Portfolio/Penguin.'],
  trademark: CES_TRADEMARK,
  document: {
    ...BASE,
    title: t('Your return', 'Ваш возврат', 'Twój zwrot', 'Vaše vračilo', 'بازگرداندن کالا'),
    pages: [
      {
        id: 'score',
        questions: [
          {
            id: 'ces',
            kind: 'ces',
            required: true,
            title: t(
              'Sending it back was easy.',
              'Вернуть товар было легко.',
              'Zwrot był łatwy.',
              'Vračilo je bilo preprosto.',
              'بازگرداندن کالا آسان بود.',
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
        id: 'facts',
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
            id: 'why',
            kind: 'multiple',
            order: 'random',
            title: t(
              'Why did you send it back?',
              'Почему вы вернули товар?',
              'Jaki był powód zwrotu?',
              'Zakaj ste blago vrnili?',
              'چرا آن را بازگرداندید؟',
            ),
            choices: [
              {
                id: 'size',
                text: t(
                  'It did not fit',
                  'Не подошёл размер',
                  'Nie pasował rozmiar',
                  'Ni bilo prave velikosti',
                  'اندازه نبود',
                ),
              },
              {
                id: 'different',
                text: t(
                  'Other than shown or described',
                  'Не соответствует фото или описанию',
                  'Inny niż na zdjęciu lub w opisie',
                  'Drugačno kot na sliki ali v opisu',
                  'با عکس یا توضیح فرق داشت',
                ),
              },
              {
                id: 'quality',
                text: t('Poor quality', 'Плохое качество', 'Słaba jakość', 'Slaba kakovost', 'کیفیت بد'),
              },
              {
                id: 'broken',
                text: t(
                  'Damaged or faulty',
                  'Повреждён или с браком',
                  'Uszkodzony lub wadliwy',
                  'Poškodovano ali z napako',
                  'آسیب‌دیده یا خراب',
                ),
              },
              {
                id: 'late',
                text: t(
                  'It came too late',
                  'Пришёл слишком поздно',
                  'Dotarł za późno',
                  'Prišlo je prepozno',
                  'خیلی دیر رسید',
                ),
              },
              {
                id: 'mind',
                text: t(
                  'I changed my mind',
                  'Просто передумали',
                  'Zmiana decyzji',
                  'Drugačna odločitev',
                  'نظرم عوض شد',
                ),
              },
              OTHER,
            ],
          },
          {
            id: 'refund',
            kind: 'single',
            title: t(
              'How fast did you get your money back?',
              'Как быстро вам вернули деньги?',
              'Jak szybko wróciły pieniądze?',
              'Kako hitro ste dobili denar nazaj?',
              'پولتان چقدر زود برگشت؟',
            ),
            choices: [
              {
                id: 'fast',
                text: t(
                  'Faster than expected',
                  'Быстрее, чем ожидалось',
                  'Szybciej, niż oczekiwano',
                  'Hitreje od pričakovanj',
                  'زودتر از انتظار',
                ),
              },
              {
                id: 'expected',
                text: t(
                  'As expected',
                  'Как и ожидалось',
                  'Zgodnie z oczekiwaniami',
                  'Po pričakovanjih',
                  'مطابق انتظار',
                ),
              },
              {
                id: 'slow',
                text: t(
                  'More slowly than expected',
                  'Медленнее, чем ожидалось',
                  'Wolniej, niż oczekiwano',
                  'Počasneje od pričakovanj',
                  'دیرتر از انتظار',
                ),
              },
              { id: 'none', text: t('Not yet', 'Пока не вернули', 'Jeszcze nie wróciły', 'Še ne', 'هنوز برنگشته') },
            ],
          },
        ],
      },
      {
        id: 'next',
        questions: [
          {
            id: 'again',
            kind: 'rating',
            from: 1,
            to: 5,
            instrument: 'intention',
            title: t(
              'How likely are you to buy from us again?',
              'Насколько вероятно, что вы снова у нас купите?',
              'Na ile prawdopodobne są kolejne zakupy u nas?',
              'Kako verjetno je, da boste pri nas še kupili?',
              'چقدر احتمال دارد دوباره از ما خرید کنید؟',
            ),
            low: t('Not likely', 'Вряд ли', 'Mało prawdopodobne', 'Ni verjetno', 'احتمالش کم است'),
            high: t('Very likely', 'Наверняка', 'Bardzo prawdopodobne', 'Zelo verjetno', 'بسیار محتمل است'),
          },
          ANYTHING_ELSE,
        ],
      },
    ],
    endings: THANKS,
  },
};
