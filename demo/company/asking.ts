import { chance, normal, type Random } from '@touchstone/domain/random';
import { scoreBy, type Telling } from './shape.ts';
import { comment } from './words/comments.ts';
import type { Theme } from './words/spoken.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Nobody is asked again within so many days. */
const REST_DAYS = 12;
/** How alike one person's answers are, 0 to 1. */
const ALIKE = 0.5;

/** What is asked: the survey's name, of what, and how likely it is answered by those who ever answer. */
export interface Asking {
  readonly name: 'Survey Answered' | 'Review Submitted' | 'Product Reviewed';
  readonly instrument: 'nps' | 'csat' | 'ces' | 'rating';
  readonly survey?: string;
  /** The question of it that is answered, where the survey was made here. */
  readonly question?: string;
  /** When it is asked, in ms since 1970. */
  readonly ms: number;
  readonly answered: number;
  /** Of each score from the lowest, how likely. */
  readonly shares: readonly number[];
  /** Its lowest score; 1 unless said. */
  readonly lowest?: number;
  /** Themes of a comment to a low, a middling and a high score; null: nothing is written. */
  readonly themes: readonly [Theme | null, Theme | null, Theme | null];
  readonly lateDays?: number;
  readonly about: {
    readonly orderId?: string;
    readonly caseId?: string;
    readonly locationId?: string;
    readonly staffId?: string;
    readonly channel?: string;
    readonly productId?: string;
  };
  /** Whether it is asked however lately something else was. */
  readonly always?: true;
}

/** Standard normal to where it lies between 0 and 1 (Abramowitz and Stegun 26.2.17 by its usual approximation). */
function share(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}

/** Where in a distribution this answer of the person lies: over all people evenly spread, of one person alike. */
function heightOf(random: Random, lean: number): number {
  return share(Math.sqrt(ALIKE) * lean + Math.sqrt(1 - ALIKE) * normal(random));
}

/** An answer that came: its score, when, and what it has in common with others given together. */
export interface Answered {
  readonly score: number;
  readonly ms: number;
  readonly props: Readonly<Record<string, unknown>>;
}

/** Asks, and tells the answer where one comes. Whether it comes does not depend on the score. */
export function ask(telling: Telling, asking: Asking): Answered | undefined {
  const { random, who } = telling;
  const { ms, answered, shares, lowest = 1, about, instrument, survey, question, themes } = asking;
  if (asking.always === undefined && Math.abs(ms - telling.askedMs) < REST_DAYS * DAY) return undefined;
  telling.askedMs = ms;
  if (who.silent || !chance(random, answered)) return undefined;
  const score = scoreBy(shares, heightOf(random, who.lean)) - 1 + lowest;
  const height = (score - lowest) / (shares.length - 1);
  const theme = themes[height < 0.45 ? 0 : height < 0.7 ? 1 : 2];
  const writes = chance(random, height < 0.45 ? Math.min(0.9, who.wordy + 0.3) : who.wordy);
  const text = writes && theme !== null ? comment(random, who, theme, asking.lateDays) : undefined;
  const { productId, ...columns } = about;
  const answeredMs = ms + Math.floor((0.2 + 40 * random.float() ** 3) * HOUR);
  const together = {
    language: who.language,
    ...(survey === undefined ? {} : { survey_id: survey }),
    ...(question === undefined ? {} : { survey_version: 1, response_id: `${who.userId}-${ms.toString(36)}` }),
  };
  telling.put({
    name: asking.name,
    ms: answeredMs,
    ...columns,
    props: {
      instrument,
      score,
      ...together,
      ...(question === undefined ? {} : { question_id: question }),
      ...(productId === undefined ? {} : { product_id: productId }),
      ...(text === undefined ? {} : { text }),
    },
  });
  return { score, ms: answeredMs, props: together };
}
