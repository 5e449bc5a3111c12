/** Ends of a scale of answers, both inclusive. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** The scales figures are given in, and that answers have where they do not tell. */
export const SCALES = {
  /** Reichheld, "The one number you need to grow", Harvard Business Review 81 (2003). */
  nps: { low: 0, high: 10 },
  csat: { low: 1, high: 5 },
  /** CES 2.0: Dixon, Toman and DeLisi, "The effortless experience" (2013); 7 is least effort. */
  ces: { low: 1, high: 7 },
  rating: { low: 1, high: 5 },
} as const satisfies Readonly<Record<string, Scale>>;

/** From this height on its scale (0 to 1) an answer is satisfied: 4 of 5, 6 of 7, 8 of 10, 3 of 3. */
export const TOP_BOX_HEIGHT = 0.75;

/** Whether a score can be read: it lies on a scale that has two ends. */
export function onScale(score: number, scale: Scale): boolean {
  return scale.low < scale.high && scale.low <= score && score <= scale.high;
}

/**
 * What one answer adds to the Net Promoter Score: 100 from 9 up, -100 up to 6, 0 between, so that the score is the mean.
 * A half counts with the whole below it. Undefined off the scale.
 */
export function npsPoints(score: number): number | undefined {
  if (!onScale(score, SCALES.nps)) return undefined;
  if (score >= 9) return 100;
  return score < 7 ? -100 : 0;
}

/** Whether an answer lies in the top box of its scale. Undefined off the scale. */
export function inTopBox(score: number, scale: Scale): boolean | undefined {
  return onScale(score, scale) ? height(score, scale) >= TOP_BOX_HEIGHT : undefined;
}

/** The same height on another scale: 8 of 0…10 is 4.2 of 1…5. Undefined off its own scale. */
export function rescale(score: number, from: Scale, to: Scale): number | undefined {
  return onScale(score, from) ? to.low + height(score, from) * (to.high - to.low) : undefined;
}

/**
 * The whole score of another scale that an answer falls on: what lies between two counts with the one below it, as a half
 * does for NPS, so that the scores from 4 up of 1 to 5 are the top box. Undefined off its own scale.
 */
export function wholeScore(score: number, from: Scale, to: Scale): number | undefined {
  const carried = rescale(score, from, to);
  // A whole score may be carried over to a hair below one.
  return carried === undefined ? undefined : Math.floor(carried + HAIR);
}

export const HAIR = 1e-9;

/** How an answer sounds: detractor, passive, promoter for NPS; lower half, between, top box on other scales. Undefined off the scale. */
export function moodOf(score: number, scale: Scale, isNps: boolean): 'low' | 'middle' | 'high' | undefined {
  if (isNps) {
    const points = npsPoints(score);
    return points === undefined ? undefined : points > 0 ? 'high' : points < 0 ? 'low' : 'middle';
  }
  if (!onScale(score, scale)) return undefined;
  if (height(score, scale) >= TOP_BOX_HEIGHT) return 'high';
  return height(score, scale) < 0.5 ? 'low' : 'middle';
}

/** How high on its scale, 0 to 1. */
function height(score: number, scale: Scale): number {
  return (score - scale.low) / (scale.high - scale.low);
}
