import { chance, integer, pick, type Random, seeded, shuffled } from '@touchstone/domain/random';
import {
  type Answer,
  type Answers,
  prepare,
  type ShownQuestion,
  type SurveyDocument,
  walk,
} from '@touchstone/domain/survey';
import type { EndedResponse } from './facade.ts';

const choices = (...ids: readonly string[]) => ids.map((id) => ({ id, text: { en: `The ${id}`, fa: id } }));

/** One question of each kind that results tell of, and a loop. */
export const VISIT: SurveyDocument = {
  format: 1,
  languages: ['en', 'fa'],
  title: { en: 'Your visit', fa: 'بازدید شما' },
  hidden: [{ id: 'till', values: ['1', '2'] }],
  loops: [{ id: 'each', over: { question: 'bought', take: 'chosen' } }],
  pages: [
    {
      id: 'first',
      title: { en: 'All in all', fa: 'در مجموع' },
      questions: [
        {
          id: 'nps',
          kind: 'nps',
          title: { en: 'How likely are you to recommend us?', fa: 'چقدر ما را پیشنهاد می‌کنید؟' },
          instrument: 'nps',
        },
        {
          id: 'csat',
          kind: 'csat',
          none: { en: 'Cannot say' },
          title: { en: 'How satisfied are you?', fa: 'چقدر راضی هستید؟' },
        },
        {
          id: 'came',
          kind: 'single',
          choices: choices('web', 'shop', 'friend'),
          title: { en: 'How did you find us?', fa: 'چگونه ما را یافتید؟' },
        },
        {
          id: 'bought',
          kind: 'multiple',
          choices: choices('tea', 'cake', 'soup'),
          title: { en: 'What did you have?', fa: 'چه خوردید؟' },
        },
      ],
    },
    {
      id: 'rounds',
      loop: 'each',
      questions: [{ id: 'taste', kind: 'rating', from: 1, to: 5, title: { en: 'How was it?', fa: 'چطور بود؟' } }],
    },
    {
      id: 'second',
      title: { en: 'In detail', fa: 'جزئیات' },
      questions: [
        {
          id: 'rooms',
          kind: 'matrix',
          rows: choices('light', 'sound', 'seats'),
          columns: choices('bad', 'fair', 'good').map((column, i) => ({ ...column, value: i + 1 })),
          title: { en: 'How are our rooms?', fa: 'فضای ما چطور است؟' },
        },
        {
          id: 'order',
          kind: 'ranking',
          choices: choices('price', 'taste', 'pace'),
          title: { en: 'What matters most?', fa: 'چه مهم‌تر است؟' },
        },
        {
          id: 'spend',
          kind: 'constantSum',
          total: 10,
          choices: choices('food', 'drinks', 'extras'),
          title: { en: 'Spread ten coins', fa: 'ده سکه را پخش کنید' },
        },
        {
          id: 'best',
          kind: 'maxdiff',
          perSet: 3,
          choices: choices('a', 'b', 'c', 'd'),
          title: { en: 'Best and worst of our dishes', fa: 'بهترین و بدترین' },
        },
        {
          id: 'wait',
          kind: 'number',
          min: 0,
          max: 120,
          title: { en: 'Minutes you waited', fa: 'چند دقیقه منتظر ماندید؟' },
        },
        { id: 'why', kind: 'longText', title: { en: 'What should be better?', fa: 'چه بهتر شود؟' } },
      ],
    },
  ],
  scores: [
    { id: 'rooms', name: { en: 'Our rooms', fa: 'فضای ما' }, how: 'percent', of: [{ question: 'rooms' }] },
    {
      id: 'gap',
      name: { en: 'Sound less satisfaction', fa: 'صدا منهای رضایت' },
      how: 'sum',
      of: [
        { question: 'rooms', row: 'sound' },
        { question: 'csat', weight: -1 },
      ],
    },
  ],
  endings: [{ id: 'thanks', title: { en: 'Thank you', fa: 'سپاس' } }],
};

const WORDS = ['The queue was long', 'Cold tea', 'Lovely staff', 'A café to come back to', 'Too loud near the door'];

