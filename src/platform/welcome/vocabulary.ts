/** Kinds of company: each has a set of touchpoints to begin with, of the same name. */
export const COMPANY_KINDS = ['shop', 'service', 'subscription'] as const;
export type CompanyKind = (typeof COMPANY_KINDS)[number];

/** What a company has to begin with: exports, a system that can send, an SDK that sends already, none of these. */
export const HAVINGS = ['files', 'shop', 'events', 'nothing'] as const;
export type Having = (typeof HAVINGS)[number];
