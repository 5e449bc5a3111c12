import { chance, pick, type Random } from '@touchstone/domain/random';
import type { Answers, Choice, Localized, SurveyDocument } from '@touchstone/domain/survey';
import type { EventInput } from '../../src/core/events/facade.ts';
import type { DemoResponse } from '../../src/listen/demo/story.ts';
import { SPOKEN, type Spoken, type Theme } from './words/spoken.ts';

/** What the company asks its customers twice a year; the other surveys of its answers were made elsewhere. */
export const RELATIONSHIP = 'relationship';

const inAll = (...[en, de, pl, ru, sl, fa]: readonly [string, string, string, string, string, string]): Localized => {
  const texts: Readonly<Record<Spoken, string>> = { en, de, pl, ru, sl, fa };
  return texts;
};

export const RELATIONSHIP_NAME = inAll('How are we doing?', 'Wie machen wir uns?', 'Jak nam idzie?', 'Как у нас получается?', 'Kako nam gre?', 'کارمان چطور است؟'); // prettier-ignore

const MISSED: readonly Choice[] = [
  { id: 'delivery', text: inAll('The delivery', 'Die Lieferung', 'Dostawa', 'Доставка', 'Dostava', 'ارسال بسته') },
  { id: 'products', text: inAll('What I bought', 'Was ich gekauft habe', 'To, co kupiłem lub kupiłam', 'То, что я заказываю', 'To, kar sem kupil/-a', 'چیزی که خریدم') }, // prettier-ignore
  { id: 'ordering', text: inAll('Ordering', 'Das Bestellen', 'Zamawianie', 'Оформление заказа', 'Naročanje', 'سفارش دادن') }, // prettier-ignore
  { id: 'returns', text: inAll('Sending things back', 'Das Zurückschicken', 'Zwroty', 'Возврат', 'Vračanje', 'پس فرستادن') }, // prettier-ignore
  { id: 'help', text: inAll('The help desk', 'Der Kundendienst', 'Biuro obsługi', 'Служба поддержки', 'Pomoč kupcem', 'پشتیبانی') }, // prettier-ignore
  { id: 'price', text: inAll('Prices', 'Die Preise', 'Ceny', 'Цены', 'Cene', 'قیمت‌ها') },
  {
    id: 'other',
    text: inAll('Something else', 'Etwas anderes', 'Coś innego', 'Другое', 'Nekaj drugega', 'چیز دیگری'),
    words: true,
    fixed: true,
  },
];

const LIKED: readonly Choice[] = [
  { id: 'products', text: inAll('The things themselves', 'Die Dinge selbst', 'Same rzeczy', 'Сами вещи', 'Izdelki sami', 'خودِ وسیله‌ها') }, // prettier-ignore
  { id: 'delivery', text: inAll('They come in time', 'Sie kommen pünktlich', 'Przychodzą na czas', 'Приходят вовремя', 'Pridejo pravočasno', 'به‌موقع می‌رسند') }, // prettier-ignore
  { id: 'help', text: inAll('The people at the help desk', 'Die Leute vom Kundendienst', 'Ludzie z biura obsługi', 'Сотрудники поддержки', 'Ljudje v pomoči kupcem', 'کارکنان پشتیبانی') }, // prettier-ignore
  { id: 'stores', text: inAll('The stores', 'Die Läden', 'Sklepy', 'Магазины', 'Trgovine', 'فروشگاه‌ها') },
  { id: 'price', text: inAll('Prices', 'Die Preise', 'Ceny', 'Цены', 'Cene', 'قیمت‌ها') },
];

