import { z } from 'zod';
import { tell } from '../audit/facade.ts';
import type { House, Route, RouteContext } from '../house/house.ts';
import { Problem } from '../kernel/problem.ts';
import { openProvidedSession } from '../workspaces/sessions.ts';
import { comeIn } from './joining.ts';
import { beginAttempt, finishAttempt, type Attempt } from './oidc.ts';
import { providerOf } from './records.ts';

const COOKIE = 'touchstone.sign_in';
const PLACE = 'sign-in attempt';

const attemptShape = z.object({
  workspaceId: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  untilMs: z.number(),
});

/** A path of ours; whatever else was asked for leads Home. */
function ownPath(next: string | null): string {
  return next !== null && next.length <= 500 && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';
}

/** To the provider and back. What went wrong is said on the sign-in page. */
export function signInRoutes(house: House): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/sign-in/start/:workspaceId',
      permission: 'public',
      rateLimit: { perMinute: 30, by: 'ip' },
      handle: async (request, { params }) => {
        const provider = await providerOf(house.records.db, params['workspaceId'] ?? '');
        if (provider === null) throw new Problem('not-found', 'This workspace has no sign-in provider.');
        const next = ownPath(new URL(request.url).searchParams.get('next'));
        const { to, attempt } = await beginAttempt(house, provider, next);
        const sealed = house.vault.seal(JSON.stringify(attempt), PLACE);
        return redirect(to.href, new Headers({ 'set-cookie': cookie(house, sealed, 600) }));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/sign-in/callback',
      permission: 'public',
      rateLimit: { perMinute: 60, by: 'ip' },
      handle: async (request, context) => {
        const headers = new Headers({ 'set-cookie': cookie(house, '', 0) });
        try {
          const next = await finish(house, request, context, headers);
          return redirect(next, headers);
        } catch (error) {
          if (!(error instanceof Problem) || error.status >= 500) throw error;
          return redirect(`/company?failed=${encodeURIComponent(error.detail)}`, headers);
        }
      },
    },
  ];
}

async function finish(house: House, request: Request, context: RouteContext, headers: Headers): Promise<string> {
  const attempt = attemptOf(house, request);
  const provider = attempt === null ? null : await providerOf(house.records.db, attempt.workspaceId);
  if (attempt === null || provider === null) {
    throw new Problem('unauthenticated', 'This sign-in was not begun in this browser, or took too long.');
  }
  const named = await finishAttempt(house, provider, attempt, new URL(request.url).search);
  const user = await comeIn(house, provider, named);
  const { workspaceId } = provider;
  await openProvidedSession(house, headers, user.id, workspaceId, request.headers.get('user-agent') ?? '');
  await tell(house, {
    workspaceId,
    at: house.clock.now(),
    kind: 'change',
    operation: 'directory.signIn',
    objectKind: 'session',
    objectId: '',
    fields: [],
    changes: [],
    callerKind: 'user',
    callerId: user.id,
    callerName: user.email,
    address: context.ip,
    requestId: context.requestId,
  });
  return attempt.next;
}

/** What this browser was given when it left; null where it brings none back, or too late. */
function attemptOf(house: House, request: Request): Attempt | null {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const sealed = pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
  try {
    const attempt = attemptShape.parse(JSON.parse(house.vault.open(sealed, PLACE)));
    return attempt.untilMs > house.clock.now().getTime() ? attempt : null;
  } catch {
    return null;
  }
}

/** Lax: the provider sends the browser back from another site. */
function cookie(house: House, value: string, seconds: number): string {
  const secure = house.config.publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${COOKIE}=${value}; Path=/api/v1/sign-in; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

function redirect(to: string, headers: Headers): Response {
  headers.set('location', to);
  headers.set('cache-control', 'no-store');
  return new Response(null, { status: 303, headers });
}
