import { type Instrument, t } from './instrument.ts';
import { BASE, OTHER, OWN_SELECTION, SATISFIED, THANKS, followUp } from './shared.ts';

export const delivery: Instrument = {
  id: 'delivery',
  name: t('After a delivery', 'После доставки', 'Po dostawie', 'Po dostavi', 'پس از تحویل'),
  measures: t(
    'How content customers are with a delivery, whether it came when promised, and in what state.',
    'Насколько клиенты довольны доставкой, пришла ли она вовремя и в каком состоянии.',
    'Jak klienci oceniają dostawę, czy dotarła na czas i w jakim stanie.',
    'Kako zadovoljne so stranke z dostavo, ali je prišla pravočasno in v kakšnem stanju.',
    'رضایت مشتریان از تحویل، این‌که به‌موقع رسید یا نه و در چه وضعی.',
  ),
  when: t(
    'One or two days after the parcel was handed over, with a link that names the order.',
    'Через день-два после вручения посылки, по ссылке с номером заказа.',
    'Dzień lub dwa po doręczeniu paczki, przez link z numerem zamówienia.',
    'Dan ali dva po prevzemu pošiljke, s povezavo, ki pozna naročilo.',
    'یک یا دو روز پس از رسیدن بسته، با پیوندی که سفارش را می‌شناسد.',
  ),
  structure: OWN_SELECTION,
  sources: [
    'Mentzer, J. T., Flint, D. J., Hult, G. T. M. (2001). Logistics Service Quality as a Segment-Customized Process. Journal of Marketing 65(4), 82–104.',
  ],
  trademark: null,
  document: {
    ...BASE,
    title: t('Your delivery', 'Ваша доставка', 'Twoja dostawa', 'Vaša dostava', 'تحویل سفارش شما'),
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
              'How satisfied are you with the delivery?',
              'Как вы оцениваете доставку?',
              'Jak oceniasz dostawę?',
              'Kako ste zadovoljni z dostavo?',
              'از تحویل سفارش چقدر راضی هستید؟',
            ),
            ...SATISFIED,
          },
        ],
      },
      {
        id: 'facts',
        questions: [
          {
            id: 'time',
            kind: 'single',
            title: t(
              'When did it arrive?',
              'Когда пришла посылка?',
              'Kiedy dotarła paczka?',
              'Kdaj je pošiljka prispela?',
              'بسته کی رسید؟',
            ),
            choices: [
              {
                id: 'early',
                text: t(
                  'Earlier than promised',
                  'Раньше обещанного',
                  'Wcześniej, niż obiecano',
                  'Prej, kot je bilo obljubljeno',
                  'زودتر از وعده',
                ),
              },
              {
                id: 'asPromised',
                text: t('When promised', 'В обещанный срок', 'W obiecanym terminie', 'V obljubljenem roku', 'سر وعده'),
              },
              {
                id: 'late',
                text: t(
                  'Later than promised',
                  'Позже обещанного',
                  'Później, niż obiecano',
                  'Pozneje, kot je bilo obljubljeno',
                  'دیرتر از وعده',
                ),
              },
              {
                id: 'never',
                text: t(
                  'Not at all so far',
                  'До сих пор не пришла',
                  'Jeszcze nie dotarła',
                  'Je še ni',
                  'هنوز نرسیده است',
                ),
              },
            ],
          },
          {
            id: 'state',
            kind: 'multiple',
            title: t(
              'In what state was it?',
              'В каком состоянии всё пришло?',
              'W jakim stanie była przesyłka?',
              'V kakšnem stanju je bila?',
              'در چه وضعی بود؟',
            ),
            showIf: { field: 'time', op: 'ne', value: 'never' },
            choices: [
              {
                id: 'fine',
                text: t(
                  'All there and undamaged',
                  'Всё на месте и целое',
                  'Kompletna i nieuszkodzona',
                  'Vse je bilo tam in nepoškodovano',
                  'همه چیز کامل و سالم بود',
                ),
                exclusive: true,
              },
              {
                id: 'packaging',
                text: t(
                  'Packaging damaged',
                  'Повреждена упаковка',
                  'Uszkodzone opakowanie',
                  'Poškodovana embalaža',
                  'بسته‌بندی آسیب دیده بود',
                ),
              },
              {
                id: 'goods',
                text: t(
                  'Goods damaged',
                  'Повреждён товар',
                  'Uszkodzony towar',
                  'Poškodovano blago',
                  'کالا آسیب دیده بود',
                ),
              },
              {
                id: 'missing',
                text: t(
                  'Something missing',
                  'Чего-то не хватает',
                  'Czegoś brakowało',
                  'Nekaj je manjkalo',
                  'چیزی کم بود',
                ),
              },
              {
                id: 'wrong',
                text: t(
                  'Something wrong',
                  'Пришло не то',
                  'Przyszło coś innego',
                  'Prišlo je nekaj drugega',
                  'کالای دیگری آمده بود',
                ),
              },
              OTHER,
            ],
          },
        ],
      },
      { id: 'reason', questions: followUp('csat') },
    ],
    endings: THANKS,
  },
};