export const RELATIONSHIP_DOCUMENT: SurveyDocument = {
  format: 1,
  languages: SPOKEN,
  title: RELATIONSHIP_NAME,
  pages: [
    {
      id: 'recommend',
      questions: [
        {
          id: 'nps',
          kind: 'nps',
          required: true,
          title: inAll(
            'How likely is it that you would recommend us to a friend?',
            'Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?',
            'Jak bardzo prawdopodobne jest, że polecisz nas znajomym?',
            'Насколько вероятно, что вы порекомендуете нас друзьям?',
            'Kako verjetno je, da bi nas priporočili prijateljem?',
            'چقدر احتمال دارد ما را به دوستانتان پیشنهاد کنید؟',
          ),
          low: inAll('Not at all', 'Gar nicht', 'Wcale', 'Совсем нет', 'Nikakor', 'اصلاً'),
          high: inAll('Very', 'Sehr', 'Bardzo', 'Очень', 'Zelo', 'بسیار زیاد'),
        },
      ],
    },
    {
      id: 'why',
      questions: [
        {
          id: 'missed',
          kind: 'multiple',
          most: 3,
          order: 'random',
          showIf: { field: 'nps', op: 'lt', value: 7 },
          title: inAll('What should be better?', 'Was sollte besser werden?', 'Co powinno być lepsze?', 'Что нам улучшить?', 'Kaj bi moralo biti boljše?', 'چه چیزی باید بهتر شود؟'), // prettier-ignore
          choices: MISSED,
        },
        {
          id: 'liked',
          kind: 'multiple',
          most: 3,
          order: 'random',
          showIf: { field: 'nps', op: 'ge', value: 9 },
          title: inAll('What do you like most?', 'Was gefällt Ihnen am besten?', 'Co podoba się najbardziej?', 'Что вам нравится больше всего?', 'Kaj vam je najbolj všeč?', 'چه چیزی را بیشتر می‌پسندید؟'), // prettier-ignore
          choices: LIKED,
        },
        {
          id: 'words',
          kind: 'longText',
          title: inAll('Tell us more, if you like', 'Mehr dazu, wenn Sie mögen', 'Powiedz więcej, jeśli chcesz', 'Если хотите, расскажите подробнее', 'Povejte nam več, če želite', 'اگر مایلید، بیشتر بگویید'), // prettier-ignore
        },
      ],
    },
  ],
  endings: [
    {
      id: 'thanks',
      title: inAll('Thank you!', 'Danke!', 'Dziękujemy!', 'Спасибо!', 'Hvala!', 'سپاسگزاریم!'),
    },
  ],
};

/** What hurt somebody, as the survey names it. */
const MISSED_BY: Partial<Record<Theme, string>> = { late: 'delivery', returnRefused: 'returns' };
const REASONS_GIVEN = 0.8;

/** What is chosen beside a score; none where nothing is asked, or it is left open. */
export function reasonsOf(
  random: Random,
  score: number,
  hurt: Theme | null,
): { readonly question: string; readonly chosen: readonly string[] } | undefined {
  if ((score > 6 && score < 9) || !chance(random, REASONS_GIVEN)) return undefined;
  const question = score < 7 ? 'missed' : 'liked';
  const first = score < 7 && hurt !== null ? MISSED_BY[hurt] : undefined;
  const usual = question === 'missed' ? MISSED.filter(({ words }) => words !== true) : LIKED;
  const chosen = new Set([first ?? pick(random, usual).id]);
  if (chance(random, 0.35)) chosen.add(pick(random, usual).id);
  return { question, chosen: [...chosen] };
}

const MS_TO_ANSWER = 70_000;

/** The responses that a person's answers make together. */
export function responsesIn(told: readonly EventInput[]): readonly DemoResponse[] {
  const found = new Map<string, DemoResponse>();
  for (const { at, userId = '', props } of told) {
    const { response_id: id, question_id: question, score, choices, text, language } = props;
    if (typeof id !== 'string' || typeof question !== 'string') continue;
    const before = found.get(id);
    const answers: Answers = {
      ...before?.answers,
      ...(typeof score === 'number' ? { [question]: score } : {}),
      ...(Array.isArray(choices) ? { [question]: { chosen: choices.map(String) } } : {}),
      ...(typeof text === 'string' ? { words: text } : {}),
    };
    const endedMs = Date.parse(`${at.replace(' ', 'T')}Z`);
    found.set(id, {
      id,
      survey: RELATIONSHIP,
      userId,
      language: typeof language === 'string' ? language : (before?.language ?? 'en'),
      startedAt: new Date(endedMs - MS_TO_ANSWER),
      endedAt: new Date(endedMs),
      answers,
    });
  }
  return [...found.values()];
}
