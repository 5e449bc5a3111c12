import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { House, HotRequest, HotRoute, Route } from '../house/house.ts';
import { Problem } from '../kernel/problem.ts';
import type { Task } from '../kernel/watch.ts';
import { addressOf } from './address.ts';
import { readCapped, tooLarge } from './body.ts';
import { openToAnyOrigin, securityHeaders } from './headers.ts';
import { asProblem, problemAnswer, type PlainAnswer } from './problems.ts';

/** Answers what is meant for a hot route and returns true; false for every other request. */
export type HotDoor = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

export function isHot(route: Route): route is HotRoute {
  return 'take' in route;
}

/** Answers hot routes straight on the HTTP server: a framework between costs as much again as all the rest. */
export function hotDoor(house: House, routes: readonly HotRoute[]): HotDoor {
  const byPath = new Map<string, HotRoute>(routes.map((route) => [route.path, route]));
  const common = commonHeaders(house.config.publicUrl);
  return (incoming, outgoing) => {
    const route = incoming.method === 'POST' ? byPath.get(pathOf(incoming.url ?? '')) : undefined;
    if (route === undefined) return false;
    void answer(house, route, incoming, outgoing, common);
    return true;
  };
}

function pathOf(address: string): string {
  const query = address.indexOf('?');
  return query < 0 ? address : address.slice(0, query);
}

async function answer(
  house: House,
  route: HotRoute,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  common: readonly string[],
): Promise<void> {
  const started = performance.now();
  const requestId = newRequestId();
  const { status, headers, body } = await answerOf(
    house,
    route,
    socketed(incoming, house.config.trustedProxies),
    requestId,
  );
  const length = String(Buffer.byteLength(body));
  outgoing.writeHead(status, [...common, 'x-request-id', requestId, ...headers, 'content-length', length]).end(body);
  const ms = performance.now() - started;
  const name = `own ${route.path}`;
  const { traceparent } = incoming.headers;
  const task: Task = { kind: 'request', name, ...(typeof traceparent === 'string' ? { traceparent } : {}) };
  house.watch.ended(task, { startedMs: started, ms, failed: status >= 500, status });
  const fields = { requestId, method: route.method, route: name, status, ms: Math.round(ms * 10) / 10 };
  if (status >= 500) house.log.warn(fields, 'request');
  else house.log.debug(fields, 'request');
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
    const problem = asProblem(error);
    if (problem !== null) return problemAnswer(problem, requestId);
    house.log.error({ requestId, error: asError(error), route: route.path }, 'a request broke');
    return problemAnswer(
      new Problem('internal', 'The server could not do this. Its log says why, under this request id.'),
      requestId,
    );
  }
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

/** Names and values, one after another. */
function commonHeaders(publicUrl: string): string[] {
  const headers = new Headers();
  securityHeaders(publicUrl)(headers);
  openToAnyOrigin(headers);
  return [...headers].flat();
}

function socketed(incoming: IncomingMessage, trustedProxies: number): HotRequest {
  return {
    address: () =>
      addressOf({ get: (name) => incoming.headers[name]?.toString() ?? null }, { incoming }, trustedProxies),
    header: (name) => {
      const value = incoming.headers[name];
      return typeof value === 'string' ? value : value?.[0];
    },
    body: (cap) => bodyOf(incoming, cap),
  };
}

/** What lies beyond the cap is read and let go by the HTTP server, so that the sender hears the answer. */
function bodyOf(incoming: IncomingMessage, cap: number): Promise<Buffer> {
  if (Number(incoming.headers['content-length']) > cap) return Promise.reject(tooLarge(cap));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > cap) reject(tooLarge(cap));
      else chunks.push(chunk);
    });
    incoming.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    // Whoever hangs up in the middle is no defect of ours: a phone that leaves the network does it every day.
    const cutOff = (): void => {
      if (!incoming.complete) reject(new Problem('bad-input', 'The body ended too early.'));
    };
    incoming.once('error', cutOff).once('close', cutOff);
  });
}

/** The same of a Request, for who asks the app without a port. */
export function fetched(request: Request, address: string): HotRequest {
  return {
    address: () => address,
    header: (name) => request.headers.get(name) ?? undefined,
    body: (cap) => readCapped(request, cap),
  };
}
