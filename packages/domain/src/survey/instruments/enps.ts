import { type Instrument, t } from './instrument.ts';
import { BASE, NPS_TRADEMARK, THANKS } from './shared.ts';

export const enps: Instrument = {
  id: 'enps',
  name: t(
    'eNPS: the own team',
    'eNPS: своя команда',
    'eNPS: własny zespół',
    'eNPS: lastna ekipa',
    'eNPS: کارکنان خودمان',
  ),
  measures: t(
    'Whether those who work for you would recommend it as a place to work. It stands apart from the NPS of customers.',
    'Готовы ли сотрудники рекомендовать вас как место работы. С NPS клиентов не смешивается.',
    'Czy pracownicy polecą firmę jako miejsce pracy. Nie miesza się z NPS klientów.',
    'Ali bi zaposleni podjetje priporočili kot delodajalca. Ne meša se z NPS strank.',
    'این‌که کارکنان، شما را برای کار کردن پیشنهاد می‌کنند یا نه. از NPS مشتریان جداست.',
  ),
  when: t(
    'Every three months of everybody, without names; tell them afterwards what came of it.',
    'Раз в квартал у всех, без имён; потом расскажите, что из этого вышло.',
    'Raz na kwartał u wszystkich, bez nazwisk; potem powiedz, co z tego wynikło.',
    'Vsako četrtletje pri vseh, brez imen; nato povejte, kaj ste iz tega izvedeli.',
    'هر سه ماه از همه، بی‌نام؛ سپس بگویید نتیجه چه شد.',
  ),
  structure: t(
    'Fred Reichheld and Rob Markey, Bain & Company: the question of the NPS, asked of employees.',
    'Фред Райхельд и Роб Марки, Bain & Company: вопрос NPS, заданный сотрудникам.',
    'Fred Reichheld i Rob Markey, Bain & Company: pytanie NPS zadane pracownikom.',
    'Fred Reichheld in Rob Markey, Bain & Company: vprašanje NPS, zastavljeno zaposlenim.',
    'فرد رایکهلد و راب مارکی، Bain & Company: پرسش NPS، این بار از کارکنان.',
  ),
  sources: ['Reichheld, F., Markey, R. (2011). The Ultimate Question 2.0. Harvard Business Review Press.'],
  trademark: NPS_TRADEMARK,
  anonymous: true,
  document: {
    ...BASE,
    title: t('Working here', 'Работа у нас', 'Praca u nas', 'Delo pri nas', 'کار در اینجا'),
    pages: [
      {
        id: 'score',
        text: t(
          'Your answers are kept without a name.',
          'Ответы сохраняются без имени.',
          'Odpowiedzi są zapisywane bez nazwiska.',
          'Odgovori se shranijo brez imena.',
          'پاسخ‌ها بی‌نام نگه داشته می‌شوند.',
        ),
        questions: [
          {
            id: 'enps',
            kind: 'nps',
            instrument: 'enps',
            required: true,
            title: t(
              'How likely are you to recommend us as a place to work?',
              'Насколько вероятно, что вы порекомендуете нас как место работы?',
              'Na ile prawdopodobne jest, że polecisz nas jako miejsce pracy?',
              'Kako verjetno je, da bi nas priporočili kot delodajalca?',
              'چقدر احتمال دارد اینجا را برای کار کردن به دیگران پیشنهاد کنید؟',
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
              'What should change first for you to recommend it?',
              'Что должно измениться прежде всего, чтобы вы могли нас рекомендовать?',
              'Co powinno się najpierw zmienić, by polecenie było możliwe?',
              'Kaj bi se moralo najprej spremeniti, da bi nas priporočili?',
              'برای آن‌که پیشنهادمان کنید، پیش از هر چیز چه باید تغییر کند؟',
            ),
            showIf: { field: 'enps', op: 'le', value: 6 },
          },
          {
            id: 'missing',
            kind: 'longText',
            title: t(
              'What would make it a better place to work?',
              'Что сделало бы работу здесь лучше?',
              'Co sprawiłoby, że pracowałoby się tu lepiej?',
              'Kaj bi delo tukaj izboljšalo?',
              'چه چیزی کار کردن در اینجا را بهتر می‌کند؟',
            ),
            showIf: { field: 'enps', op: 'in', value: [7, 8] },
          },
          {
            id: 'liked',
            kind: 'longText',
            title: t(
              'What should stay as it is?',
              'Что важно сохранить таким, как есть?',
              'Co powinno pozostać bez zmian?',
              'Kaj naj ostane, kot je?',
              'چه چیزی باید همان‌طور که هست بماند؟',
            ),
            showIf: { field: 'enps', op: 'ge', value: 9 },
          },
        ],
      },
    ],
    endings: THANKS,
  },
};
