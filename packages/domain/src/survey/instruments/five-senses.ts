import type { Localized, Page, Score } from '../document.ts';
import { type Instrument, t } from './instrument.ts';
import { BASE, NOT_HERE, QUALITY } from './shared.ts';

interface Sense {
  readonly id: string;
  readonly name: Localized;
  readonly points: Readonly<Record<string, Localized>>;
}

const SENSES: readonly Sense[] = [
  {
    id: 'sight',
    name: t('Sight', 'Зрение', 'Wzrok', 'Vid', 'بینایی'),
    points: {
      light: t('Lighting', 'Освещение', 'Oświetlenie', 'Osvetlitev', 'نورپردازی'),
      order: t('Order and cleanliness', 'Порядок и чистота', 'Porządek i czystość', 'Red in čistoča', 'نظم و پاکیزگی'),
      display: t('Display of the goods', 'Выкладка товара', 'Ekspozycja towaru', 'Razstavitev blaga', 'چیدمان کالا'),
      signs: t('Signs and prices', 'Указатели и ценники', 'Oznaczenia i ceny', 'Oznake in cene', 'تابلوها و قیمت‌ها'),
    },
  },
  {
    id: 'sound',
    name: t('Sound', 'Слух', 'Słuch', 'Sluh', 'شنوایی'),
    points: {
      music: t(
        'Music: kind and loudness',
        'Музыка: характер и громкость',
        'Muzyka: rodzaj i głośność',
        'Glasba: zvrst in glasnost',
        'موسیقی: گونه و بلندی',
      ),
      noise: t(
        'Freedom from noise of machines and street',
        'Отсутствие шума техники и улицы',
        'Brak hałasu urządzeń i ulicy',
        'Brez hrupa naprav in ceste',
        'نبودِ سروصدای دستگاه‌ها و خیابان',
      ),
      voices: t(
        'Tone of voice of the staff',
        'Тон голоса сотрудников',
        'Ton głosu obsługi',
        'Ton glasu osebja',
        'لحن کارکنان',
      ),
    },
  },
  {
    id: 'smell',
    name: t('Smell', 'Обоняние', 'Węch', 'Vonj', 'بویایی'),
    points: {
      air: t('Fresh air', 'Свежесть воздуха', 'Świeżość powietrza', 'Svež zrak', 'هوای تازه'),
      scent: t(
        'Scent that suits the place',
        'Аромат, подходящий месту',
        'Zapach pasujący do miejsca',
        'Vonj, primeren prostoru',
        'بویی که به جا می‌آید',
      ),
      foul: t(
        'Freedom from unpleasant smells',
        'Отсутствие неприятных запахов',
        'Brak nieprzyjemnych zapachów',
        'Brez neprijetnih vonjav',
        'نبودِ بوی ناخوشایند',
      ),
    },
  },
  {
    id: 'touch',
    name: t('Touch', 'Осязание', 'Dotyk', 'Tip', 'لامسه'),
    points: {
      goods: t(
        'Goods can be touched and tried',
        'Товар можно потрогать и попробовать',
        'Towar można dotknąć i wypróbować',
        'Blago se lahko prime in preizkusi',
        'می‌توان کالا را لمس و امتحان کرد',
      ),
      surfaces: t(
        'Handles, counters and trolleys',
        'Ручки, прилавки и тележки',
        'Klamki, lady i wózki',
        'Kljuke, pulti in vozički',
        'دستگیره‌ها، پیشخوان‌ها و چرخ‌ها',
      ),
      climate: t('Temperature', 'Температура', 'Temperatura', 'Temperatura', 'دما'),
      space: t(
        'Room to move and to sit',
        'Место, чтобы пройти и присесть',
        'Miejsce, by przejść i usiąść',
        'Prostor za gibanje in sedenje',
        'جای رفت‌وآمد و نشستن',
      ),
    },
  },
  {
    id: 'taste',
    name: t('Taste', 'Вкус', 'Smak', 'Okus', 'چشایی'),
    points: {
      samples: t(
        'Samples or a drink are offered',
        'Предлагают дегустацию или напиток',
        'Proponuje się próbki lub napój',
        'Ponudijo pokušino ali pijačo',
        'نمونه یا نوشیدنی تعارف می‌کنند',
      ),
      quality: t(
        'They taste good and are fresh',
        'Вкусно и свежо',
        'Smaczne i świeże',
        'Okusno in sveže',
        'خوش‌مزه و تازه است',
      ),
    },
  },
];

const pageOf = ({ id, name, points }: Sense): Page => ({
  id: `page-${id}`,
  questions: [
    {
      id,
      kind: 'matrix',
      instrument: 'audit',
      required: true,
      title: name,
      rows: Object.entries(points).map(([row, text]) => ({ id: row, text })),
      columns: [...QUALITY, NOT_HERE],
    },
    {
      id: `${id}-note`,
      kind: 'longText',
      title: t(
        'What did you notice?',
        'Что вы заметили?',
        'Co zwróciło uwagę?',
        'Kaj ste opazili?',
        'چه چیزی به چشم آمد؟',
      ),
    },
  ],
});
const partsOf = (senses: readonly Sense[]): Score['of'] =>
  senses.flatMap(({ id, points }) => Object.keys(points).map((row) => ({ question: id, row })));

