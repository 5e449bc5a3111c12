import { Hono } from 'hono';
import type { Living } from '../house/compose.ts';
import type { CommonRoute, HotRoute, House, PageRoute, Route, RouteContext } from '../house/house.ts';
import { AtOnce } from '../kernel/at-once.ts';
import { callerId } from '../kernel/context.ts';
import { Problem } from '../kernel/problem.ts';
import { RateLimiter } from '../kernel/rate-limit.ts';
import type { Task } from '../kernel/watch.ts';
import { NOBODY, admit, refuseForeignOrigin, type Admission } from './access.ts';
import { limit, openApi, type Visit } from './api.ts';
import { addressOf, type Socketed } from './address.ts';
import { fetched } from './asked.ts';
import { refuseNul } from './body.ts';
import { openToAnyOrigin, securityHeaders } from './headers.ts';
import { readiness } from './health.ts';
import { answerOf, hotDoor, isHot, isPage, newRequestId, pageOf, type HotDoor } from './hot.ts';
import { openApiDocument } from './openapi.ts';
import { asProblem, problemResponse, responseOf } from './problems.ts';
import { API_PREFIX, routesOf } from './surface.ts';
import type { WebApp } from './web-app.ts';
import { Witness } from './witness.ts';

interface Environment {
  Bindings: Socketed | undefined;
  Variables: { visit: Visit; pattern: string; status: number; anyOrigin: boolean };
}

type Framework = Hono<Environment>;

/** The whole server: one function from Request to Response, and the door that hot routes and pages have on a port. */
export interface App {
  readonly fetch: Framework['fetch'];
  readonly request: Framework['request'];
  readonly hot: HotDoor;
}

export interface AppOptions {
  readonly house: House;
  readonly living: readonly Living[];
  /** The built pages; where there are none only the API answers. */
  readonly web?: WebApp;
}

/** Each holds tens of megabytes, and lasts as long as its reader does. */
const EXPORTS_AT_ONCE = { own: 6, all: 12 };

/** What comes many times a second, or from a machine that watches: told of only when somebody listens closely. */
const QUIET = /^(own |\/healthz|\/readyz)/;

export function buildApp({ house, living, web }: AppOptions): App {
  const app: Framework = new Hono<Environment>();
  const limiter = new RateLimiter(house.clock);
  const exporting = new AtOnce(EXPORTS_AT_ONCE);
  const secured = securityHeaders(house.config.publicUrl);
  const api = openApi(house, living, limiter);

  app.use(async (c, next) => {
    const started = performance.now();
    const requestId = newRequestId();
    const log = house.log.child({ requestId });
    const task = taskOf(c.req.raw.headers);
    c.set('pattern', '-');
    c.set('visit', {
      requestId,
      ip: addressOf(c.req.raw.headers, c.env, house.config.trustedProxies),
      log,
      found: (pattern) => {
        c.set('pattern', pattern);
        task.name = pattern;
      },
    });
    await house.watch.within(task, next);
    secured(c.res.headers);
    if (c.get('anyOrigin')) openToAnyOrigin(c.res.headers);
    c.res.headers.set('x-request-id', requestId);
    const tookMs = performance.now() - started;
    task.name = c.get('pattern');
    const { status } = c.res;
    house.watch.ended(task, { startedMs: started, ms: tookMs, failed: status >= 500, status });
    const ms = Math.round(tookMs * 10) / 10;
    const fields = { method: c.req.method, route: c.get('pattern'), status: c.res.status, ms };
    if (c.res.status >= 500) log.warn(fields, 'request');
    else log[QUIET.test(c.get('pattern')) ? 'debug' : 'info'](fields, 'request');
  });

  app.onError((error, c) => {
    const { requestId, log } = c.get('visit');
    const problem = asProblem(error);
    if (problem?.details.code === 'store-away') log.warn({ error, route: c.get('pattern') }, 'a store is away');
    if (problem !== null) return problemResponse(problem, requestId);
    log.error({ error, route: c.get('pattern') }, 'a request broke');
    return problemResponse(
      new Problem('internal', 'The server could not do this. Its log says why, under this request id.'),
      requestId,
    );
  });

  app.get('/healthz', (c) => {
    c.set('pattern', '/healthz');
    return c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' });
  });
  app.get('/readyz', async (c) => {
    c.set('pattern', '/readyz');
    const ready = await readiness(house);
    return c.json(ready, ready.status === 'ready' ? 200 : 503, { 'cache-control': 'no-store' });
  });

  const routes = routesOf(living);
  for (const route of routes) {
    if (isHot(route)) mountHot(app, house, route);
    else if (isPage(route)) mountPage(app, house, limiter, route);
    else mount(app, house, { limiter, exporting }, route);
  }

  const document = openApiDocument(living.map((l) => l.capability));
  app.get(`${API_PREFIX}/openapi.json`, async (c) => {
    c.set('pattern', 'openapi');
    return c.json(await document());
  });
  app.all(`${API_PREFIX}/*`, (c) => api(c.req.raw, c.get('visit')));

  app.notFound((c) => {
    const page = web?.(c.req.raw);
    if (page !== undefined && page !== null) {
      c.set('pattern', 'page');
      return page;
    }
    return problemResponse(new Problem('not-found', 'There is nothing here.'), c.get('visit').requestId);
  });
  return { fetch: app.fetch, request: app.request, hot: hotDoor(house, limiter, routes) };
}

