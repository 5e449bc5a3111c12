/** Figures of fewer people than these are kept from somebody who may not see single persons, as everywhere in the house. */
export const HIDDEN_BELOW_PEOPLE = 5;
/** Fewer answers than these are told as few. */
export const FEW_BELOW_ANSWERS = 30;
/** Why a figure has none. */
export const NO_FIGURE_REASONS = ['no-answers', 'hidden'] as const;

/** What questions are beside those of the survey itself, for cross-tabs and conditions. */
export const AXES = ['version', 'language', 'channel', 'state'] as const;
/** Most levels of one axis of a cross-tab; those of most responses. */
export const MOST_LEVELS = 30;
/** Most links to one survey's results. */
export const MOST_REPORTS = 50;

/** What changed from one version to the next. */
export const CHANGES = ['added', 'removed', 'reworded', 'choices', 'kind', 'moved'] as const;
