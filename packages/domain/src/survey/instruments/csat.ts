import { type Instrument, t } from './instrument.ts';
import { BASE, OWN_SELECTION, SATISFIED, THANKS, YOUR_OPINION, followUp } from './shared.ts';

export const csat: Instrument = {
  id: 'csat',
  name: t('CSAT: satisfaction', 'CSAT: удовлетворённость', 'CSAT: zadowolenie', 'CSAT: zadovoljstvo', 'CSAT: رضایت'),
  measures: t(
    'How content customers were with one thing that just happened: the share of 4 and 5 out of 5.',
    'Насколько клиенты довольны тем, что только что произошло: доля оценок 4 и 5 из 5.',
    'Na ile klienci są zadowoleni z tego, co właśnie się wydarzyło: odsetek ocen 4 i 5 na 5.',
    'Kako zadovoljne so stranke s tem, kar se je pravkar zgodilo: delež ocen 4 in 5 od 5.',
    'رضایت مشتریان از آنچه همین حالا رخ داده است: سهم نمره‌های ۴ و ۵ از ۵.',
  ),
  when: t(
    'Right after a contact, a purchase or a delivery, while it is remembered.',
    'Сразу после обращения, покупки или доставки, пока всё помнится.',
    'Zaraz po kontakcie, zakupie lub dostawie, póki wrażenia są świeże.',
    'Takoj po stiku, nakupu ali dostavi, dokler je spomin svež.',
    'درست پس از تماس، خرید یا تحویل، تا وقتی در یاد مانده است.',
  ),
  structure: OWN_SELECTION,
  sources: [
    'Oliver, R. L. (1980). A Cognitive Model of the Antecedents and Consequences of Satisfaction Decisions. Journal of Marketing Research 17(4), 460–469.',
  ],
  trademark: null,
  document: {
    ...BASE,
    title: YOUR_OPINION,
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
              'How satisfied are you with your experience today?',
              'Как вы оцениваете то, как всё прошло сегодня?',
              'Jak oceniasz dzisiejszy kontakt z nami?',
              'Kako ste zadovoljni z današnjo izkušnjo?',
              'از تجربهٔ امروزتان چقدر راضی هستید؟',
            ),
            ...SATISFIED,
          },
        ],
      },
      { id: 'reason', questions: followUp('csat') },
    ],
    endings: THANKS,
  },
};
