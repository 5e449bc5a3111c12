export const ENTRY_KINDS = ['change', 'look', 'refused'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const CALLER_KINDS = ['member', 'user', 'key', 'nobody'] as const;
