import type { Access } from '../../kernel/contract.ts';
import type { OwnWorkspace, SessionView } from '../../workspaces/contract.ts';
import type { Address } from '../ui/address.ts';

const BASE = '/api/v1';
const REMEMBERED = 'touchstone.workspace';
/** What nobody took by then is asked for anew: it is no longer how things stand. */
const KEPT_MS = 20_000;

/** Asks for what a page will ask: the same path, with the same parameters. Undefined where it was refused. */
export type AskEarly = (path: `/${string}`, input?: Readonly<Record<string, string>>) => Promise<unknown>;

/** What a page wants that the app is often opened at, from the first moment on. Listed in src/web-early.ts. */
export interface EarlyPage {
  readonly path: `/${string}`;
  readonly permission: Access;
  /** The page's own code. */
  readonly load: () => Promise<unknown>;
  readonly ask: (ask: AskEarly, address: Address) => Promise<unknown>;
}

const asked = new Map<string, { readonly answer: Promise<Response>; readonly at: number }>();

/** The same question, in whatever order its parameters stand. */
function nameOf(url: URL, workspaceId: string | null): string {
  const input = new URLSearchParams(url.search);
  input.sort();
  return `${workspaceId ?? ''} ${url.pathname}?${input.toString()}`;
}

async function ask(path: `/${string}`, input: Readonly<Record<string, string>>, workspaceId?: string) {
  const url = new URL(`${BASE}${path}`, location.origin);
  for (const [name, value] of Object.entries(input)) url.searchParams.set(name, value);
  const headers = new Headers(workspaceId === undefined ? {} : { 'touchstone-workspace': workspaceId });
  const answer = fetch(url, { credentials: 'same-origin', headers });
  asked.set(nameOf(url, workspaceId ?? null), { answer, at: performance.now() });
  const response = await answer;
  // Before anybody else reads it.
  return response.ok ? response.clone().json() : undefined;
}

/** The answer to a question that was asked early, once; undefined for any other. */
export function takeEarly(request: Request): Promise<Response> | undefined {
  if (request.method !== 'GET' || asked.size === 0) return undefined;
  const name = nameOf(new URL(request.url), request.headers.get('touchstone-workspace'));
  const found = asked.get(name);
  asked.delete(name);
  return found !== undefined && performance.now() - found.at < KEPT_MS ? found.answer : undefined;
}

/** The workspace the reader works in: the one they chose last, else their first. */
export function ownWorkspace(workspaces: readonly OwnWorkspace[], chosen: string | null): OwnWorkspace | undefined {
  return workspaces.find(({ id }) => id === chosen) ?? workspaces[0];
}

export function rememberedWorkspace(): string | null {
  return localStorage.getItem(REMEMBERED);
}

export function rememberWorkspace(id: string): void {
  localStorage.setItem(REMEMBERED, id);
}

/** Asks who reads, and for all that the opened page shows, while the app's own code is on its way. */
export async function askForPage(page: EarlyPage | undefined, address: Address): Promise<void> {
  page?.load().catch(() => undefined);
  const session = (await ask('/session', {})) as SessionView | undefined;
  const workspace = session === undefined ? undefined : ownWorkspace(session.workspaces, rememberedWorkspace());
  if (page === undefined || workspace === undefined || workspace.barred !== null) return;
  if (!workspace.permissions.some((own) => own === page.permission)) return;
  await page.ask((path, input = {}) => ask(path, input, workspace.id), address);
}
