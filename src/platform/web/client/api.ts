import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import minified from 'virtual:contract';
import type { Contract } from '../../../contract.ts';
import { takeEarly } from './early.ts';
import { ProblemError, toProblem } from './problem.ts';

const BASE = '/api/v1';
let workspaceId: string | undefined;

/** Names the workspace of every call that follows. */
export function callIn(id: string | undefined): void {
  workspaceId = id;
}

function headers(): Record<string, string> {
  return workspaceId === undefined ? {} : { 'touchstone-workspace': workspaceId };
}

/** fetch, where no answer at all is a problem too, said in words by ErrorNote. What was asked early is not asked again. */
async function send(asked: Request | string, init?: RequestInit): Promise<Response> {
  const request = new Request(asked, { ...init, credentials: 'same-origin' });
  try {
    return await (takeEarly(request) ?? fetch(request));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError(0, 'unreachable', 'unreachable');
  }
}

/** The same for operations: whatever is no success is thrown as the problem it tells. */
async function operate(request: Request, init: RequestInit): Promise<Response> {
  const response = await send(request, init);
  if (response.ok) return response;
  const problem = await readProblem(response);
  listeners.forEach((hear) => hear(problem));
  throw problem;
}

async function readProblem(response: Response): Promise<ProblemError> {
  return toProblem(response.status, await response.json().catch(() => undefined));
}

const link = new OpenAPILink(minified, { url: () => `${location.origin}${BASE}`, headers, fetch: operate });

const listeners = new Set<(problem: ProblemError) => void>();

/** Tells `hear` of every problem an operation answers with: the shell asks for sign-in on 401. */
export function onProblem(hear: (problem: ProblemError) => void): () => void {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

/** The API by its contract: `api.people.list({ limit: 20 })`. Throws ProblemError. */
export const api: JsonifiedClient<ContractRouterClient<Contract>> = createORPCClient(link);

/**
 * A request that is no operation: an upload, a download. `path` is below `/api/v1` unless it begins with it.
 * Throws ProblemError for any answer but a success.
 */
export async function call(path: `/${string}`, init: RequestInit = {}): Promise<Response> {
  const url = path.startsWith(`${BASE}/`) ? path : `${BASE}${path}`;
  const own = new Headers(init.headers);
  for (const [name, value] of Object.entries(headers())) own.set(name, value);
  const response = await send(url, { ...init, headers: own });
  if (response.ok) return response;
  throw await readProblem(response);
}

/** Sends a file as the body of one request, telling how far it is (0–1): fetch cannot. Throws ProblemError. */
export function upload(
  path: `/${string}`,
  body: Blob,
  options: {
    readonly method?: 'POST' | 'PUT';
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
    readonly onProgress?: (share: number) => void;
  } = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(options.method ?? 'POST', `${BASE}${path}`);
    for (const [name, value] of Object.entries({ ...headers(), ...options.headers }))
      request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response);
      else reject(toProblem(request.status, request.response));
    });
    request.addEventListener('error', () => reject(new ProblemError(0, 'unreachable', 'unreachable')));
    request.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
    options.signal?.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}

/** Saves an answer of the API as a file on the reader's machine. */
export async function download(path: `/${string}`, name: string): Promise<void> {
  save(await (await call(path)).blob(), name);
}

/** Saves what the page itself made. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
