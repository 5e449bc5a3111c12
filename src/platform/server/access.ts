import type { HotRequest, House } from '../house/house.ts';
import type { Access } from '../kernel/contract.ts';
import type { Caller, Workspace } from '../kernel/context.ts';
import { ROLE_PERMISSIONS, type Permission } from '../kernel/permissions.ts';
import { Problem, badInput } from '../kernel/problem.ts';
import { countWrongKey, findMembership, identify } from '../workspaces/facade.ts';
import type { Barred, Identified } from '../workspaces/facade.ts';

/** The header that names the workspace of a session. */
export const WORKSPACE_HEADER = 'touchstone-workspace';

/** Who was let in, and where. */
export interface Admission {
  readonly caller: Caller;
  readonly workspace: Workspace;
  readonly permissions: ReadonlySet<Permission>;
}

const NOTHING: ReadonlySet<Permission> = new Set();

/** Stands where an operation has no workspace: touching it is a defect. */
const NO_WORKSPACE: Workspace = new Proxy<Workspace>(
  { id: '', name: '', zone: '', currency: '', locale: '' },
  {
    get(_, name) {
      throw new Error(`Read ${String(name)} of the workspace in an operation without one.`);
    },
  },
);

/** For routes that check a credential of their own. */
export const NOBODY: Admission = { caller: { kind: 'nobody' }, workspace: NO_WORKSPACE, permissions: NOTHING };

/**
 * Lets a request in, or throws Problem: 401 for nobody, 404 for a workspace that is not theirs, 403 without the
 * permission, 429 for one wrong key after another from `address`. A page cannot set a header on a link, so a download may name its workspace as `?workspace=`.
 */
export async function admit(house: House, request: Request, access: Access, address: string): Promise<Admission> {
  const who = await identify(house, request.headers);
  if (access === 'public') return { caller: outside(who), workspace: NO_WORKSPACE, permissions: NOTHING };
  if (who.kind === 'nobody') {
    if (request.headers.has('authorization')) countWrongKey(house, address);
    throw new Problem('unauthenticated', 'Nobody is signed in, and no secret key came along.', {
      mend: 'Sign in, or send authorization: Bearer tss_…',
    });
  }
  if (access === 'session') {
    if (who.kind === 'key') throw new Problem('forbidden', 'This is for people who are signed in, not for a key.');
    return { caller: who, workspace: NO_WORKSPACE, permissions: NOTHING };
  }
  const admission = who.kind === 'key' ? byKey(request, who) : await byMembership(house, request, who);
  if (!admission.permissions.has(access)) {
    const reason = who.kind === 'key' ? 'This key does not carry' : 'Your role does not have';
    throw new Problem('forbidden', `${reason} the permission ${access}.`, {
      mend: who.kind === 'key' ? 'Make a key with that scope.' : 'Ask an owner or admin of the workspace.',
      code: 'no-permission',
    });
  }
  return admission;
}

function outside(who: Identified): Caller {
  return who.kind === 'key' ? keyCaller(who) : who;
}

function byKey(request: Request, who: Identified & { kind: 'key' }): Admission {
  const named = namedWorkspace(request);
  if (named !== undefined && named !== who.workspace.id) throw noSuchWorkspace();
  return { caller: keyCaller(who), workspace: who.workspace, permissions: who.scopes };
}

function keyCaller({ keyId, name }: Identified & { kind: 'key' }): Caller {
  return { kind: 'key', keyId, name };
}

async function byMembership(house: House, request: Request, who: Identified & { kind: 'user' }): Promise<Admission> {
  const named = namedWorkspace(request);
  if (named === undefined) {
    throw badInput('Touchstone-Workspace', undefined, 'The request names no workspace.', 'Send its id as this header.');
  }
  const membership = await findMembership(house, who.userId, who.session, named);
  if (membership === null) throw noSuchWorkspace();
  const { memberId, role, workspace, barred } = membership;
  if (barred !== null) throw barredFrom(barred);
  return {
    caller: { kind: 'member', userId: who.userId, email: who.email, memberId, role, session: who.session },
    workspace,
    permissions: ROLE_PERMISSIONS[role],
  };
}

function barredFrom(barred: Barred): Problem {
  return barred === 'two-factor'
    ? new Problem('forbidden', 'This workspace asks its members for a second factor.', {
        mend: 'Set it up on the page of your account.',
        code: 'second-factor-needed',
      })
    : new Problem('forbidden', 'Members of this workspace sign in through its provider.', {
        mend: 'Sign out, and sign in with your company.',
        code: 'provider-needed',
      });
}

function namedWorkspace(request: Request): string | undefined {
  return (
    request.headers.get(WORKSPACE_HEADER) ??
    (request.method === 'GET' ? new URL(request.url).searchParams.get('workspace') : null) ??
    undefined
  );
}

function noSuchWorkspace(): Problem {
  return new Problem('not-found', 'There is no such workspace.');
}

/**
 * Whether an unsafe request from a browser comes from our own pages. Browsers say where a request comes from
 * (Sec-Fetch-Site, Origin); one that carries a session's cookie and says neither is refused.
 */
export function refuseForeignOrigin(
  { method, header }: Pick<HotRequest, 'method' | 'header'>,
  publicUrl: string,
): void {
  if (method === 'GET' || method === 'HEAD' || header('authorization') !== undefined) return;
  const site = header('sec-fetch-site');
  const origin = header('origin');
  const ours = (): (string | undefined)[] => [new URL(publicUrl).host, header('host')];
  const fits =
    site !== undefined
      ? site === 'same-origin' || site === 'none'
      : origin !== undefined
        ? URL.canParse(origin) && ours().includes(new URL(origin).host)
        : header('cookie') === undefined;
  if (!fits) throw new Problem('forbidden', 'This request comes from another site.');
}
