import { LANGUAGES } from '@touchstone/domain/languages';
import { z } from 'zod';
import { instant, operation } from '../kernel/contract.ts';
import { PERMISSIONS } from '../kernel/permissions.ts';
import { currency, emailAddress, locale, password, role, scope, shownName, zone } from './checks.ts';

const workspace = z.object({
  id: z.string(),
  name: z.string(),
  zone: z.string(),
  currency: z.string(),
  locale: z.string(),
});

/** A workspace as one of its members sees it; `permissions` travel along, so that no page works them out anew. */
const ownWorkspace = workspace.extend({
  role,
  permissions: z.array(z.enum(PERMISSIONS)),
  /** What this session lacks before the workspace lets it in. */
  barred: z.enum(['two-factor', 'provider']).nullable(),
});

/** How somebody likes to read and work in the browser, whatever the workspace. `own`: as the language has it. */
export const preferences = z.object({
  language: z.enum(LANGUAGES),
  /** `auto`: as the device has it. */
  scheme: z.enum(['auto', 'light', 'dark']),
  digits: z.enum(['own', 'latin']),
  calendar: z.enum(['own', 'gregorian', 'persian']),
  /** Whether single keys do something. */
  keys: z.boolean(),
});
export type Preferences = z.infer<typeof preferences>;

const session = z.object({
  user: z.object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    /** Null until they chose any. */
    preferences: preferences.nullable(),
  }),
  workspaces: z.array(ownWorkspace),
});

const member = z.object({
  id: z.string(),
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  createdAt: instant,
});

const invitation = z.object({
  id: z.string(),
  email: z.string(),
  role,
  createdAt: instant,
  expiresAt: instant,
});

