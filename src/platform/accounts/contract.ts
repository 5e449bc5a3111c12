import { z } from 'zod';
import { LANGUAGES } from '@touchstone/domain/languages';
import { instant, operation } from '../kernel/contract.ts';
import { emailAddress, password } from '../workspaces/contract.ts';

const done = z.object({ ok: z.literal(true) });
const anyPassword = z.string().min(1).max(1024);
const code = z.string().min(1).max(64);
const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

const account = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }),
  hasPassword: z.boolean(),
  /** Signed in through a company's provider: the second factor is asked for there. */
  provided: z.boolean(),
  twoFactor: z.object({ on: z.boolean(), recoveryCodesLeft: z.number().int() }),
  sessions: z.array(
    z.object({
      id: z.string(),
      current: z.boolean(),
      /** What the browser says it is. */
      browser: z.string(),
      createdAt: instant,
      expiresAt: instant,
    }),
  ),
});

const own = { permission: 'session', perMinute: 60 } as const;
const guessed = { permission: 'session', perMinute: 10 } as const;

export const accountsContract = {
  get: operation({
    ...own,
    method: 'GET',
    path: '/account',
    summary: 'One’s account: its second factor, and where one is signed in',
  }).output(account),
  endSession: operation({
    ...own,
    method: 'DELETE',
    path: '/account/sessions/{sessionId}',
    audit: { change: 'session' },
    summary: 'Sign out one browser',
  })
    .input(z.object({ sessionId: z.string().max(64) }))
    .output(done),
  endOthers: operation({
    ...own,
    method: 'DELETE',
    path: '/account/sessions',
    audit: { change: 'session' },
    summary: 'Sign out everywhere else',
  }).output(z.object({ ended: z.number().int() })),
  beginTwoFactor: operation({
    ...guessed,
    method: 'POST',
    path: '/account/two-factor',
    audit: { none: 'Nothing is asked for until it is confirmed.' },
    summary: 'A secret for an authenticator app; confirm it by a code',
  })
    .input(z.object({ password: anyPassword }))
    .output(z.object({ secret: z.string(), uri: z.string() })),
  confirmTwoFactor: operation({
    ...guessed,
    method: 'PUT',
    path: '/account/two-factor',
    audit: { change: 'second factor' },
    summary: 'Confirm the second factor; answers the recovery codes, this once',
  })
    .input(z.object({ code }))
    .output(recoveryCodes),
  removeTwoFactor: operation({
    ...guessed,
    method: 'POST',
    path: '/account/two-factor/remove',
    audit: { change: 'second factor' },
    summary: 'Take the second factor away',
  })
    .input(z.object({ password: anyPassword, code }))
    .output(done),
  renewRecoveryCodes: operation({
    ...guessed,
    method: 'POST',
    path: '/account/recovery-codes',
    audit: { change: 'recovery codes' },
    summary: 'New recovery codes; the old ones are good no more',
  })
    .input(z.object({ password: anyPassword, code }))
    .output(recoveryCodes),
  resetWays: operation({
    method: 'GET',
    path: '/password-reset',
    permission: 'public',
    summary: 'Whether a link for a new password can be mailed',
  }).output(z.object({ byMail: z.boolean() })),
  askForReset: operation({
    method: 'POST',
    path: '/password-reset',
    permission: 'public',
    perMinute: 10,
    status: 202,
    audit: { none: 'Whoever asks need not be the user; setting the password is written.' },
    summary: 'Mail a link for a new password, where there is such an account',
  })
    .input(z.object({ email: emailAddress, language: z.enum(LANGUAGES).default('en') }))
    .output(done),
  finishReset: operation({
    method: 'POST',
    path: '/password-reset/finish',
    permission: 'public',
    perMinute: 20,
    audit: { change: 'password' },
    summary: 'Set a new password by such a link; ends every session',
  })
    .input(z.object({ token: z.string().max(200), password }))
    .output(done),
};

export type AccountView = z.infer<typeof account>;
