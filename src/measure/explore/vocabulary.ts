/** How the answer to a question is shown. */
export const VIEWS = ['line', 'groups', 'multiples', 'heat', 'compare', 'table'] as const;
export type View = (typeof VIEWS)[number];

/** What is compared: with the period that the top bar names, with other days; two groups, or one with all others. */
export const AGAINST = ['period', 'days', 'groups', 'rest'] as const;
export type Against = (typeof AGAINST)[number];

/** The periods that another is compared with. */
export const PERIODS_BEFORE = ['previous', 'year'] as const;
export type PeriodBefore = (typeof PERIODS_BEFORE)[number];

/** Most saved views that a workspace shares, and most of one maker. */
export const MOST_VIEWS = { shared: 1_000, maker: 200 } as const;

/** Letters of a view's name, at most. */
export const MOST_LETTERS = 80;
