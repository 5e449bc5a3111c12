import { isAPIError } from 'better-auth/api';
import { hashPassword } from 'better-auth/crypto';
import type { House } from '../house/house.ts';
import type { RequestContext } from '../kernel/context.ts';
import { ROLE_PERMISSIONS } from '../kernel/permissions.ts';
import { Problem } from '../kernel/problem.ts';
import type { SessionView } from './contract.ts';
import { memoryOf } from './memory.ts';
import * as records from './records.ts';

/** Tries to sign in to one account, in a minute, from wherever. */
const SIGN_INS_PER_MINUTE = 10;

/** The signed-in person behind a request. */
export function userOf(context: RequestContext): { readonly userId: string; readonly email: string } {
  const { caller } = context;
  if (caller.kind === 'user' || caller.kind === 'member') return caller;
  throw new Problem('forbidden', 'This is for people who are signed in, not for a key.');
}

/**
 * Signs in and sets the session's cookie on the answer. Throws Problem `unauthenticated`, in the same words and after
 * the same work whether the account or its password is wrong.
 */
export async function signIn(house: House, context: RequestContext, email: string, password: string): Promise<string> {
  const { auth, signIns } = memoryOf(house);
  const waitSeconds = signIns.take(email, SIGN_INS_PER_MINUTE);
  if (waitSeconds > 0) {
    throw new Problem('too-many-requests', 'Too many tries to sign in to this account.', {
      mend: `Wait ${waitSeconds} s.`,
      retryAfterSeconds: waitSeconds,
    });
  }
  const known = await records.userByEmail(house.records.db, email);
  if (known !== null) context.trail.by({ kind: 'user', userId: known.id, email });
  const { api } = await auth();
  try {
    const { headers, response } = await api.signInEmail({ body: { email, password }, returnHeaders: true });
    carryCookies(headers, context.responseHeaders);
    await records.sweepSessions(house.records.db, response.user.id, house.clock.now());
    return response.user.id;
  } catch (error) {
    if (!isAPIError(error)) throw error;
    throw new Problem('unauthenticated', 'E-mail and password do not fit together.', {
      mend: 'Check both, and the case of the letters.',
    });
  }
}

export async function signOut(house: House, context: RequestContext): Promise<void> {
  const { api } = await memoryOf(house).auth();
  const { headers } = await api.signOut({ headers: context.headers, returnHeaders: true });
  carryCookies(headers, context.responseHeaders);
}

/** Sets a new password, ends every session of that person, and begins a fresh one for this browser. */
export async function changePassword(
  house: House,
  context: RequestContext,
  currentPassword: string,
  newPassword: string,
): Promise<void> {
  const { api } = await memoryOf(house).auth();
  try {
    const { headers } = await api.changePassword({
      body: { currentPassword, newPassword, revokeOtherSessions: true },
      headers: context.headers,
      returnHeaders: true,
    });
    carryCookies(headers, context.responseHeaders);
  } catch (error) {
    if (!isAPIError(error)) throw error;
    throw new Problem('bad-input', 'The current password is not that.', { field: 'currentPassword' });
  }
}

/** Gives an account a new password and ends all its sessions. Throws Problem `not-found` where there is no such account. */
export async function setPassword(house: House, email: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await house.records.transaction(async (tx) => {
    const user = await records.userByEmail(tx, email);
    if (user === null) throw new Problem('not-found', `There is no account ${email}.`);
    await records.replacePassword(tx, user.id, passwordHash, house.clock.now());
  });
}

export async function sessionView(house: House, userId: string): Promise<SessionView> {
  const user = await records.userById(house.records.db, userId);
  if (user === null) throw new Problem('unauthenticated', 'This account is gone.');
  const own = await records.membershipsOf(house.records.db, userId);
  return {
    user,
    workspaces: own.map(({ workspace, role }) => ({ ...workspace, role, permissions: [...ROLE_PERMISSIONS[role]] })),
  };
}

function carryCookies(from: Headers, to: Headers): void {
  for (const cookie of from.getSetCookie()) to.append('set-cookie', cookie);
}
