import type { Choice, Localized, MatrixQuestion, Score } from '../document.ts';
import { type Instrument, t } from './instrument.ts';
import { AGREEMENT, ANYTHING_ELSE, BASE, NOT_HERE, THANKS, YOUR_OPINION } from './shared.ts';

interface Pillar {
  readonly id: string;
  readonly name: Localized;
  readonly items: readonly [Localized, Localized];
}

const PILLARS: readonly Pillar[] = [
  {
    id: 'personalisation',
    name: t('Personalisation', 'Персональный подход', 'Personalizacja', 'Osebna obravnava', 'شخصی‌سازی'),
    items: [
      t(
        'They know what I need',
        'Они знают, что мне нужно',
        'Wiedzą, czego potrzebuję',
        'Vedo, kaj potrebujem',
        'می‌دانند چه نیازی دارم',
      ),
      t(
        'What they offer suits me',
        'Их предложения мне подходят',
        'Ich oferta jest dla mnie odpowiednia',
        'Njihova ponudba mi ustreza',
        'آنچه پیشنهاد می‌کنند به من می‌خورد',
      ),
    ],
  },
  {
    id: 'integrity',
    name: t('Integrity', 'Честность', 'Uczciwość', 'Poštenost', 'درستکاری'),
    items: [
      t(
        'I can trust what they say',
        'Их словам можно верить',
        'Mogę ufać temu, co mówią',
        'Njihovim besedam lahko zaupam',
        'می‌توانم به حرفشان اعتماد کنم',
      ),
      t(
        'They act in my interest too',
        'Они действуют и в моих интересах',
        'Działają także w moim interesie',
        'Ravnajo tudi v mojem interesu',
        'به سود من هم رفتار می‌کنند',
      ),
    ],
  },
  {
    id: 'expectations',
    name: t('Expectations', 'Ожидания', 'Oczekiwania', 'Pričakovanja', 'انتظارات'),
    items: [
      t(
        'I was told beforehand what would happen, and when',
        'Мне заранее сказали, что и когда будет',
        'Z góry było wiadomo, co i kiedy nastąpi',
        'Vnaprej so mi povedali, kaj se bo zgodilo in kdaj',
        'از پیش گفته شد چه می‌شود و کی',
      ),
      t(
        'It was as good as they had promised',
        'Всё оказалось таким, как обещали',
        'Było tak dobrze, jak obiecano',
        'Bilo je tako dobro, kot so obljubili',
        'همان‌قدر خوب بود که وعده داده بودند',
      ),
    ],
  },
  {
    id: 'resolution',
    name: t('Resolution', 'Решение проблем', 'Rozwiązywanie problemów', 'Reševanje težav', 'حل مشکل'),
    items: [
      t(
        'When something goes wrong, they put it right',
        'Если что-то не так, они это исправляют',
        'Gdy coś pójdzie źle, naprawiają to',
        'Če gre kaj narobe, to popravijo',
        'وقتی چیزی خراب شود، درستش می‌کنند',
      ),
      t(
        'They take the blame where it is theirs',
        'Свои ошибки они признают',
        'Przyznają się do swoich błędów',
        'Svoje napake priznajo',
        'خطای خود را می‌پذیرند',
      ),
    ],
  },
  {
    id: 'effort',
    name: t('Time and effort', 'Время и усилия', 'Czas i wysiłek', 'Čas in trud', 'وقت و زحمت'),
    items: [
      t(
        'I reach what I want in a few steps',
        'Нужное получается в несколько шагов',
        'Cel osiągam w kilku krokach',
        'Do cilja pridem v nekaj korakih',
        'با چند گام به خواسته‌ام می‌رسم',
      ),
      t(
        'They do not waste my time',
        'Моё время не тратят зря',
        'Nie marnują mojego czasu',
        'Ne zapravljajo mojega časa',
        'وقتم را هدر نمی‌دهند',
      ),
    ],
  },
  {
    id: 'empathy',
    name: t('Empathy', 'Эмпатия', 'Empatia', 'Empatija', 'همدلی'),
    items: [
      t(
        'They understand my situation',
        'Они понимают мою ситуацию',
        'Rozumieją moją sytuację',
        'Razumejo moj položaj',
        'وضعیت مرا درک می‌کنند',
      ),
      t(
        'I feel that I matter to them',
        'Видно, что я для них важный клиент',
        'Widać, że im na mnie zależy',
        'Čutim, da jim je mar zame',
        'حس می‌کنم برایشان مهم هستم',
      ),
    ],
  },
];

const rowsOf = ({ id, items }: Pillar): Choice[] => items.map((text, i) => ({ id: `${id}${i + 1}`, text }));
const partsOf = (pillars: readonly Pillar[]): Score['of'] =>
  pillars.flatMap((pillar) =>
    rowsOf(pillar).map((row) => ({ question: PILLARS.indexOf(pillar) < 3 ? 'first' : 'second', row: row.id })),
  );
const matrix = (id: string, pillars: readonly Pillar[], title: Localized): MatrixQuestion => ({
  id,
  kind: 'matrix',
  required: true,
  title,
  rows: pillars.flatMap(rowsOf),
  columns: [...AGREEMENT, NOT_HERE],
  order: 'random',
});

