import { implement } from '@orpc/server';
import type { House } from '../house/house.ts';
import type { RequestContext, Workspace } from '../kernel/context.ts';
import { Problem, notFound } from '../kernel/problem.ts';
import { changeWorkspace } from './changing.ts';
import { workspacesContract, type KeyView, type MemberView } from './contract.ts';
import { acceptInvitation, inviteMember, readInvitation, revokeInvitation } from './invitations.ts';
import { openInvitations } from './invitation-records.ts';
import { removeMember, roleOf, setMemberRole } from './members.ts';
import { createKey, createWorkspace, revokeKey, setUp } from './opening.ts';
import { keysOf, type KeyRow } from './key-records.ts';
import { preferencesSetting } from './preferences.ts';
import * as records from './records.ts';
import { sayUserSetting } from './settings.ts';
import { changePassword, sessionView, signIn, signOut, userOf } from './sessions.ts';

const os = implement(workspacesContract).$context<RequestContext>();
const ok = { ok: true } as const;
/** A session that a password has just opened. */
const FRESH = { id: '', workspaceId: null };

export function workspacesHandlers(house: House) {
  const { db } = house.records;
  return os.router({
    setup: {
      status: os.setup.status.handler(async () => ({ open: !(await records.anyUser(db)) })),
      create: os.setup.create.handler(async ({ input, context }) => {
        const { workspace, writeKey } = await setUp(house, input);
        await signIn(house, context, input.email, input.password);
        context.trail.object(workspace.id);
        return { workspaceId: workspace.id, writeKey };
      }),
    },
    session: {
      get: os.session.get.handler(({ context }) => {
        const { userId, session = FRESH } = userOf(context);
        return sessionView(house, userId, session);
      }),
      signIn: os.session.signIn.handler(async ({ input, context }) => {
        const userId = await signIn(house, context, input.email, input.password, input.code);
        return sessionView(house, userId, FRESH);
      }),
      signOut: os.session.signOut.handler(async ({ context }) => {
        await signOut(house, context);
        return ok;
      }),
      prefer: os.session.prefer.handler(async ({ input, context }) => {
        await sayUserSetting(house, userOf(context).userId, preferencesSetting, () => input);
        return input;
      }),
      changePassword: os.session.changePassword.handler(async ({ input, context }) => {
        await changePassword(house, context, input.currentPassword, input.newPassword);
        return ok;
      }),
    },
    workspaces: {
      create: os.workspaces.create.handler(async ({ input, context }) => {
        const { userId, session } = userOf(context);
        const own = await records.membershipsOf(db, userId);
        if (session?.workspaceId != null || !own.some((m) => m.role === 'owner')) {
          throw new Problem('forbidden', 'Only who owns a workspace may open another.');
        }
        const { workspace } = await createWorkspace(house, { ...input, ownerId: userId });
        context.trail.in(workspace.id);
        return workspace;
      }),
      get: os.workspaces.get.handler(({ context }) => context.workspace),
      update: os.workspaces.update.handler(async ({ input, context }) => {
        const change: Partial<Omit<Workspace, 'id'>> = Object.fromEntries(
          Object.entries(input).filter(([, value]) => value !== undefined),
        );
        const changed = await changeWorkspace(house, context.workspace.id, change);
        if (changed === null) throw notFound('workspace');
        for (const field of ['name', 'zone', 'currency', 'locale'] as const) {
          context.trail.changed(field, context.workspace[field], changed[field]);
        }
        return changed;
      }),
    },
    members: {
      list: os.members.list.handler(async ({ context }) => ({
        items: (await records.members(db, context.workspace.id)).map(memberView),
      })),
      update: os.members.update.handler(async ({ input, context }) =>
        memberView(await setMemberRole(house, context, input.memberId, input.role)),
      ),
      remove: os.members.remove.handler(async ({ input, context }) => {
        await removeMember(house, context, input.memberId);
        return ok;
      }),
    },
    invitations: {
      list: os.invitations.list.handler(async ({ context }) => ({
        items: (await openInvitations(db, context.workspace.id, house.clock.now())).map((row) => ({
          id: row.id,
          email: row.email,
          role: row.role,
          createdAt: row.createdAt.toISOString(),
          expiresAt: row.expiresAt.toISOString(),
        })),
      })),
      create: os.invitations.create.handler(({ input, context }) =>
        inviteMember(house, context, input.email, input.role, roleOf(context)),
      ),
      revoke: os.invitations.revoke.handler(async ({ input, context }) => {
        await revokeInvitation(house, context, input.invitationId, roleOf(context));
        return ok;
      }),
      read: os.invitations.read.handler(({ input }) => readInvitation(house, input.token)),
      accept: os.invitations.accept.handler(({ input, context }) => acceptInvitation(house, context, input)),
    },
    keys: {
      list: os.keys.list.handler(async ({ context }) => ({
        items: (await keysOf(db, context.workspace.id)).map(keyView),
      })),
      create: os.keys.create.handler(async ({ input, context }) => {
        if (input.kind === 'secret' && input.scopes.length === 0) {
          throw new Problem('bad-input', 'A secret key needs at least one scope.', {
            field: 'scopes',
            code: 'scope-needed',
          });
        }
        const scopes = input.kind === 'secret' ? input.scopes : [];
        const by = userOf(context).userId;
        context.trail.changed('scopes', null, scopes.join(' '));
        const { key, row } = await createKey(house, context.workspace.id, { ...input, scopes }, by);
        return { ...keyView(row), key };
      }),
      revoke: os.keys.revoke.handler(async ({ input, context }) => {
        if (!(await revokeKey(house, context.workspace.id, input.keyId))) throw notFound('key');
        return ok;
      }),
    },
  });
}

function memberView(row: records.MemberRow): MemberView {
  return { ...row, createdAt: row.createdAt.toISOString() };
}

function keyView(row: KeyRow): KeyView {
  const { id, kind, name, shown, scopes } = row;
  return {
    id,
    kind,
    name,
    shown,
    scopes,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
