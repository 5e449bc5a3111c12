/** What a rule gives a touchpoint to. */
export const FACT_KINDS = ['event', 'feedback', 'order'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/**
 * What a rule's predicate may ask about, by kind of fact: columns of that fact, and `props.<key>` for any key of its
 * props. Names are the columns' own.
 */
export const RULE_FIELDS = {
  event: [
    'name',
    'channel',
    'url',
    'value',
    'currency',
    'order_id',
    'case_id',
    'account_id',
    'location_id',
    'staff_id',
  ],
  feedback: [
    'source',
    'instrument',
    'survey_id',
    'question_id',
    'item_id',
    'score',
    'language',
    'channel',
    'order_id',
    'case_id',
    'location_id',
    'staff_id',
  ],
  order: ['status', 'channel', 'currency', 'value', 'categories'],
} as const satisfies Readonly<Record<FactKind, readonly string[]>>;

/** Default sets a workspace may begin with. */
export const CATALOGUE_SETS = ['shop', 'service', 'subscription'] as const;
export type CatalogueSet = (typeof CATALOGUE_SETS)[number];

/** How far the past has been given its places. */
export const RUN_STATES = ['waiting', 'running', 'done'] as const;
export type RunState = (typeof RUN_STATES)[number];