export const sixPillars: Instrument = {
  id: 'six-pillars',
  name: t('Six pillars', 'Шесть столпов', 'Sześć filarów', 'Šest stebrov', 'شش ستون'),
  measures: t(
    'How customers live through dealing with you, in six pillars: personalisation, integrity, expectations, resolution, time and effort, empathy. Each from 0 to 100.',
    'Как клиентам с вами: персональный подход, честность, ожидания, решение проблем, время и усилия, эмпатия. Каждый столп от 0 до 100.',
    'Jak klienci odbierają kontakt z tobą w sześciu filarach: personalizacja, uczciwość, oczekiwania, rozwiązywanie problemów, czas i wysiłek, empatia. Każdy od 0 do 100.',
    'Kako stranke doživljajo stik z vami v šestih stebrih: osebna obravnava, poštenost, pričakovanja, reševanje težav, čas in trud, empatija. Vsak od 0 do 100.',
    'تجربهٔ مشتری از شما در شش ستون: شخصی‌سازی، درستکاری، انتظارات، حل مشکل، وقت و زحمت، همدلی. هر یک از ۰ تا ۱۰۰.',
  ),
  when: t(
    'Once or twice a year, of customers who had to do with you in the last three months.',
    'Один-два раза в год у клиентов, которые обращались к вам за последние три месяца.',
    'Raz lub dwa razy w roku, u klientów, którzy mieli z tobą do czynienia w ostatnich trzech miesiącach.',
    'Enkrat do dvakrat na leto pri strankah, ki so imele z vami opravka v zadnjih treh mesecih.',
    'سالی یک یا دو بار، از مشتریانی که در سه ماه گذشته با شما سروکار داشته‌اند.',
  ),
  structure: t(
    'The six pillars of experience of KPMG Nunwood. The twelve statements are our own wording, and the scores are not theirs.',
    'Шесть столпов клиентского опыта KPMG Nunwood. Двенадцать утверждений сформулированы нами, и баллы считаются не по их методике.',
    'Sześć filarów doświadczeń KPMG Nunwood. Dwanaście stwierdzeń to nasze sformułowania, a punkty nie są liczone ich metodą.',
    'Šest stebrov izkušnje KPMG Nunwood. Dvanajst trditev je ubesedenih po naše in točke niso izračunane po njihovi metodi.',
    'شش ستون تجربه از KPMG Nunwood. دوازده گویه به زبان خود ماست و امتیازها به روش ایشان حساب نمی‌شوند.',
  ),
  sources: ['KPMG Nunwood, Customer Experience Excellence reports, since 2010.'],
  trademark: t(
    'The Six Pillars are a name and a method of KPMG Nunwood. Net Promoter, NPS and Net Promoter Score are registered trademarks of Bain & Company, NICE Systems (Satmetrix) and Fred Reichheld.',
    'The Six Pillars — название и методика KPMG Nunwood. Net Promoter, NPS и Net Promoter Score — зарегистрированные товарные знаки Bain & Company, NICE Systems (Satmetrix) и Фреда Райхельда.',
    'The Six Pillars to nazwa i metoda KPMG Nunwood. Net Promoter, NPS i Net Promoter Score są zastrzeżonymi znakami towarowymi Bain & Company, NICE Systems (Satmetrix) i Freda Reichhelda.',
    'The Six Pillars je ime in metoda podjetja KPMG Nunwood. Net Promoter, NPS in Net Promoter Score so registrirane blagovne znamke družb Bain & Company in NICE Systems (Satmetrix) ter Freda Reichhelda.',
    'The Six Pillars نام و روشِ KPMG Nunwood است. Net Promoter، NPS و Net Promoter Score نشان‌های تجاری ثبت‌شدهٔ Bain & Company، NICE Systems (Satmetrix) و فرد رایکهلد هستند.',
  ),
  document: {
    ...BASE,
    title: YOUR_OPINION,
    pages: [
      {
        id: 'one',
        questions: [
          matrix(
            'first',
            PILLARS.slice(0, 3),
            t(
              'Thinking of us: how far do you agree?',
              'Подумайте о нас: насколько это верно?',
              'Myśląc o nas: na ile się z tym zgadzasz?',
              'Ko pomislite na nas: koliko se strinjate?',
              'دربارهٔ ما: چقدر با این‌ها موافقید؟',
            ),
          ),
        ],
      },
      {
        id: 'two',
        questions: [
          matrix(
            'second',
            PILLARS.slice(3),
            t('And with these?', 'А с этим?', 'A z tym?', 'Pa s temi trditvami?', 'و با این‌ها؟'),
          ),
        ],
      },
      {
        id: 'three',
        questions: [
          {
            id: 'nps',
            kind: 'nps',
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
        id: 'four',
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
            showIf: { field: 'nps', op: 'lt', value: 9 },
          },
          ANYTHING_ELSE,
        ],
      },
    ],
    scores: [
      ...PILLARS.map((one): Score => ({ id: one.id, name: one.name, how: 'percent', of: partsOf([one]) })),
      {
        id: 'pillars',
        name: t('All six pillars', 'Все шесть столпов', 'Wszystkie sześć filarów', 'Vseh šest stebrov', 'هر شش ستون'),
        how: 'percent',
        of: partsOf(PILLARS),
      },
    ],
    endings: THANKS,
  },
};
