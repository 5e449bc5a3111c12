import { isAPIError } from 'better-auth/api';
import { hashPassword } from 'better-auth/crypto';
import type { House } from '../house/house.ts';
import { passSecondFactor, refuseProvided } from '../accounts/second-factor.ts';
import { dropFactor, endSessionByToken } from '../accounts/records.ts';
import type { RequestContext, SessionMark } from '../kernel/context.ts';
import { ROLE_PERMISSIONS } from '../kernel/permissions.ts';
import { Problem } from '../kernel/problem.ts';
import type { SessionView } from './contract.ts';
import { memoryOf } from './memory.ts';
import { preferencesSetting } from './preferences.ts';
import * as records from './records.ts';
import { readUserSetting } from './settings.ts';

/** Tries to sign in to one account, in a minute, from wherever. */
const SIGN_INS_PER_MINUTE = 10;

/** The signed-in person behind a request. */
export function userOf(context: RequestContext): {
  readonly userId: string;
  readonly email: string;
  readonly session?: SessionMark;
} {
  const { caller } = context;
  if (caller.kind === 'user' || caller.kind === 'member') return caller;
  throw new Problem('forbidden', 'This is for people who are signed in, not for a key.');
}

/** What a session lacks to be let into a workspace: its provider's word, or a second factor. */
export function barredBy(row: records.MembershipRow, session: SessionMark): 'two-factor' | 'provider' | null {
  if (session.workspaceId === row.workspace.id) return null;
  if (row.asksProvider) return 'provider';
  return row.asksSecondFactor ? 'two-factor' : null;
}

/**
 * Signs in and sets the session's cookie on the answer. Throws Problem `unauthenticated`, in the same words and after
 * the same work whether the account or its password is wrong; with the field `code` where a second factor is missing.
 */
export async function signIn(
  house: House,
  context: RequestContext,
  email: string,
  password: string,
  code?: string,
): Promise<string> {
  const { auth, signIns } = memoryOf(house);
  const waitSeconds = signIns.take(email, SIGN_INS_PER_MINUTE);
  if (waitSeconds > 0) {
    throw new Problem('too-many-requests', 'Too many tries to sign in to this account.', {
      mend: `Wait ${waitSeconds} s.`,
      retryAfterSeconds: waitSeconds,
      code: 'too-many-sign-ins',
      values: { seconds: waitSeconds },
    });
  }
  const known = await records.userByEmail(house.records.db, email);
  if (known !== null) context.trail.by({ kind: 'user', userId: known.id, email });
  const { api } = await auth();
  const browser = new Headers({ 'user-agent': (context.headers.get('user-agent') ?? '').slice(0, 200) });
  try {
    const { headers, response } = await api.signInEmail({
      body: { email, password },
      headers: browser,
      returnHeaders: true,
    });
    const userId = response.user.id;
    await refuseWithoutCode(house, userId, code, response.token);
    carryCookies(headers, context.responseHeaders);
    await records.sweepSessions(house.records.db, userId, house.clock.now());
    return userId;
  } catch (error) {
    if (!isAPIError(error)) throw error;
    throw new Problem('unauthenticated', 'E-mail and password do not fit together.', {
      mend: 'Check both, and the case of the letters.',
      code: 'wrong-password',
    });
  }
}

/** The session that the password alone opened ends before anybody learns of it. */
async function refuseWithoutCode(house: House, userId: string, code: string | undefined, token: string): Promise<void> {
  let passed: Awaited<ReturnType<typeof passSecondFactor>> | undefined;
  try {
    passed = await passSecondFactor(house, userId, code);
  } finally {
    if (passed !== 'not asked' && passed !== 'passed') await endSessionByToken(house.records.db, token);
  }
  if (passed === 'missing') {
    throw new Problem('unauthenticated', 'This account asks for a code as well.', {
      field: 'code',
      mend: 'Send the code that the authenticator app shows, or a recovery code.',
      code: 'code-needed',
    });
  }
  if (passed === 'wrong') {
    throw new Problem('unauthenticated', 'This code is not good, or was used already.', {
      field: 'code',
      mend: 'Take the next one that the app shows, or a recovery code.',
      code: 'wrong-code',
    });
  }
}

/** Opens a session for somebody whom a workspace's provider let in. */
export async function openProvidedSession(
  house: House,
  to: Headers,
  userId: string,
  workspaceId: string,
  userAgent: string,
): Promise<void> {
  const { api } = await memoryOf(house).auth();
  const { headers } = await api.openSession({
    body: { userId, workspaceId },
    headers: new Headers({ 'user-agent': userAgent.slice(0, 200) }),
    returnHeaders: true,
  });
  carryCookies(headers, to);
}

export async function signOut(house: House, context: RequestContext): Promise<void> {
  const { api } = await memoryOf(house).auth();
  const { headers } = await api.signOut({ headers: context.headers, returnHeaders: true });
  carryCookies(headers, context.responseHeaders);
}

/**
 * Sets a new password, ends every session and open link of that person, and begins a fresh session for this browser. Not
 * for who came through a provider: the fresh session would be good everywhere, without a second factor.
 */
export async function changePassword(
  house: House,
  context: RequestContext,
  currentPassword: string,
  newPassword: string,
): Promise<void> {
  refuseProvided(context);
  const { api } = await memoryOf(house).auth();
  try {
    const { headers } = await api.changePassword({
      body: { currentPassword, newPassword, revokeOtherSessions: true },
      headers: context.headers,
      returnHeaders: true,
    });
    await records.dropResets(house.records.db, userOf(context).userId);
    carryCookies(headers, context.responseHeaders);
  } catch (error) {
    if (!isAPIError(error)) throw error;
    throw new Problem('bad-input', 'The current password is not that.', {
      field: 'currentPassword',
      code: 'wrong-current-password',
    });
  }
}

/**
 * Gives an account a new password and ends all its sessions; takes its second factor away where asked to. Throws
 * Problem `not-found` where there is no such account.
 */
export async function setPassword(
  house: House,
  email: string,
  password: string,
  options: { readonly dropSecondFactor?: boolean } = {},
): Promise<void> {
  const passwordHash = await hashPassword(password);
  await house.records.transaction(async (tx) => {
    const user = await records.userByEmail(tx, email);
    if (user === null) throw new Problem('not-found', `There is no account ${email}.`);
    await records.replacePassword(tx, user.id, passwordHash, house.clock.now());
    if (options.dropSecondFactor === true) await dropFactor(tx, user.id);
  });
}

export async function sessionView(house: House, userId: string, session: SessionMark): Promise<SessionView> {
  const user = await records.userById(house.records.db, userId);
  if (user === null) throw new Problem('unauthenticated', 'This account is gone.');
  const own = await records.membershipsOf(house.records.db, userId);
  const preferences = await readUserSetting(house.records.db, userId, preferencesSetting);
  return {
    user: { ...user, preferences },
    workspaces: own
      .filter(({ workspace }) => session.workspaceId === null || session.workspaceId === workspace.id)
      .map((row) => ({
        ...row.workspace,
        role: row.role,
        permissions: [...ROLE_PERMISSIONS[row.role]],
        barred: barredBy(row, session),
      })),
  };
}

function carryCookies(from: Headers, to: Headers): void {
  for (const cookie of from.getSetCookie()) to.append('set-cookie', cookie);
}
