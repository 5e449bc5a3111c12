/**
 * What is planted in the company, and how large it is; demo/TRUTHS.md tells of each in words. Every distribution of scores is
 * written out: the first share is of the scale's lowest score. Who somebody is moves where in it their answers lie, so that one
 * person's answers are alike, and leaves the distribution over all people what it is.
 */

/** Ratings 1 to 5 of a parcel. */
export const PARCEL = {
  /** Mean 4.40. */
  onTime: [0.02, 0.03, 0.09, 0.25, 0.61],
  /** Mean 3.80. */
  late: [0.06, 0.09, 0.19, 0.31, 0.35],
  /** Mean 3.00: 1.4 points less than in time. */
  lateInSlowRegion: [0.2, 0.18, 0.22, 0.22, 0.18],
} as const;

/** Share of parcels that come after the promised day. */
export const LATE = { elsewhere: 0.05, slowRegion: 0.14, slowRegionSinceCarrier: 0.38, december: 0.05 } as const;

/** Effort 1 to 7 (7 is least effort) of checking out. */
export const CHECKOUT = {
  /** Mean 5.70. */
  web: [0.02, 0.02, 0.04, 0.08, 0.18, 0.32, 0.34],
  /** Mean 4.90: 0.8 points less since the change. */
  webSinceChange: [0.05, 0.06, 0.1, 0.14, 0.23, 0.22, 0.2],
  /** Mean 5.80, before and after. */
  app: [0.01, 0.02, 0.04, 0.07, 0.17, 0.33, 0.36],
} as const;

/** Share of checkouts begun that end in an order. */
export const COMPLETED = { web: 0.74, webSinceChange: 0.66, app: 0.78 } as const;

/** Satisfaction 1 to 5 with a return. */
export const RETURNED = {
  /** Mean 4.20: money back within 30 days. */
  parcel: [0.04, 0.06, 0.1, 0.26, 0.54],
  /** Mean 2.90: in stores a voucher only, within 14 days. */
  store: [0.22, 0.2, 0.21, 0.2, 0.17],
} as const;

/** Share of store returns that are refused for being later than 14 days. */
export const REFUSED_IN_STORES = 0.3;

/** Satisfaction 1 to 5 with the help desk. */
export const HELP = {
  /** Mean 3.50. */
  before: [0.11, 0.13, 0.2, 0.27, 0.29],
  /** Mean 4.00: 0.5 points more since one person keeps a case from its first word to its last. */
  sinceOneOwner: [0.06, 0.08, 0.14, 0.24, 0.48],
} as const;

/** Median hours until the first reply. */
export const REPLY_HOURS = { before: 22, sinceOneOwner: 8 } as const;

/** A card with thanks lies in every other parcel, by lot. It moves nothing. */
export const CARD_SHARE = 0.5;

/** Share of people who never answer anything; and of whoever was hurt, those who never buy again. */
export const SILENT = 0.3;
export const LEAVES_AFTER_HURT = { silent: 0.7, heard: 0.2 } as const;

/** When something changed: so many months before the month of the last day, on its first. */
export const MONTHS_AGO = { carrier: 7, checkout: 6, oneOwner: 5, card: 4 } as const;
