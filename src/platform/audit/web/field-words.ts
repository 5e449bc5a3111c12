/** Fields of operations as the log names them, that have words of their own. */
export const FIELDS = [
  'authorization',
  'before',
  'by',
  'channels',
  'clientId',
  'clientSecret',
  'code',
  'company',
  'cron',
  'currency',
  'currentPassword',
  'days',
  'domains',
  'email',
  'end',
  'everyHours',
  'filter',
  'from',
  'interval',
  'issuer',
  'kind',
  'kinds',
  'locale',
  'mapping',
  'name',
  'newPassword',
  'newRole',
  'otherPersonId',
  'part',
  'password',
  'path',
  'paused',
  'place',
  'removed',
  'required',
  'requireTwoFactor',
  'role',
  'rows',
  'rules',
  'scopes',
  'search',
  'stages',
  'teams',
  'to',
  'token',
  'touchpoints',
  'uploadId',
  'url',
  'zone',
] as const;
export type Field = (typeof FIELDS)[number];

/** How a list is read on, a yes, and the ids of what the entry is of: they say nothing to whoever reads the log. */
const MUTE = new Set(['confirm', 'cursor', 'limit', 'version']);

export interface NamedField {
  readonly name: string;
  /** Undefined where the field has no word: it stands as the API calls it. */
  readonly word: Field | undefined;
}

/** The fields worth showing among those that were sent, in their order. */
export function namedFields(sent: readonly string[]): NamedField[] {
  return sent.flatMap((name) => {
    const word = name === 'q' ? 'search' : FIELDS.find((known) => known === name);
    return word === undefined && (MUTE.has(name) || name.endsWith('Id')) ? [] : [{ name, word }];
  });
}

const ROLES = ['owner', 'admin', 'analyst', 'agent', 'viewer'] as const;

/** The key of the word for a value that stands in the log; undefined for one that is its own word, such as a zone or a number. */
export function valueKey(value: string) {
  const role = ROLES.find((known) => known === value);
  if (role !== undefined) return `workspaces.role.${role}` as const;
  if (value === 'forever') return 'retention.forever' as const;
  if (value === 'true' || value === 'false') return `audit.value.${value}` as const;
  return undefined;
}
