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

/** Moments of an order that a timeline shows. */
export const MOMENTS = ['placed', 'shipped', 'delivered', 'cancelled', 'returned'] as const;
export type Moment = (typeof MOMENTS)[number];
