import { StandardOpenAPIHandler, StandardOpenAPIMatcher } from '@orpc/openapi/standard';
import type { Living } from '../house/compose.ts';
import type { House } from '../house/house.ts';
import { callerId, type RequestContext } from '../kernel/context.ts';
import type { Log } from '../kernel/log.ts';
import { Problem } from '../kernel/problem.ts';
import type { RateLimiter } from '../kernel/rate-limit.ts';
import { admit, refuseForeignOrigin, type Admission } from './access.ts';
import { fetched } from './asked.ts';
import { readJsonBody, refuseNul } from './body.ts';
import { IDEMPOTENCY_HEADER, once } from './idempotency.ts';
import { API_PREFIX, metaOf, operationsOf } from './surface.ts';
import { Witness } from './witness.ts';

/** What the door knows of a request before anybody is let in. */
export interface Visit {
  readonly requestId: string;
  readonly ip: string;
  readonly log: Log;
  /** Told what was found, for the access log: an operation's name or a path with its parameters unfilled. */
  found(pattern: string): void;
}

/** Requests a minute where an operation says nothing. */
const PER_MINUTE = { public: 300, known: 1_200 };
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * All operations of the capabilities behind one door. Every request goes the same way: find the operation, count the
 * request, let the caller in, read the body, do it. Throws what went wrong.
 */
export function openApi(
  house: House,
  living: readonly Living[],
  limiter: RateLimiter,
): (request: Request, visit: Visit) => Promise<Response> {
  const router = Object.fromEntries(living.map((l) => [l.capability.key, l.plugged.handlers]));
  const thrown = new WeakMap<RequestContext, unknown>();
  const handler = new StandardOpenAPIHandler<RequestContext>(router, {
    interceptors: [
      async (options) => {
        try {
          return await options.next();
        } catch (error) {
          thrown.set(options.context, error);
          throw error;
        }
      },
    ],
  });
  const matcher = new StandardOpenAPIMatcher();
  matcher.init(router);
  operationsOf(living.map((l) => l.capability));

  return async (request, visit) => {
    refuseNul(request.url);
    const url = new URL(request.url);
    const path: `/${string}` = `/${url.pathname.slice(API_PREFIX.length).replace(/^\/|\/$/g, '')}`;
    const match = await matcher.match(request.method, path);
    if (match === undefined) throw await unknownPath(matcher, request.method, path);
    const name = match.path.join('.');
    visit.found(name);
    const meta = metaOf(match.procedure, name);
    if (meta.permission === 'public') {
      limit(limiter, `${name} ${visit.ip}`, meta.perMinute ?? PER_MINUTE.public);
    }
    refuseForeignOrigin(fetched(request, visit.ip), house.config.publicUrl);
    const admission = await admit(house, request, meta.permission, visit.ip);
    if (meta.permission !== 'public') {
      const bucket = meta.perMinute === undefined ? 'api' : name;
      limit(limiter, `${bucket} ${callerId(admission.caller)}`, meta.perMinute ?? PER_MINUTE.known);
    }
    const body = request.method === 'GET' ? undefined : await readJsonBody(request);
    const ofWorkspace = meta.permission !== 'public' && meta.permission !== 'session';
    const witness = new Witness(house, visit, name, meta.audit, admission, ofWorkspace);
    const sent = inputOf(url, match.params, body);
    const work = async (): Promise<Response> => {
      const context = contextOf(request, visit, admission, witness);
      const done = await call(handler, thrown, request, url, body, context).catch(async (error: unknown) => {
        await witness.refused(sent);
        throw error;
      });
      await witness.saw(sent, () => Promise.resolve(done.output));
      return answer(done, context);
    };
    const key = request.headers.get(IDEMPOTENCY_HEADER);
    if (key === null || request.method !== 'POST' || meta.permission === 'public') return work();
    const owner = meta.permission === 'session' ? callerId(admission.caller) : admission.workspace.id;
    return once(house, owner, key, { method: request.method, path: url.pathname + url.search, body: body ?? '' }, work);
  };
}

/** Throws Problem `too-many-requests` when the bucket is empty. */
export function limit(limiter: RateLimiter, bucket: string, perMinute: number): void {
  const waitSeconds = limiter.take(bucket, perMinute);
  if (waitSeconds === 0) return;
  throw new Problem('too-many-requests', `No more than ${perMinute} of these a minute.`, {
    mend: `Wait ${waitSeconds} s.`,
    retryAfterSeconds: waitSeconds,
    code: 'too-often',
    values: { seconds: waitSeconds },
  });
}

/** What came along, by name: of the path, the query and the body. */
function inputOf(
  url: URL,
  params: Readonly<Record<string, string>> | undefined,
  body: string | undefined,
): Readonly<Record<string, unknown>> {
  const { workspace: _, ...query } = Object.fromEntries(url.searchParams);
  const sent: unknown = body === undefined ? {} : JSON.parse(body);
  const fields = typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? sent : {};
  return { ...query, ...fields, ...params };
}

function contextOf(request: Request, visit: Visit, admission: Admission, witness: Witness): RequestContext {
  return {
    ...admission,
    trail: witness.trail,
    requestId: visit.requestId,
    log: visit.log,
    ip: visit.ip,
    headers: request.headers,
    responseHeaders: new Headers(),
    signal: request.signal,
  };
}

interface Done {
  readonly status: number;
  /** As JSON takes it; undefined where nothing is answered. */
  readonly output: unknown;
}

/** The framework's own adapter for Request and Response would copy both, and stream what is a text. */
async function call(
  handler: StandardOpenAPIHandler<RequestContext>,
  thrown: WeakMap<RequestContext, unknown>,
  request: Request,
  url: URL,
  body: string | undefined,
  context: RequestContext,
): Promise<Done> {
  const asked = {
    method: request.method,
    url,
    headers: {},
    signal: request.signal,
    body: () => Promise.resolve<unknown>(body === undefined ? undefined : JSON.parse(body)),
  };
  const result = await handler.handle(asked, { prefix: API_PREFIX, context });
  if (thrown.has(context)) throw thrown.get(context);
  if (!result.matched) throw new Problem('not-found', 'There is no such operation.');
  return { status: result.response.status, output: result.response.body };
}

function answer({ status, output }: Done, { responseHeaders }: RequestContext): Response {
  if (output !== undefined) responseHeaders.set('content-type', 'application/json');
  if (!responseHeaders.has('cache-control')) responseHeaders.set('cache-control', 'no-store');
  return new Response(output === undefined ? null : JSON.stringify(output), { status, headers: responseHeaders });
}

async function unknownPath(matcher: StandardOpenAPIMatcher, method: string, path: `/${string}`): Promise<Problem> {
  const others = METHODS.filter((m) => m !== method);
  const found = await Promise.all(others.map(async (m) => ((await matcher.match(m, path)) === undefined ? null : m)));
  const allowed = found.filter((m) => m !== null);
  if (allowed.length === 0) return new Problem('not-found', 'There is no such operation.');
  return new Problem('method-not-allowed', `This path takes ${allowed.join(', ')}.`);
}