const key = z.object({
  id: z.string(),
  kind: z.enum(['write', 'secret']),
  name: z.string(),
  /** The whole of a write key; of a secret key its first letters. */
  shown: z.string(),
  scopes: z.array(scope),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

const done = z.object({ ok: z.literal(true) });
const anyPassword = z.string().min(1).max(1024);
/** Of an authenticator app, or a recovery code. */
const secondCode = z.string().max(64);

export { emailAddress, password, role } from './checks.ts';

const setup = {
  status: operation({
    method: 'GET',
    path: '/setup',
    permission: 'public',
    summary: 'Whether the first owner is still to be made',
  }).output(z.object({ open: z.boolean() })),
  create: operation({
    method: 'POST',
    path: '/setup',
    audit: { change: 'workspace' },
    permission: 'public',
    perMinute: 20,
    status: 201,
    summary: 'Make the first owner and workspace, and sign in',
  })
    .input(
      z.object({
        company: shownName,
        name: shownName,
        email: emailAddress,
        password,
        zone: zone.default('UTC'),
        currency: currency.default('EUR'),
        locale: locale.default('en'),
      }),
    )
    .output(z.object({ workspaceId: z.string(), writeKey: z.string() })),
};

const sessions = {
  get: operation({
    method: 'GET',
    path: '/session',
    permission: 'session',
    summary: 'Who is signed in, and the workspaces they belong to',
  }).output(session),
  signIn: operation({
    method: 'POST',
    path: '/session',
    audit: { change: 'session' },
    permission: 'public',
    perMinute: 30,
    summary: 'Sign in with e-mail and password',
  })
    .input(z.object({ email: emailAddress, password: anyPassword, code: secondCode.optional() }))
    .output(session),
  signOut: operation({
    method: 'DELETE',
    path: '/session',
    audit: { change: 'session' },
    permission: 'session',
    summary: 'Sign out',
  }).output(done),
  prefer: operation({
    method: 'PUT',
    path: '/session/preferences',
    audit: { none: 'How one likes to read.' },
    permission: 'session',
    perMinute: 60,
    summary: 'Say how one likes to read and work: language, colours, digits, calendar, keys',
  })
    .input(preferences)
    .output(preferences),
  changePassword: operation({
    method: 'PUT',
    path: '/session/password',
    audit: { change: 'password' },
    permission: 'session',
    perMinute: 10,
    summary: 'Change the password and sign out everywhere else',
  })
    .input(z.object({ currentPassword: anyPassword, newPassword: password }))
    .output(done),
};

const workspaces = {
  create: operation({
    method: 'POST',
    path: '/workspaces',
    audit: { change: 'workspace', id: 'id' },
    permission: 'session',
    status: 201,
    summary: 'Open another workspace; for owners of one',
  })
    .input(
      z.object({
        name: shownName,
        zone: zone.default('UTC'),
        currency: currency.default('EUR'),
        locale: locale.default('en'),
      }),
    )
    .output(workspace),
  get: operation({
    method: 'GET',
    path: '/workspace',
    permission: 'workspace:read',
    summary: 'The workspace that the caller works in',
  }).output(workspace),
  update: operation({
    method: 'PATCH',
    path: '/workspace',
    audit: { change: 'workspace', id: 'id' },
    permission: 'workspace:write',
    summary: 'Change its name, time zone, currency or language',
  })
    .input(
      z.object({
        name: shownName.optional(),
        zone: zone.optional(),
        currency: currency.optional(),
        locale: locale.optional(),
      }),
    )
    .output(workspace),
};

const members = {
  list: operation({ method: 'GET', path: '/members', permission: 'members:read', summary: 'Its members' }).output(
    z.object({ items: z.array(member) }),
  ),
  update: operation({
    method: 'PATCH',
    path: '/members/{memberId}',
    audit: { change: 'member', id: 'memberId' },
    permission: 'members:write',
    summary: 'Give a member another role; only owners make owners, and the last owner stays one',
  })
    .input(z.object({ memberId: z.string(), role }))
    .output(member),
  remove: operation({
    method: 'DELETE',
    path: '/members/{memberId}',
    audit: { change: 'member', id: 'memberId' },
    permission: 'members:write',
    summary: 'Take a member out; the last owner stays',
  })
    .input(z.object({ memberId: z.string() }))
    .output(done),
};

const invitations = {
  list: operation({
    method: 'GET',
    path: '/invitations',
    permission: 'members:read',
    summary: 'Invitations that are open',
  }).output(z.object({ items: z.array(invitation) })),
  create: operation({
    method: 'POST',
    path: '/invitations',
    audit: { change: 'invitation', id: 'id' },
    permission: 'members:write',
    status: 201,
    summary: 'Invite somebody by e-mail; where no mail can be sent the answer holds the link',
  })
    .input(z.object({ email: emailAddress, role }))
    .output(invitation.extend({ link: z.string().nullable() })),
  revoke: operation({
    method: 'DELETE',
    path: '/invitations/{invitationId}',
    audit: { change: 'invitation', id: 'invitationId' },
    permission: 'members:write',
    summary: 'Take an invitation back',
  })
    .input(z.object({ invitationId: z.string() }))
    .output(done),
  read: operation({
    method: 'GET',
    path: '/invitations/by-token/{token}',
    permission: 'public',
    perMinute: 60,
    summary: 'What an invitation is for, to whoever holds its link',
  })
    .input(z.object({ token: z.string().max(200) }))
    .output(z.object({ workspaceName: z.string(), email: z.string(), role, hasAccount: z.boolean() })),
  accept: operation({
    method: 'POST',
    path: '/invitations/accept',
    audit: { change: 'member' },
    permission: 'public',
    perMinute: 60,
    summary: 'Join: with a new account, or with the password of the one there is, or as whoever is signed in',
  })
    .input(
      z.object({
        token: z.string().max(200),
        name: shownName.optional(),
        password: anyPassword.optional(),
        code: secondCode.optional(),
      }),
    )
    .output(z.object({ workspaceId: z.string() })),
};

const keys = {
  list: operation({ method: 'GET', path: '/keys', permission: 'keys:read', summary: 'Its keys' }).output(
    z.object({ items: z.array(key) }),
  ),
  create: operation({
    method: 'POST',
    path: '/keys',
    audit: { change: 'key', id: 'id' },
    permission: 'keys:write',
    status: 201,
    summary: 'Make a key; a secret one is shown this once',
  })
    .input(z.object({ kind: z.enum(['write', 'secret']), name: shownName, scopes: z.array(scope).default([]) }))
    .output(key.extend({ key: z.string() })),
  revoke: operation({
    method: 'DELETE',
    path: '/keys/{keyId}',
    audit: { change: 'key', id: 'keyId' },
    permission: 'keys:write',
    summary: 'Revoke a key, at once and for ever',
  })
    .input(z.object({ keyId: z.string() }))
    .output(done),
};

export const workspacesContract = { setup, session: sessions, workspaces, members, invitations, keys };

export type SessionView = z.infer<typeof session>;
export type OwnWorkspace = z.infer<typeof ownWorkspace>;
export type MemberView = z.infer<typeof member>;
export type InvitationView = z.infer<typeof invitation>;
export type KeyView = z.infer<typeof key>;