/** A response as `putResponses` takes it. `answers`: as they were given. */
export interface Made extends EndedResponse {
  readonly answers: Answers;
}

/** Made-up responses, the same ones for the same seed: whoever waited long recommends less. A minute apart. */
export function madeResponses(
  survey: { readonly id: string; readonly document: SurveyDocument },
  n: number,
  first: Date,
  seed = 'responses',
): Made[] {
  const prepared = prepare(survey.document);
  const random = seeded(seed);
  return Array.from({ length: n }, (_, i) => {
    const id = `rsp_${seed}_${String(i).padStart(6, '0')}`;
    const context = {
      language: chance(random, 0.3) ? 'fa' : 'en',
      seed: id,
      hidden: { till: chance(random, 0.5) ? '1' : '2' },
    };
    const mood = random.float();
    const left = chance(random, 0.2);
    let answers: Record<string, Answer> = {};
    let found = walk(prepared, answers, context);
    // What is answered brings up more: twice is enough for one loop.
    for (let times = 0; times < 2; times++) {
      const pages = left ? found.steps.slice(0, 1) : found.steps;
      for (const shown of pages.flatMap((step) => step.questions)) {
        if (Object.hasOwn(answers, shown.key)) continue;
        const answer = chance(random, 0.1) ? undefined : answerTo(shown, mood, random);
        if (answer !== undefined) answers = { ...answers, [shown.key]: answer };
      }
      found = walk(prepared, answers, context);
    }
    const endedAt = new Date(first.getTime() + i * 60_000);
    return {
      id,
      surveyId: survey.id,
      version: 1,
      state: left ? 'partial' : 'complete',
      ending: left ? null : 'thanks',
      channel: 'web',
      startedAt: new Date(endedAt.getTime() - integer(random, 60, 400) * 1_000),
      endedAt,
      found,
      anonymous: false,
      named: {},
      answers,
    };
  });
}

/** A complete response with these answers. */
export function responseTo(
  survey: { readonly id: string; readonly document: SurveyDocument; readonly version: number },
  answers: Answers,
  endedAt: Date,
  name: string,
): Made {
  const id = `rsp_${name}`;
  const found = walk(prepare(survey.document), answers, { language: 'en', seed: id });
  const { id: surveyId, version } = survey;
  const at = { startedAt: new Date(endedAt.getTime() - 60_000), endedAt };
  return { ...at, id, surveyId, version, state: 'complete', ending: null, channel: 'web', found, anonymous: false, named: {}, answers }; // prettier-ignore
}

function answerTo(shown: ShownQuestion, mood: number, random: Random): Answer | undefined {
  const { question, choices: offered, rows, sets } = shown;
  const ids = offered.map((choice) => choice.id);
  const lean = (low: number, high: number): number =>
    Math.max(low, Math.min(high, Math.round(low + (high - low) * (0.35 + 0.55 * mood + 0.3 * (random.float() - 0.5)))));
  switch (question.kind) {
    case 'nps':
      return lean(0, 10);
    case 'csat':
      return chance(random, 0.05) ? 'none' : lean(1, 5);
    case 'rating':
      return lean(1, 5);
    case 'single':
      return { chosen: [pick(random, ids)] };
    case 'multiple':
      return { chosen: ids.filter(() => chance(random, 0.5)) };
    case 'matrix':
      return Object.fromEntries(rows.map((row) => [row.id, [ids[Math.max(0, lean(1, 3) - 1)] ?? '']]));
    case 'ranking':
      return shuffled(random, ids);
    case 'constantSum': {
      const food = integer(random, 3, 7);
      return { food, drinks: integer(random, 0, 10 - food), extras: 0 };
    }
    case 'maxdiff':
      return Object.fromEntries(sets.map((set, i) => [String(i), [set[0] ?? '', set[1] ?? '']]));
    case 'number':
      return Math.round((1 - mood) * 60);
    case 'longText':
      return mood < 0.6 ? pick(random, WORDS) : undefined;
    case 'ces':
    case 'slider':
    case 'dropdown':
    case 'picture':
    case 'shortText':
    case 'email':
    case 'phone':
    case 'date':
    case 'file':
    case 'consent':
    case 'statement':
      return undefined;
  }
}
