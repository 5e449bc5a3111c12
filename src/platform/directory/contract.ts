import { z } from 'zod';
import { instant, operation } from '../kernel/contract.ts';
import { emailAddress, role } from '../workspaces/contract.ts';

/** Owners are made by owners only. */
const givenRole = role.exclude(['owner']);

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?=.*\.)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'a domain, such as example.com');

const provider = z.object({
  issuer: z.string(),
  clientId: z.string(),
  domains: z.array(z.string()),
  newRole: givenRole.nullable(),
  required: z.boolean(),
  /** What the provider has to be told. */
  callbackUrl: z.string(),
});

const group = z.object({
  id: z.string(),
  displayName: z.string(),
  role: givenRole.nullable(),
  members: z.number().int(),
});

const settings = z.object({
  requireTwoFactor: z.boolean(),
  provider: provider.nullable(),
  callbackUrl: z.string(),
  provisioning: z.object({
    url: z.string(),
    token: z.object({ createdAt: instant, lastUsedAt: instant.nullable() }).nullable(),
    users: z.number().int(),
    groups: z.array(group),
  }),
});

const done = z.object({ ok: z.literal(true) });
const owned = { permission: 'workspace:write' } as const;

export const directoryContract = {
  get: operation({ ...owned, method: 'GET', path: '/sign-in', summary: 'How members sign in, and who provisions them' }).output(settings), // prettier-ignore
  requireTwoFactor: operation({
    ...owned,
    method: 'PUT',
    path: '/sign-in/two-factor',
    audit: { change: 'sign-in' },
    summary: 'Ask a second factor of all members, or of none; for owners',
  })
    .input(z.object({ required: z.boolean() }))
    .output(done),
  setProvider: operation({
    ...owned,
    method: 'PUT',
    path: '/sign-in/provider',
    perMinute: 20,
    audit: { change: 'sign-in provider' },
    summary: 'Set the OpenID Connect provider; for owners',
    description: 'The provider is asked for its description first. Without `clientSecret` the one before stays.',
  })
    .input(
      z.object({
        issuer: z.string().trim().max(500),
        clientId: z.string().trim().min(1).max(300),
        clientSecret: z.string().min(1).max(1_000).optional(),
        domains: z.array(domain).min(1).max(50),
        newRole: givenRole.nullable().default(null),
        required: z.boolean().default(false),
      }),
    )
    .output(provider),
  dropProvider: operation({
    ...owned,
    method: 'DELETE',
    path: '/sign-in/provider',
    audit: { change: 'sign-in provider' },
    summary: 'Take the provider away, and the sessions it opened; for owners',
  }).output(done),
  makeToken: operation({
    ...owned,
    method: 'POST',
    path: '/sign-in/provisioning',
    status: 201,
    audit: { change: 'provisioning token' },
    summary: 'A new token for SCIM, in place of the one before; shown this once; for owners',
  }).output(z.object({ token: z.string() })),
  dropToken: operation({
    ...owned,
    method: 'DELETE',
    path: '/sign-in/provisioning',
    audit: { change: 'provisioning token' },
    summary: 'End provisioning; who was provisioned stays; for owners',
  }).output(done),
  setGroupRole: operation({
    ...owned,
    method: 'PATCH',
    path: '/sign-in/groups/{groupId}',
    audit: { change: 'directory group', id: 'groupId' },
    summary: 'The role that a group of the directory gives; for owners',
  })
    .input(z.object({ groupId: z.string().max(64), role: givenRole.nullable() }))
    .output(done),
  find: operation({
    method: 'POST',
    path: '/sign-in/find',
    permission: 'public',
    perMinute: 30,
    audit: { none: 'Says where to sign in, and nothing of anybody.' },
    summary: 'Where somebody with this address signs in, beside a password',
  })
    .input(z.object({ email: emailAddress }))
    .output(z.object({ companies: z.array(z.object({ workspaceId: z.string(), name: z.string() })) })),
};

export type SignInSettings = z.infer<typeof settings>;
