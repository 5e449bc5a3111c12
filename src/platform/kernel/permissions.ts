/** What may be done in a workspace. Every operation and route names one of these, or says `public` or `session`. */
export const PERMISSIONS = [
  'workspace:read',
  'workspace:write',
  'members:read',
  'members:write',
  'keys:read',
  'keys:write',
  'events:read',
  'events:write',
  'people:read',
  'people:write',
  'orders:read',
  'comments:read',
  'catalogue:read',
  'catalogue:write',
  'imports:read',
  'imports:write',
  'metrics:read',
  'views:write',
  'surveys:read',
  'surveys:write',
  'responses:read',
  'audit:read',
  'retention:write',
  'operations:read',
  'operations:write',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['owner', 'admin', 'analyst', 'agent', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const ALL = new Set<Permission>(PERMISSIONS);
const READS_FIGURES: Permission[] = ['workspace:read', 'catalogue:read', 'metrics:read', 'surveys:read'];
const READS_PEOPLE: Permission[] = [
  ...READS_FIGURES,
  'people:read',
  'orders:read',
  'comments:read',
  'responses:read',
  'events:read',
];

/** Of the whole installation, not of one workspace: for owners. */
function concernsInstallation(permission: Permission): boolean {
  return permission.startsWith('operations:');
}

/**
 * A viewer sees figures and no single person; an agent sees people and saves views; an analyst may also load data, ask
 * surveys and edit the catalogue.
 */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: ALL,
  admin: new Set<Permission>(PERMISSIONS.filter((p) => !concernsInstallation(p))),
  analyst: new Set<Permission>([
    ...READS_PEOPLE,
    'people:write',
    'views:write',
    'surveys:write',
    'catalogue:write',
    'imports:read',
    'imports:write',
    'members:read',
  ]),
  agent: new Set<Permission>([...READS_PEOPLE, 'people:write', 'views:write', 'members:read']),
  viewer: new Set<Permission>(READS_FIGURES),
};

/** Scopes a secret key may carry. Never members, keys or the workspace itself: a leaked key must not make another. */
export const KEY_SCOPES = PERMISSIONS.filter(
  (p) => !p.startsWith('members:') && !p.startsWith('keys:') && !concernsInstallation(p) && p !== 'workspace:write',
);
