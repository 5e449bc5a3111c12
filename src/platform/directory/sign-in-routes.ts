import { z } from 'zod';
import { tell, type Told } from '../audit/facade.ts';
import type { House, Route, RouteContext } from '../house/house.ts';
import { Problem } from '../kernel/problem.ts';
import { openProvidedSession } from '../workspaces/sessions.ts';
import { comeIn } from './joining.ts';
import { beginAttempt, finishAttempt, type Attempt } from './oidc.ts';
import { providerOf, type ProviderRow } from './records.ts';

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
        try {
          const { to, attempt } = await beginAttempt(house, provider, next);
          const sealed = house.vault.seal(JSON.stringify(attempt), PLACE);
          return redirect(to.href, new Headers({ 'set-cookie': cookie(house, sealed, 600) }));
        } catch (error) {
          return failed(error, new Headers());
        }
      },
    },
    {
      method: 'GET',
      path: '/api/v1/sign-in/callback',
      permission: 'public',
      rateLimit: { perMinute: 60, by: 'ip' },
      handle: async (request, context) => {
        const headers = new Headers({ 'set-cookie': cookie(house, '', 0) });
        const attempt = attemptOf(house, request);
        const provider = attempt === null ? null : await providerOf(house.records.db, attempt.workspaceId);
        if (attempt === null || provider === null) return failed(NOT_BEGUN, headers);
        const comer: Comer = { kind: 'nobody', id: '', name: '' };
        try {
          await finish(house, provider, attempt, request, headers, comer);
          await write(house, provider, context, comer, []);
          return redirect(attempt.next, headers);
        } catch (error) {
          const answer = failed(error, headers);
          const reason = error instanceof Problem ? (error.details.code ?? error.type) : '';
          await write(house, provider, context, comer, [{ field: 'reason', before: null, after: reason }]);
          return answer;
        }
      },
    },
  ];
}

/** As far as is known who comes, for the audit log. */
interface Comer {
  kind: Told['callerKind'];
  id: string;
  name: string;
}

const NOT_BEGUN = new Problem('unauthenticated', 'This sign-in was not begun in this browser, or took too long.', {
  code: 'provider-not-begun',
});

/** To the page that says what went wrong. Throws what nobody could mend there. */
function failed(error: unknown, headers: Headers): Response {
  if (!(error instanceof Problem) || error.status >= 500) throw error;
  return redirect(`/company?failed=${encodeURIComponent(error.details.code ?? error.type)}`, headers);
}

/** Lets whom the provider names in; `comer` is who that is, as far as it came. */
async function finish(
  house: House,
  provider: ProviderRow,
  attempt: Attempt,
  request: Request,
  headers: Headers,
  comer: Comer,
): Promise<void> {
  const named = await finishAttempt(house, provider, attempt, new URL(request.url).search);
  comer.name = named.email;
  const user = await comeIn(house, provider, named);
  Object.assign(comer, { kind: 'user', id: user.id, name: user.email } satisfies Comer);
  await openProvidedSession(house, headers, user.id, provider.workspaceId, request.headers.get('user-agent') ?? '');
}

/** Writes down that somebody came in, or why not. */
function write(
  house: House,
  { workspaceId }: ProviderRow,
  context: RouteContext,
  comer: Comer,
  refusal: Told['changes'],
): Promise<void> {
  return tell(house, {
    workspaceId,
    at: house.clock.now(),
    kind: refusal.length === 0 ? 'change' : 'refused',
    operation: 'directory.signIn',
    objectKind: 'session',
    objectId: '',
    fields: [],
    changes: refusal,
    callerKind: comer.kind,
    callerId: comer.id,
    callerName: comer.name,
    address: context.ip,
    requestId: context.requestId,
  });
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
