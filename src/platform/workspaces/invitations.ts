import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { House } from '../house/house.ts';
import type { RequestContext } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import type { Role } from '../kernel/permissions.ts';
import { Problem, badInput, notFound } from '../kernel/problem.ts';
import type { InvitationView } from './contract.ts';
import { invitationMail } from './invitation-mail.ts';
import {
  invitationById,
  invitationByToken,
  putInvitation,
  takeInvitation,
  type InvitationRow,
} from './invitation-records.ts';
import { hashOf } from './keys.ts';
import { refuseAboveOwnRole } from './members.ts';
import * as records from './records.ts';
import { signIn } from './sessions.ts';
import { password as passwordRule } from './checks.ts';

const OPEN_MS = 7 * 86_400_000;

/** Invites by e-mail. Where no mail can be sent the answer holds the link, this once. */
export async function inviteMember(
  house: House,
  context: RequestContext,
  email: string,
  role: Role,
  byRole: Role,
): Promise<InvitationView & { link: string | null }> {
  refuseAboveOwnRole(byRole, role);
  const { workspace } = context;
  const members = await records.members(house.records.db, workspace.id);
  if (members.some((m) => m.email === email)) {
    throw new Problem('conflict', 'They are a member already.', { field: 'email', code: 'already-member' });
  }
  const token = randomBytes(24).toString('base64url');
  const createdAt = house.clock.now();
  const expiresAt = new Date(createdAt.getTime() + OPEN_MS);
  const id = newId('invitation', house.clock);
  const invitedBy = context.caller.kind === 'member' ? context.caller.memberId : 'nobody';
  await putInvitation(house.records.db, {
    id,
    workspaceId: workspace.id,
    email,
    role,
    tokenHash: hashOf(token),
    invitedBy,
    createdAt,
    expiresAt,
  });
  context.trail.changed('role', null, role);
  const link = `${house.config.publicUrl}/invitation/${token}`;
  const sent = await mailed(house, context, email, link);
  const view = { id, email, role, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { ...view, link: sent ? null : link };
}

/** Takes an open invitation back. One to become an owner is an owner's to take back. */
export async function revokeInvitation(
  house: House,
  context: RequestContext,
  invitationId: string,
  byRole: Role,
): Promise<void> {
  const { db } = house.records;
  const invitation = await invitationById(db, context.workspace.id, invitationId);
  if (invitation === null) throw notFound('invitation');
  refuseAboveOwnRole(byRole, invitation.role);
  if (!(await takeInvitation(db, context.workspace.id, invitationId))) throw notFound('invitation');
}

async function mailed(house: House, context: RequestContext, to: string, link: string): Promise<boolean> {
  if (!house.mail.available) return false;
  try {
    await house.mail.send({ to, ...invitationMail(context.workspace, link) });
    return true;
  } catch (error) {
    context.log.warn({ error: error instanceof Error ? error : undefined }, 'an invitation could not be mailed');
    return false;
  }
}

/** What an invitation is for. Whoever holds its link was told the address. */
export async function readInvitation(
  house: House,
  token: string,
): Promise<{ workspaceName: string; email: string; role: Role; hasAccount: boolean }> {
  const invitation = await standing(house, token);
  const workspace = await records.workspaceById(house.records.db, invitation.workspaceId);
  const user = await records.userByEmail(house.records.db, invitation.email);
  return {
    workspaceName: workspace?.name ?? '',
    email: invitation.email,
    role: invitation.role,
    hasAccount: user !== null,
  };
}

/**
 * Joins as whoever is signed in under the invited address, else with the password of that account, else with a new
 * account; signs in. An invitation is good for one.
 */
export async function acceptInvitation(
  house: House,
  context: RequestContext,
  input: {
    readonly token: string;
    readonly name?: string | undefined;
    readonly password?: string | undefined;
    readonly code?: string | undefined;
  },
): Promise<{ workspaceId: string }> {
  const invitation = await standing(house, input.token);
  const { workspaceId, email, role } = invitation;
  context.trail.in(workspaceId);
  context.trail.changed('role', null, role);
  const known = await records.userByEmail(house.records.db, email);
  if (known !== null) {
    const { caller } = context;
    // A session that another company's provider opened is no proof here.
    const signedIn = caller.kind === 'user' && caller.userId === known.id && caller.session?.workspaceId === null;
    if (!signedIn) await signIn(house, context, email, needed('password', input.password), input.code);
    await join(house, invitation, known.id);
    return { workspaceId };
  }
  const name = needed('name', input.name);
  const checked = passwordRule.safeParse(needed('password', input.password));
  if (!checked.success) throw badInput('password', undefined, checked.error.issues[0]?.message ?? 'Another password.');
  const passwordHash = await hashPassword(checked.data);
  const joined = await join(house, invitation, { id: newId('user', house.clock), name, email, passwordHash });
  // Another workspace's invitation made the account meanwhile: it is joined as one that was there.
  if (!joined) return acceptInvitation(house, context, input);
  await signIn(house, context, email, checked.data);
  return { workspaceId };
}

/** False, and nothing is changed, where somebody else has just made the account that was to be new. */
async function join(
  house: House,
  invitation: InvitationRow,
  user: string | { id: string; name: string; email: string; passwordHash: string },
): Promise<boolean> {
  const { workspaceId, role } = invitation;
  const now = house.clock.now();
  return house.records.transaction(async (tx) => {
    // A directory that takes somebody out meanwhile comes before or after the whole of this.
    await records.lockMembers(tx, workspaceId);
    if (typeof user !== 'string') {
      const { passwordHash, ...row } = user;
      if (!(await records.insertUser(tx, row, passwordHash, now))) return false;
    }
    if (!(await takeInvitation(tx, workspaceId, invitation.id))) throw gone();
    const userId = typeof user === 'string' ? user : user.id;
    await records.insertMembership(tx, { id: newId('member', house.clock), workspaceId, userId, role }, now);
    return true;
  });
}

async function standing(house: House, token: string): Promise<InvitationRow> {
  const invitation = await invitationByToken(house.records.db, hashOf(token), house.clock.now());
  if (invitation === null) throw gone();
  return invitation;
}

function gone(): Problem {
  return new Problem(
    'not-found',
    'This invitation is not open: it was used, taken back, replaced or is past its time.',
    {
      mend: 'Ask for a new one.',
      code: 'invitation-gone',
    },
  );
}

function needed(field: string, value: string | undefined): string {
  if (value === undefined || value === '') throw badInput(field, undefined, `Joining needs a ${field}.`);
  return value;
}
