import type { House } from '../house/house.ts';
import type { RequestContext } from '../kernel/context.ts';
import type { Role } from '../kernel/permissions.ts';
import { Problem, notFound } from '../kernel/problem.ts';
import * as records from './records.ts';
import type { MemberRow } from './records.ts';

/** The role of whoever asks. */
export function roleOf(context: RequestContext): Role {
  if (context.caller.kind === 'member') return context.caller.role;
  throw new Problem('forbidden', 'This is for members, not for a key.');
}

/** Only owners make, change or take out owners. */
export function refuseAboveOwnRole(own: Role, ...touched: Role[]): void {
  if (own !== 'owner' && touched.includes('owner'))
    throw new Problem('forbidden', 'Only an owner may do this to an owner.', { code: 'owners-only' });
}

/** Throws Problem `conflict` when no owner would be left. */
export function setMemberRole(house: House, context: RequestContext, memberId: string, to: Role): Promise<MemberRow> {
  const workspaceId = context.workspace.id;
  return house.records.transaction(async (tx) => {
    await records.lockMembers(tx, workspaceId);
    const all = await records.members(tx, workspaceId);
    const member = pick(all, memberId);
    refuseAboveOwnRole(roleOf(context), member.role, to);
    if (to !== 'owner') keepAnOwner(all, member);
    await records.setRole(tx, workspaceId, memberId, to);
    context.trail.changed('role', member.role, to);
    return { ...member, role: to };
  });
}

/** Throws Problem `conflict` when no owner would be left. */
export async function removeMember(house: House, context: RequestContext, memberId: string): Promise<void> {
  const workspaceId = context.workspace.id;
  await house.records.transaction(async (tx) => {
    await records.lockMembers(tx, workspaceId);
    const all = await records.members(tx, workspaceId);
    const member = pick(all, memberId);
    refuseAboveOwnRole(roleOf(context), member.role);
    keepAnOwner(all, member);
    await records.deleteMember(tx, workspaceId, memberId);
    context.trail.changed('role', member.role, null);
  });
}

function pick(all: readonly MemberRow[], memberId: string): MemberRow {
  const member = all.find((m) => m.id === memberId);
  if (member === undefined) throw notFound('member');
  return member;
}

function keepAnOwner(all: readonly MemberRow[], leaving: MemberRow): void {
  if (leaving.role !== 'owner' || all.some((m) => m.role === 'owner' && m.id !== leaving.id)) return;
  throw new Problem('conflict', 'A workspace keeps at least one owner.', {
    mend: 'Make somebody else an owner first.',
    code: 'last-owner',
  });
}
