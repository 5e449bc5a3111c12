/**
 * A whole house for one live test file, over the engines that `live-setup.ts` started:
 *
 *     let world: World;
 *     beforeAll(async () => { world = await openWorld(); });
 *     afterAll(() => world.close());
 *
 *     const shop = await world.workspace();                     // a workspace of its own, with keys
 *     await world.runJobs();                                    // until no job waits; throws when one failed for good
 *     await world.drain();                                      // until the journal is empty
 *     const answer = await world.api(shop.secretKey).get('/api/v1/people?limit=5');   // {status, body, headers}
 *     const response = await world.app.request('/v1/batch', { method: 'POST', body, headers });
 *     world.house.records.db …   world.house.facts.query …      // the ports themselves
 *
 * Each world has a PostgreSQL database (copied from a migrated template; run `npm run migrations` after changing a
 * tables.ts) and a ClickHouse database of its own. Nothing runs in the background: jobs are done when `runJobs` says
 * so. Name the file `*.live.test.ts` and run it by `npx vitest run --project live PATH`.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { drainJournal } from '../../src/core/journal/drain.ts';
import { readConfig, type Config } from '../../src/platform/kernel/config.ts';
import type { Clock } from '../../src/platform/kernel/clock.ts';
import { silentLog } from '../../src/platform/kernel/log.ts';
import { composeHouse, type ComposedHouse } from '../../src/platform/house/compose.ts';
import type { Capability, House } from '../../src/platform/house/house.ts';
import { KEY_SCOPES, type Permission } from '../../src/platform/kernel/permissions.ts';
import type { FactsAddress } from '../../src/platform/stores/facts.ts';
import { createRecordsDatabase } from '../../src/platform/stores/databases.ts';
import { buildApp } from '../../src/platform/server/app.ts';
import { createKey, createWorkspace } from '../../src/platform/workspaces/facade.ts';
import { serverCapabilities } from '../../src/server-capabilities.ts';

export interface WorldOptions {
  /** Stores that are there already (`freshDatabase`): the facts lie in the database of the same name. */
  readonly recordsUrl?: string;
  /** Another ClickHouse than that of all live tests. */
  readonly facts?: Omit<FactsAddress, 'database'>;
  readonly clock?: Clock;
  readonly capabilities?: readonly Capability[];
  readonly config?: Partial<Config>;
}

/** A workspace of a test: nobody is its member, its keys open it. */
export interface TestWorkspace {
  readonly id: string;
  readonly zone: string;
  readonly currency: string;
  /** For ingest. */
  readonly writeKey: string;
  /** For the API. */
  readonly secretKey: string;
}

export interface WorkspaceOptions {
  readonly name?: string;
  /** UTC unless said. */
  readonly zone?: string;
  readonly currency?: string;
  readonly locale?: string;
  /** Of its secret key; all that a key may carry unless said. */
  readonly scopes?: readonly Permission[];
}

export interface Answer {
  readonly status: number;
  /** Parsed where it is JSON, else text. */
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Api {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown): Promise<Answer>;
  patch(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

export interface World {
  readonly house: House;
  readonly living: ComposedHouse['living'];
  readonly app: { request(path: string | Request, init?: RequestInit): Promise<Response> };
  /** A new workspace, whose defaults are laid when this resolves. */
  workspace(options?: WorkspaceOptions): Promise<TestWorkspace>;
  /** Calls the API with a secret key; without one, as nobody. */
  api(secretKey?: string): Api;
  /** Until no job waits. Throws when one failed for good, unless `tolerant`. */
  runJobs(options?: { readonly tolerant?: boolean }): Promise<void>;
  /** Brings all that was acknowledged among the facts. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** A new database of PostgreSQL: a copy of the migrated template, or an empty one. Gives its address. */
export function freshDatabase(kind: 'migrated' | 'empty' = 'migrated'): Promise<string> {
  const { recordsUrl, templateDatabase } = inject('live');
  const name = `w_${randomBytes(8).toString('hex')}`;
  return createRecordsDatabase(recordsUrl, name, kind === 'migrated' ? templateDatabase : 'template0');
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
  return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const live = inject('live');
  const recordsUrl = options.recordsUrl ?? (await freshDatabase());
  const name = new URL(recordsUrl).pathname.slice(1);
  const dataDir = join(live.dir, name);
  await mkdir(dataDir, { recursive: true });
  const composed = await composeHouse({
    config: readConfig({}, { dataDir, logLevel: 'silent', ...options.config }),
    stores: { recordsUrl, facts: { ...(options.facts ?? live.facts), database: name } },
    capabilities: options.capabilities ?? serverCapabilities,
    log: silentLog,
    background: false,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  const { house, living } = composed;
  await composed.start({ alone: true });

  const app = buildApp({ house, living });
  const request = async (path: string | Request, init?: RequestInit): Promise<Response> =>
    app.fetch(typeof path === 'string' ? new Request(new URL(path, house.config.publicUrl), init) : path);

  async function workspace(wanted: WorkspaceOptions = {}): Promise<TestWorkspace> {
    const { name: called = 'A shop', zone = 'UTC', currency = 'EUR', locale = 'en', scopes = KEY_SCOPES } = wanted;
    const created = await createWorkspace(house, { name: called, zone, currency, locale });
    const { id } = created.workspace;
    const secret = await createKey(house, id, { kind: 'secret', name: 'Test', scopes: [...scopes] }, 'a test');
    await composed.jobs.runAll();
    return { id, zone, currency, writeKey: created.writeKey, secretKey: secret.key };
  }

  function api(secretKey?: string): Api {
    const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      answerOf(
        await request(path, {
          method,
          headers: {
            ...(secretKey === undefined ? {} : { authorization: `Bearer ${secretKey}` }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    return {
      get: (path) => call('GET', path),
      post: (path, body, headers) => call('POST', path, body, headers),
      put: (path, body) => call('PUT', path, body),
      patch: (path, body) => call('PATCH', path, body),
      delete: (path) => call('DELETE', path),
    };
  }

  return {
    house,
    living,
    app: { request },
    workspace,
    api,
    runJobs: (how) => composed.jobs.runAll(how),
    drain: () => drainJournal(house),
    close: () => composed.stop(),
  };
}
