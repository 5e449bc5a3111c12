import { type Instrument, t } from './instrument.ts';
import { BASE, NPS_TRADEMARK, THANKS, YOUR_OPINION } from './shared.ts';

export const nps: Instrument = {
  id: 'nps',
  name: t(
    'NPS: recommendation',
    'NPS: готовность рекомендовать',
    'NPS: gotowość polecenia',
    'NPS: priporočanje',
    'NPS: پیشنهاد به دیگران',
  ),
  measures: t(
    'Whether customers would recommend you: the share of promoters (9–10) less that of detractors (0–6).',
    'Готовы ли клиенты вас рекомендовать: доля промоутеров (9–10) минус доля критиков (0–6).',
    'Czy klienci polecą cię innym: odsetek promotorów (9–10) minus odsetek krytyków (0–6).',
    'Ali bi vas stranke priporočile: delež promotorjev (9–10) minus delež kritikov (0–6).',
    'این‌که مشتریان شما را به دیگران پیشنهاد می‌کنند یا نه: سهم مروّجان (۹ تا ۱۰) منهای سهم منتقدان (۰ تا ۶).',
  ),
  when: t(
    'Once or twice a year of everybody, in small shares each day; of one person not more often than every three months.',
    'Один-два раза в год у всех, каждый день понемногу; у одного человека не чаще раза в три месяца.',
    'Raz lub dwa razy w roku u wszystkich, codziennie po trochu; tę samą osobę nie częściej niż co trzy miesiące.',
    'Enkrat do dvakrat na leto pri vseh, vsak dan pri nekaterih; iste osebe ne pogosteje kot na tri mesece.',
    'سالی یک یا دو بار از همه، هر روز از گروهی کوچک؛ از هر نفر نه بیشتر از هر سه ماه یک بار.',
  ),
  structure: t(
    'Fred Reichheld, with Bain & Company and Satmetrix.',
    'Фред Райхельд совместно с Bain & Company и Satmetrix.',
    'Fred Reichheld, wraz z Bain & Company i Satmetrix.',
    'Fred Reichheld z družbama Bain & Company in Satmetrix.',
    'فرد رایکهلد، همراه با Bain & Company و Satmetrix.',
  ),
  sources: ['Reichheld, F. F. (2003). The One Number You Need to Grow. Harvard Business Review 81(12), 46–54.'],
  trademark: NPS_TRADEMARK,
  document: {
    ...BASE,
    title: YOUR_OPINION,
    pages: [
      {
        id: 'score',
        questions: [
          {
            id: 'nps',
            kind: 'nps',
            required: true,
            title: t(
              'How likely are you to recommend us to a friend or colleague?',
              'Насколько вероятно, что вы порекомендуете нас друзьям или коллегам?',
              'Na ile prawdopodobne jest, że polecisz nas znajomym lub współpracownikom?',
              'Kako verjetno je, da bi nas priporočili prijateljem ali sodelavcem?',
              'چقدر احتمال دارد ما را به دوستان یا همکارانتان پیشنهاد کنید؟',
            ),
            low: t(
              'Not at all likely',
              'Точно не порекомендую',
              'Zupełnie nieprawdopodobne',
              'Sploh ni verjetno',
              'به‌هیچ‌وجه محتمل نیست',
            ),
            high: t('Extremely likely', 'Точно порекомендую', 'Niemal pewne', 'Zelo verjetno', 'بسیار محتمل است'),
          },
        ],
      },
      {
        id: 'reason',
        questions: [
          {
            id: 'improve',
            kind: 'longText',
            title: t(
              'What is the main thing we should do better?',
              'Что нам прежде всего стоит делать лучше?',
              'Co przede wszystkim powinniśmy robić lepiej?',
              'Kaj bi morali predvsem delati bolje?',
              'مهم‌ترین کاری که باید بهتر انجام دهیم چیست؟',
            ),
            showIf: { field: 'nps', op: 'le', value: 6 },
          },
          {
            id: 'missing',
            kind: 'longText',
            title: t(
              'What was missing for a 9 or a 10?',
              'Чего не хватило до 9 или 10?',
              'Czego zabrakło do 9 lub 10?',
              'Kaj je manjkalo do ocene 9 ali 10?',
              'برای نمرهٔ ۹ یا ۱۰ چه چیزی کم بود؟',
            ),
            showIf: { field: 'nps', op: 'in', value: [7, 8] },
          },
          {
            id: 'liked',
            kind: 'longText',
            title: t(
              'What do you value most about us?',
              'Что вы цените в нас больше всего?',
              'Co cenisz u nas najbardziej?',
              'Kaj pri nas najbolj cenite?',
              'چه چیزی را در ما بیشتر می‌پسندید؟',
            ),
            showIf: { field: 'nps', op: 'ge', value: 9 },
          },
        ],
      },
    ],
    endings: THANKS,
  },
};
