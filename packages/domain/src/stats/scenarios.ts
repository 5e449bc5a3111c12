import { DAYS, type Scenario, clustered, single, spread } from './coverage.ts';
import type { Measure } from './interval.ts';

const SHARE: Measure = { kind: 'share' };
const STARS: Measure = { kind: 'bounded', low: 1, high: 5 };
const POINTS: Measure = { kind: 'bounded', low: -100, high: 100 };

type Chances = readonly (readonly [number, number])[];
const share = (p: number): Chances => [
  [1, p],
  [0, 1 - p],
];
const stars: Chances = [
  [5, 0.55],
  [4, 0.22],
  [3, 0.09],
  [2, 0.04],
  [1, 0.1],
];
const nps = (promoters: number, detractors: number): Chances => [
  [100, promoters],
  [0, 1 - promoters - detractors],
  [-100, detractors],
];

/** What the interval of each metric is tried on. */
export const SCENARIOS: readonly Scenario[] = [
  single('share of 0.5', SHARE, share(0.5)),
  single('share of 0.2', SHARE, share(0.2)),
  spread('shares from 0.05 to 0.95', SHARE),
  single('stars, mean 4.1', STARS, stars),
  single('NPS of 30', POINTS, nps(0.5, 0.2)),
  single('NPS of 60', POINTS, nps(0.7, 0.1)),
  DAYS,
  clustered('share of 0.5, by person', SHARE, 0.5, share(0.5)),
  clustered('share of 0.2, by person', SHARE, 0.5, share(0.2)),
  clustered('share of 0.2, by person, unlike', SHARE, 0, share(0.2)),
  clustered('stars, by person', STARS, 0.5, stars),
  clustered('stars, by person, very alike', STARS, 0.9, stars),
  clustered('NPS of 30, by person', POINTS, 0.5, nps(0.5, 0.2)),
  clustered('NPS of 60, by person', POINTS, 0.5, nps(0.7, 0.1)),
];

/** What the interval of a difference is tried on. */
export const PAIRS: readonly (readonly [Scenario, Scenario])[] = [
  [single('share of 0.5', SHARE, share(0.5)), single('share of 0.2', SHARE, share(0.2))],
  [
    clustered('share of 0.2, by person', SHARE, 0.5, share(0.2)),
    clustered('share of 0.2, by person', SHARE, 0.5, share(0.2)),
  ],
  [single('stars', STARS, stars), single('stars', STARS, stars)],
  [
    clustered('NPS of 30, by person', POINTS, 0.5, nps(0.5, 0.2)),
    clustered('NPS of 60, by person', POINTS, 0.5, nps(0.7, 0.1)),
  ],
];