export const fiveSenses: Instrument = {
  id: 'five-senses',
  name: t(
    'Five-senses store audit',
    'Аудит магазина по пяти чувствам',
    'Audyt sklepu pięcioma zmysłami',
    'Presoja trgovine s petimi čuti',
    'ممیزی فروشگاه با پنج حس',
  ),
  measures: t(
    'How a place looks, sounds, smells, feels and tastes; each sense from 0 to 100.',
    'Как место выглядит, звучит, пахнет, ощущается и каково на вкус; каждое чувство от 0 до 100.',
    'Jak miejsce wygląda, brzmi, pachnie, jakie jest w dotyku i smaku; każdy zmysł od 0 do 100.',
    'Kako je prostor videti, kako zveni, diši, kakšen je na otip in po okusu; vsak čut od 0 do 100.',
    'این‌که یک جا چه می‌نماید، چه صدا، بو، لمس و مزه‌ای دارد؛ هر حس از ۰ تا ۱۰۰.',
  ),
  when: t(
    'By the same person in all places, at the same hour; every quarter and after each rebuilding.',
    'Один и тот же человек во всех точках, в одно время; раз в квартал и после каждой перестройки.',
    'Ta sama osoba we wszystkich placówkach, o tej samej porze; co kwartał i po każdej przebudowie.',
    'Ista oseba v vseh poslovalnicah, ob isti uri; vsako četrtletje in po vsaki prenovi.',
    'یک نفر در همهٔ شعبه‌ها، در یک ساعت؛ هر سه ماه و پس از هر بازسازی.',
  ),
  structure: t(
    'The five senses of sensory marketing as Bertil Hultén, Niklas Broweus and Marcus van Dijk, and Aradhna Krishna, describe them; the list of points is our own.',
    'Пять чувств сенсорного маркетинга, как их описывают Бертиль Хультен, Никлас Бровеус и Маркус ван Дейк, а также Арадна Кришна; перечень пунктов наш.',
    'Pięć zmysłów marketingu sensorycznego według Bertila Hulténa, Niklasa Broweusa i Marcusa van Dijka oraz Aradhny Krishny; lista punktów jest nasza.',
    'Pet čutov senzoričnega trženja, kot jih opisujejo Bertil Hultén, Niklas Broweus in Marcus van Dijk ter Aradhna Krishna; seznam točk je naš.',
    'پنج حس در بازاریابی حسی، چنان‌که برتیل هولتن، نیکلاس برووئوس و مارکوس فان دایک و نیز آرادنا کریشنا شرح می‌دهند؛ فهرست موارد از خود ماست.',
  ),
  sources: [
    'Hultén, B., Broweus, N., van Dijk, M. (2009). Sensory Marketing. Palgrave Macmillan.',
    'Krishna, A. (2012). An Integrative Review of Sensory Marketing. Journal of Consumer Psychology 22(3), 332–351.',
  ],
  trademark: null,
  document: {
    ...BASE,
    title: t('Store audit', 'Аудит магазина', 'Audyt sklepu', 'Presoja trgovine', 'ممیزی فروشگاه'),
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
              'Which place is it?',
              'Какая это точка?',
              'Która to placówka?',
              'Katera poslovalnica je to?',
              'کدام شعبه است؟',
            ),
            showIf: { not: { field: 'hidden.location', op: 'exists' } },
          },
        ],
      },
      ...SENSES.map(pageOf),
      {
        id: 'end',
        questions: [
          {
            id: 'overall',
            kind: 'rating',
            from: 1,
            to: 5,
            look: 'stars',
            instrument: 'audit',
            required: true,
            title: t(
              'All in all, does one like to be here?',
              'В целом: приятно ли здесь находиться?',
              'Ogólnie: czy przyjemnie tu przebywać?',
              'Na splošno: ali je tukaj prijetno?',
              'روی‌هم‌رفته: آیا بودن در اینجا خوشایند است؟',
            ),
            low: t('Not at all', 'Совсем нет', 'Wcale nie', 'Sploh ne', 'اصلاً'),
            high: t('Very much', 'Очень', 'Bardzo', 'Zelo', 'بسیار'),
          },
          {
            id: 'first',
            kind: 'longText',
            title: t(
              'What should be changed first?',
              'Что нужно изменить в первую очередь?',
              'Co należy zmienić w pierwszej kolejności?',
              'Kaj je treba najprej spremeniti?',
              'پیش از هر چیز چه باید تغییر کند؟',
            ),
            showIf: { field: 'overall', op: 'lt', value: 4 },
          },
          {
            id: 'keep',
            kind: 'longText',
            title: t(
              'What should other places copy?',
              'Что стоит перенять другим точкам?',
              'Co powinny przejąć inne placówki?',
              'Kaj naj posnemajo druge poslovalnice?',
              'شعبه‌های دیگر چه چیزی را باید الگو کنند؟',
            ),
            showIf: { field: 'overall', op: 'ge', value: 4 },
          },
        ],
      },
    ],
    scores: [
      ...SENSES.map((one): Score => ({ id: one.id, name: one.name, how: 'percent', of: partsOf([one]) })),
      {
        id: 'senses',
        name: t('All five senses', 'Все пять чувств', 'Wszystkie pięć zmysłów', 'Vseh pet čutov', 'هر پنج حس'),
        how: 'percent',
        of: partsOf(SENSES),
      },
    ],
    endings: [
      {
        id: 'thanks',
        title: t('Thank you', 'Спасибо', 'Dziękujemy', 'Hvala', 'سپاسگزاریم'),
        text: t(
          'The audit has been handed in.',
          'Аудит отправлен.',
          'Audyt został przekazany.',
          'Presoja je oddana.',
          'ممیزی ثبت شد.',
        ),
      },
    ],
  },
};
