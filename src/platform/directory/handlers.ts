import { randomBytes } from 'node:crypto';
import { implement } from '@orpc/server';
import type { House } from '../house/house.ts';
import type { RequestContext } from '../kernel/context.ts';
import { Problem, badInput, notFound } from '../kernel/problem.ts';
import { factorOf } from '../accounts/records.ts';
import type { Vault } from '../vault/vault.ts';
import { hashOf } from '../workspaces/keys.ts';
import { roleOf } from '../workspaces/members.ts';
import { workspaceById } from '../workspaces/records.ts';
import { userOf } from '../workspaces/sessions.ts';
import { directoryContract } from './contract.ts';
import { callbackUrl, discover, secretPlace } from './oidc.ts';
import { setGroupRole, withDirectory } from './provisioning.ts';
import * as records from './records.ts';
import type { ProviderRow } from './records.ts';
import * as scim from './scim-records.ts';
import { SCIM_PATH } from './scim-routes.ts';

const os = implement(directoryContract).$context<RequestContext>();
const ok = { ok: true } as const;

/** Whoever says who comes in could come in as anybody: that is for owners. */
function refuseOthers(context: RequestContext): void {
  if (roleOf(context) !== 'owner') {
    throw new Problem('forbidden', 'Only owners say how members sign in.', { code: 'owners-only' });
  }
}

export function directoryHandlers(house: House) {
  const { db } = house.records;
  return os.router({
    get: os.get.handler(async ({ context }) => {
      const { id } = context.workspace;
      const provider = await records.providerOf(db, id);
      const token = await records.scimTokenOf(db, id);
      const links = await scim.groupMembersOf(db, id);
      const groups = await scim.scimGroupsOf(db, id);
      return {
        requireTwoFactor: await records.requiresTwoFactor(db, id),
        provider: provider === null ? null : providerView(house, provider),
        callbackUrl: callbackUrl(house),
        provisioning: {
          url: `${house.config.publicUrl}${SCIM_PATH}`,
          token:
            token === null
              ? null
              : { createdAt: token.createdAt.toISOString(), lastUsedAt: token.lastUsedAt?.toISOString() ?? null },
          users: (await scim.scimUsersOf(db, id)).filter((u) => u.active).length,
          groups: groups.map((g) => ({
            id: g.id,
            displayName: g.displayName,
            role: g.role === 'owner' ? null : g.role,
            members: links.filter((l) => l.groupId === g.id).length,
          })),
        },
      };
    }),
    requireTwoFactor: os.requireTwoFactor.handler(async ({ input, context }) => {
      refuseOthers(context);
      const { workspace } = context;
      const own = await factorOf(db, userOf(context).userId);
      if (input.required && own?.confirmedAt == null) {
        throw new Problem('conflict', 'You have no second factor yourself, and would be outside.', {
          mend: 'Set it up on the page of your account first.',
        });
      }
      const before = await records.requiresTwoFactor(db, workspace.id);
      await records.requireTwoFactor(db, workspace.id, input.required);
      context.trail.changed('requireTwoFactor', String(before), String(input.required));
      return ok;
    }),
    setProvider: os.setProvider.handler(async ({ input, context }) => {
      refuseOthers(context);
      const { id } = context.workspace;
      const before = await records.providerOf(db, id);
      const { clientSecret, ...given } = input;
      const sameClient = before?.issuer === given.issuer && before.clientId === given.clientId;
      const kept = before !== null && sameClient ? house.vault.open(before.sealedSecret, secretPlace(id)) : undefined;
      const secret = clientSecret ?? kept;
      if (secret === undefined) {
        throw badInput('clientSecret', undefined, 'A new client needs its secret.', 'Take it from the provider.');
      }
      await discover(given.issuer, given.clientId, secret);
      const provider: ProviderRow = {
        ...given,
        workspaceId: id,
        sealedSecret: house.vault.seal(secret, secretPlace(id)),
      };
      await house.records.transaction(async (tx) => {
        await records.putProvider(tx, provider, house.clock.now());
        // Another one that did not open them.
        if (before !== null && before.issuer !== provider.issuer) await records.endProvidedSessions(tx, id);
      });
      context.trail.changed('required', String(before?.required ?? false), String(given.required));
      context.trail.changed('newRole', before?.newRole ?? null, given.newRole);
      return providerView(house, provider);
    }),
    dropProvider: os.dropProvider.handler(async ({ context }) => {
      refuseOthers(context);
      await house.records.transaction((tx) => records.dropProvider(tx, context.workspace.id));
      return ok;
    }),
    makeToken: os.makeToken.handler(async ({ context }) => {
      refuseOthers(context);
      const token = `tsp_${randomBytes(32).toString('hex')}`;
      await records.putScimToken(db, context.workspace.id, hashOf(token), house.clock.now());
      return { token };
    }),
    dropToken: os.dropToken.handler(async ({ context }) => {
      refuseOthers(context);
      await records.dropScimToken(db, context.workspace.id);
      return ok;
    }),
    setGroupRole: os.setGroupRole.handler(async ({ input, context }) => {
      refuseOthers(context);
      const { id } = context.workspace;
      await withDirectory(house, id, async (tx) => {
        const group = (await scim.scimGroupsOf(tx, id)).find((g) => g.id === input.groupId);
        if (group === undefined) throw notFound('group');
        await setGroupRole(house, tx, group, input.role);
        context.trail.changed('role', group.role, input.role);
      });
      return ok;
    }),
    find: os.find.handler(async ({ input }) => {
      const domain = input.email.split('@').at(-1) ?? '';
      const fitting = (await records.allProviders(db)).filter((p) => p.domains.includes(domain));
      const named = await Promise.all(fitting.map((p) => workspaceById(db, p.workspaceId)));
      return { companies: named.flatMap((w) => (w === null ? [] : [{ workspaceId: w.id, name: w.name }])) };
    }),
  });
}

function providerView(house: House, provider: ProviderRow) {
  const { issuer, clientId, domains, newRole, required } = provider;
  return {
    issuer,
    clientId,
    domains,
    newRole: newRole === 'owner' ? null : newRole,
    required,
    callbackUrl: callbackUrl(house),
  };
}

/** Seals every client's secret anew. */
export async function resealProviders(house: House, vault: Vault): Promise<number> {
  const { db } = house.records;
  const all = await records.allProviders(db);
  for (const provider of all) {
    const sealedSecret = vault.reseal(provider.sealedSecret, secretPlace(provider.workspaceId));
    await records.putProvider(db, { ...provider, sealedSecret }, house.clock.now());
  }
  return all.length;
}
