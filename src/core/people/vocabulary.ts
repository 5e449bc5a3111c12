/** By what a person is known. An order's id where nothing better is known. */
export const IDENTITY_KINDS = ['user', 'email', 'phone', 'anonymous', 'order'] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/**
 * Why two identities are held to be one person. `identify` and `alias`: calls of an SDK; `import`: one row named both;
 * `order`: an order named its customer; `member`: someone of the workspace said so.
 */
export const LINK_REASONS = ['identify', 'alias', 'import', 'order', 'member'] as const;
export type LinkReason = (typeof LINK_REASONS)[number];

/** `declined`: it would have joined two user ids. `undone`: taken apart by a member, and not made again by a machine. */
export const LINK_STATES = ['active', 'declined', 'undone'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** What a timeline is made of. */
export const TIMELINE_KINDS = ['event', 'answer', 'order'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/**
 * How people are sorted by what is known to have happened: `-seen` the last seen first, `-orders` who ordered most.
 * Without one of these the latest known come first.
 */
export const PEOPLE_SORTS = [
  ...(['-seen', 'seen', '-orders', 'orders'] as const),
  ...(['-answers', 'answers', '-events', 'events'] as const),
] as const;
export type PeopleSort = (typeof PEOPLE_SORTS)[number];

/**
 * What a period and filter are asked of, to find people: `answers` where the filter asks about answers, `orders` where
 * about orders; else `anything` that happened, and without a period also their `traits` by themselves. Null: of nothing.
 */
export const ASKED_OF = ['answers', 'orders', 'anything', 'traits'] as const;
export type AskedOf = (typeof ASKED_OF)[number];

/** Moments of an order that a timeline shows. */
export const MOMENTS = ['placed', 'shipped', 'delivered', 'cancelled', 'returned'] as const;
export type Moment = (typeof MOMENTS)[number];