function taskOf(headers: Headers): Task {
  const traceparent = headers.get('traceparent');
  return { kind: 'request', name: '-', ...(traceparent === null ? {} : { traceparent }) };
}

/** The answer to a browser that asks before it sends. */
function preflight(method: string, wanted: string | undefined): Response {
  const headers = new Headers({ 'access-control-allow-methods': method, 'access-control-max-age': '86400' });
  if (wanted !== undefined && /^[\w\-, ]{1,1000}$/.test(wanted)) headers.set('access-control-allow-headers', wanted);
  return new Response(null, { status: 204, headers });
}

/** An answer whose headers can still be added to: it is copied only where they cannot, for a copy streams its body. */
function open(response: Response): Response {
  try {
    response.headers.delete('x-request-id');
    return response;
  } catch {
    return new Response(response.body, response);
  }
}

function mountPreflight(app: Framework, { path, method }: Route): void {
  app.options(path, (c) => {
    c.set('anyOrigin', true);
    return preflight(method, c.req.header('access-control-request-headers'));
  });
}

/** For who asks without a port, or by a path in another spelling. */
function mountHot(app: Framework, house: House, route: HotRoute): void {
  mountPreflight(app, route);
  app.on(route.method, route.path, async (c) => {
    c.set('anyOrigin', true);
    const { found, requestId, ip } = c.get('visit');
    found(`own ${route.path}`);
    return responseOf(await answerOf(house, route, fetched(c.req.raw, ip), requestId));
  });
}

function mountPage(app: Framework, house: House, limiter: RateLimiter, route: PageRoute): void {
  app.on(route.method, route.path, async (c) => {
    const { found, requestId, ip } = c.get('visit');
    found(route.path);
    const request = c.req.raw;
    // The framework asks the GET of a path for its HEAD and drops the answer.
    if (request.method === 'HEAD') throw new Problem('method-not-allowed', `This path takes ${route.method}.`);
    const [named = ''] = Object.values(c.req.param());
    return responseOf(await pageOf(house, limiter, route, fetched(request, ip), named, requestId));
  });
}

interface Limits {
  readonly limiter: RateLimiter;
  readonly exporting: AtOnce;
}

function mount(app: Framework, house: House, { limiter, exporting }: Limits, route: CommonRoute): void {
  const { permission, rateLimit, anyOrigin = false } = route;
  if (anyOrigin) mountPreflight(app, route);
  app.on(route.method, route.path, async (c) => {
    const visit = c.get('visit');
    c.set('anyOrigin', anyOrigin);
    visit.found(permission === 'own' ? `own ${route.path}` : route.path);
    const request = c.req.raw;
    // The framework asks the GET of a path for its HEAD and drops the answer: an export would begin, and never end.
    if (request.method === 'HEAD') throw new Problem('method-not-allowed', `This path takes ${route.method}.`);
    refuseNul(request.url);
    const limited = rateLimit === 'none, and why' ? null : rateLimit;
    if (limited?.by === 'ip') limit(limiter, `${route.path} ${visit.ip}`, limited.perMinute);
    const admission = await enter(house, request, permission, visit.ip);
    if (limited?.by === 'caller') limit(limiter, `${route.path} ${callerId(admission.caller)}`, limited.perMinute);
    const name = `${route.method} ${route.path}`;
    const sent = { ...c.req.query(), ...c.req.param() };
    const context: RouteContext = {
      ...admission,
      requestId: visit.requestId,
      log: visit.log,
      ip: visit.ip,
      params: c.req.param(),
      begin: () => exporting.begin(admission.workspace.id),
      left: async (rows, end) => {
        const witness = new Witness(house, visit, name, route.audit, admission, true);
        witness.trail.changed('rows', null, String(rows));
        witness.trail.changed('end', null, end);
        await witness.saw(sent, async () => undefined);
      },
    };
    const response = await route.handle(request, context);
    if (response.ok && route.audit !== undefined && !('none' in route.audit)) {
      await new Witness(house, visit, name, route.audit, admission, true).saw(sent, () => response.clone().json());
    }
    return open(response);
  });
}

/** A route with a credential of its own is let in as nobody: it checks what it says it checks. */
function enter(
  house: House,
  request: Request,
  permission: CommonRoute['permission'],
  address: string,
): Promise<Admission> | Admission {
  if (permission === 'own') return NOBODY;
  refuseForeignOrigin(fetched(request, address), house.config.publicUrl);
  return admit(house, request, permission, address);
}
