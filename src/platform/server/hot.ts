import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HotRequest, HotRoute, House, PageRoute, PlainAnswer, Route } from '../house/house.ts';
import { Problem } from '../kernel/problem.ts';
import type { RateLimiter } from '../kernel/rate-limit.ts';
import type { Task } from '../kernel/watch.ts';
import { refuseForeignOrigin } from './access.ts';
import { limit } from './api.ts';
import { socketed } from './asked.ts';
import { refuseNul } from './body.ts';
import { openToAnyOrigin, securityHeaders } from './headers.ts';
import { asProblem, problemAnswer } from './problems.ts';

/** Answers what is meant for a hot route or a page of a capability and returns true; false for every other request. */
export type HotDoor = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

export function isHot(route: Route): route is HotRoute {
  return 'take' in route;
}

export function isPage(route: Route): route is PageRoute {
  return 'answer' in route;
}

/** Answers them straight on the HTTP server: a framework between costs as much again as all the rest. */
export function hotDoor(house: House, limiter: RateLimiter, routes: readonly Route[]): HotDoor {
  const hot = new Map(routes.filter(isHot).map((route) => [`${route.method} ${route.path}`, route]));
  const pages = new Map(
    routes
      .filter(isPage)
      .map((route) => [`${route.method} ${route.path.slice(0, route.path.lastIndexOf(':'))}`, route]),
  );
  const headers = commonHeaders(house.config.publicUrl);
  return (incoming, outgoing) => {
    const path = pathOf(incoming.url ?? '');
    const route = hot.get(`${incoming.method} ${path}`);
    if (route !== undefined) {
      const asked = socketed(incoming, house.config.trustedProxies);
      void answer(house, route, asked, outgoing, headers.hot, (id) => answerOf(house, route, asked, id));
      return true;
    }
    const last = path.lastIndexOf('/') + 1;
    const page = pages.get(`${incoming.method} ${path.slice(0, last)}`);
    const named = path.slice(last);
    // In another spelling it is for the framework to read.
    if (page === undefined || !/^[\w-]+$/.test(named)) return false;
    const asked = socketed(incoming, house.config.trustedProxies);
    void answer(house, page, asked, outgoing, headers.page, (id) => pageOf(house, limiter, page, asked, named, id));
    return true;
  };
}

function pathOf(address: string): string {
  const query = address.indexOf('?');
  return query < 0 ? address : address.slice(0, query);
}

async function answer(
  house: House,
  route: HotRoute | PageRoute,
  asked: HotRequest,
  outgoing: ServerResponse,
  { policy, common }: { readonly policy: readonly [string, string]; readonly common: readonly string[] },
  ask: (requestId: string) => Promise<PlainAnswer>,
): Promise<void> {
  const started = performance.now();
  const requestId = newRequestId();
  const quiet = isHot(route);
  const name = quiet ? `own ${route.path}` : route.path;
  const traceparent = asked.header('traceparent');
  const task: Task = { kind: 'request', name, ...(traceparent === undefined ? {} : { traceparent }) };
  const { status, headers, body } = await (quiet ? ask(requestId) : house.watch.within(task, () => ask(requestId)));
  const length = String(Buffer.byteLength(body));
  const own = headers.includes(policy[0]) ? [] : policy;
  outgoing
    .writeHead(status, [...common, ...own, 'x-request-id', requestId, ...headers, 'content-length', length])
    .end(body);
  const ms = performance.now() - started;
  house.watch.ended(task, { startedMs: started, ms, failed: status >= 500, status });
  const fields = { requestId, method: route.method, route: name, status, ms: Math.round(ms * 10) / 10 };
  if (status >= 500) house.log.warn(fields, 'request');
  else house.log[quiet ? 'debug' : 'info'](fields, 'request');
}

/** What a hot route answers: the same on a port and where a test asks the app. */
export async function answerOf(
  house: House,
  route: HotRoute,
  request: HotRequest,
  requestId: string,
): Promise<PlainAnswer> {
  try {
    return { status: 200, headers: JSON_HEADERS, body: await route.take(request) };
  } catch (error) {
    return refusal(house, route, error, requestId);
  }
}

/** What a page answers, to whoever may ask: the same on a port and where a test asks the app. */
export async function pageOf(
  house: House,
  limiter: RateLimiter,
  route: PageRoute,
  request: HotRequest,
  named: string,
  requestId: string,
): Promise<PlainAnswer> {
  try {
    refuseNul(request.url);
    limit(limiter, `${route.path} ${request.address()}`, route.rateLimit.perMinute);
    refuseForeignOrigin(request, house.config.publicUrl);
    return await route.answer(request, named);
  } catch (error) {
    try {
      return route.refused(request, error);
    } catch (thrown) {
      return refusal(house, route, thrown, requestId);
    }
  }
}

function refusal(house: House, { path }: Route, error: unknown, requestId: string): PlainAnswer {
  const problem = asProblem(error);
  if (problem?.details.code === 'store-away')
    house.log.warn({ requestId, error: asError(error), route: path }, 'a store is away');
  if (problem !== null) return problemAnswer(problem, requestId);
  house.log.error({ requestId, error: asError(error), route: path }, 'a request broke');
  return problemAnswer(
    new Problem('internal', 'The server could not do this. Its log says why, under this request id.'),
    requestId,
  );
}

const JSON_HEADERS = ['content-type', 'application/json'];

/** 24 hex digits, 90 bits of them random. */
export function newRequestId(): string {
  const uuid = randomUUID();
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24, 28);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Names and values, one after another; the policy apart, for an answer may have its own. */
function commonHeaders(publicUrl: string) {
  const headers = new Headers();
  securityHeaders(publicUrl)(headers);
  const policy = ['content-security-policy', headers.get('content-security-policy') ?? ''] as const;
  headers.delete(policy[0]);
  const own = [...headers].flat();
  openToAnyOrigin(headers);
  return { page: { policy, common: own }, hot: { policy, common: [...headers].flat() } };
}
