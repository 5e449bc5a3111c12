export const ENTRY_KINDS = ['change', 'look', 'refused'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const CALLER_KINDS = ['member', 'user', 'key', 'nobody'] as const;

/** What changes and looks are of, as operations and routes name it. */
export const OBJECT_KINDS = [
  'answer',
  'answers',
  'audit log',
  'catalogue',
  'comments',
  'demo company',
  'directory group',
  'directory user',
  'events',
  'file of an import',
  'import',
  'import source',
  'invitation',
  'job',
  'journal batch',
  'key',
  'member',
  'order',
  'orders',
  'password',
  'people',
  'person',
  'provisioning token',
  'recovery codes',
  'rejected messages',
  'responses',
  'retention',
  'rows of a metric',
  'rows of an import',
  'saved view',
  'second factor',
  'session',
  'sign-in',
  'sign-in provider',
  'survey',
  'upload',
  'uploaded file',
  'workspace',
] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];
