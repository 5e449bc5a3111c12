import { and, asc, eq, gt, gte, lte } from 'drizzle-orm';
import type { Role } from '../kernel/permissions.ts';
import type { Db } from '../stores/ports.ts';
import { invitations } from './tables.ts';
import { role } from './checks.ts';

export interface InvitationRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

function toRow(row: typeof invitations.$inferSelect): InvitationRow {
  const { id, workspaceId, email, createdAt, expiresAt } = row;
  return { id, workspaceId, email, role: role.parse(row.role), createdAt, expiresAt };
}

/** Keeps one; an earlier one to the same address gives way, and its link with it. */
export async function putInvitation(
  db: Db,
  invitation: InvitationRow & { tokenHash: string; invitedBy: string },
): Promise<void> {
  const { id: _, workspaceId, email, ...renewed } = invitation;
  await db
    .insert(invitations)
    .values(invitation)
    .onConflictDoUpdate({
      target: [invitations.workspaceId, invitations.email],
      set: { ...renewed, id: invitation.id, workspaceId, email },
    });
}

export async function openInvitations(db: Db, workspaceId: string, now: Date): Promise<InvitationRow[]> {
  const rows = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), gt(invitations.expiresAt, now)))
    .orderBy(asc(invitations.createdAt), asc(invitations.id));
  return rows.map(toRow);
}

/** Those that ran out since a moment, unanswered. */
export async function lapsedInvitations(db: Db, workspaceId: string, since: Date, now: Date): Promise<InvitationRow[]> {
  const { expiresAt } = invitations;
  const rows = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), gte(expiresAt, since), lte(expiresAt, now)))
    .orderBy(asc(expiresAt), asc(invitations.id));
  return rows.map(toRow);
}

export async function invitationByToken(db: Db, tokenHash: string, now: Date): Promise<InvitationRow | null> {
  const [row] = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tokenHash, tokenHash), gt(invitations.expiresAt, now)));
  return row === undefined ? null : toRow(row);
}

export async function invitationById(db: Db, workspaceId: string, id: string): Promise<InvitationRow | null> {
  const [row] = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), eq(invitations.id, id)));
  return row === undefined ? null : toRow(row);
}

/** Takes it away: true for the one caller that did. */
export async function takeInvitation(db: Db, workspaceId: string, id: string): Promise<boolean> {
  const gone = await db
    .delete(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), eq(invitations.id, id)))
    .returning({ id: invitations.id });
  return gone.length === 1;
}
