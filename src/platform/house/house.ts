import type { AnyContractRouter } from '@orpc/contract';
import type { AnyRouter } from '@orpc/server';
import type { z } from 'zod';
import type { Clock } from '../kernel/clock.ts';
import type { Config, Role } from '../kernel/config.ts';
import type { Log } from '../kernel/log.ts';
import type { Watch } from '../kernel/watch.ts';
import type { Access, Audited } from '../kernel/contract.ts';
import type { Permission } from '../kernel/permissions.ts';
import type { HappeningState } from '../activity/vocabulary.ts';
import type { Workspace, Caller } from '../kernel/context.ts';
import type { Db, Facts, FactsMigration, Records } from '../stores/ports.ts';
import type { JobHandler, Jobs } from '../jobs/ports.ts';
import type { Engines } from '../stores/engines.ts';
import type { FactsAddress } from '../stores/facts.ts';
import type { SpaceWatch } from '../stores/space.ts';
import type { Files } from '../files/ports.ts';
import type { Mail } from '../mail/ports.ts';
import type { RetentionKind } from '../retention/vocabulary.ts';
import type { Vault } from '../vault/vault.ts';

/** What the platform lends to every capability. Plain ports: no capability opens a store of its own. */
export interface House {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly records: Records;
  readonly facts: Facts;
  readonly jobs: Jobs;
  readonly files: Files;
  readonly mail: Mail;
  readonly vault: Vault;
  readonly events: Events;
  /** Told of what is done, for whom and how long it took. */
  readonly watch: Watch;
  /** What has been acknowledged and is not yet among the facts, over all workspaces; null where no capability keeps any. */
  backlog(): Promise<Backlog | null>;
  /** What its capabilities find of themselves. */
  examine(): Promise<readonly Finding[]>;
  /** What its capabilities keep for as long as a workspace says. */
  keepers(): readonly Keeper[];
  /** Who tells of long work. */
  tellers(): readonly Teller[];
  /** Whether anything that people put into a workspace is there, facts and members aside. */
  holds(workspaceId: string): Promise<boolean>;
  /** Where the stores are, for a thread that opens its own connections. */
  readonly addresses: StoreAddresses;
  /** How the engines fare that this process started; absent where it started none. */
  readonly engines?: Engines['status'];
  /** Room where this process and its engines write: while there is none, nothing new is taken. */
  readonly space: Pick<SpaceWatch, 'refusal'>;
  /** False in a command that does one thing and leaves, and in tests: nothing runs beside the caller. */
  readonly background: boolean;
}

/** What a look at one thing found, in plain words for whoever runs the house. */
export interface Finding {
  /** `disk`, `journal`: the same for every look at the same thing. */
  readonly check: string;
  /** `warn`: will hurt one day, or somebody may want to know; `skip`: could not be looked at. */
  readonly state: 'ok' | 'warn' | 'fail' | 'skip';
  readonly says: string;
  /** What to do about it. */
  readonly mend?: string;
}

/** What of a workspace lies before the border of its retention. */
export interface Leaving {
  readonly workspaceId: string;
  readonly before: Date;
}

/** Something that is kept for as long as a workspace says; several may keep what is of one kind. */
export interface Keeper {
  readonly kind: RetentionKind;
  /** What would leave. Told and counted of one keeper of each kind; the others only remove what goes with it. */
  count?(leaving: Leaving): Promise<{ readonly rows: number; readonly oldest: Date | null }>;
  /**
   * Numbers of what leaves, in bounded parts, where finding it takes long: outside of the units. Each part is handed to
   * `remove`, which looks whether they leave still.
   */
  find?(leaving: Leaving): AsyncIterable<readonly number[]>;
  /**
   * Removes a part of it that is bounded, in a unit that the caller holds. Repeatable: cut off anywhere, the next call
   * goes on. `more`: not all of it, or only what was found was looked at.
   */
  remove(leaving: Leaving, found?: readonly number[]): Promise<{ readonly rows: number; readonly more: boolean }>;
  /** Nothing that writes to both stores may be under way meanwhile: each part waits for that, and it for the part. */
  readonly alone?: true;
  /** Tables of the facts store it deletes from: the rows are off every answer at once, off the disk once these are cleared. */
  readonly tables?: readonly string[];
}

/** Long work of a workspace, how it ended, or something that waits for a person. */
export interface Happening {
  /** The same for as long as it is the same thing. */
  readonly id: string;
  /** `imports.load`: pages have words for it. */
  readonly what: string;
  readonly state: HappeningState;
  /** What it is known by: a file's name. */
  readonly name?: string | null;
  readonly count?: number | null;
  /** How far it is, 0–1. */
  readonly share?: number | null;
  readonly secondsLeft?: number | null;
  /** When it began, ended, or came up. */
  readonly at: Date;
}

/** Whom happenings are told, and since when what ended is. */
export interface Asker {
  readonly workspaceId: string;
  /** Null for a key. */
  readonly userId: string | null;
  readonly since: Date;
}

/** Tells members of long work, in a few quick reads: it is asked at every page. */
export interface Teller {
  readonly permission: Permission;
  tell(asker: Asker): Promise<readonly Happening[]>;
}

/** What waits for the facts store. */
export interface Backlog {
  /** Rows of the journal, each with the messages of one durable write. */
  readonly rows: number;
  readonly messages: number;
  readonly bytes: number;
  /** When the oldest of it arrived. */
  readonly oldestAt: Date | null;
  /** Messages that no try got through and that wait for somebody to look; not among the others. */
  readonly setAside: number;
  /** Refused messages that are still listed. */
  readonly refused: number;
  /** More bytes than these are not taken. */
  readonly capBytes: number;
}

export interface StoreAddresses {
  readonly recordsUrl: string;
  readonly facts: FactsAddress;
}

/** A named event inside the house: `workspace.created`. Published by one capability, heard by any. */
export interface EventKind<P> {
  readonly name: string;
  readonly payload: z.ZodType<P>;
}

export interface Events {
  /**
   * Tells every subscriber, at least once each, by a job of its own; inside `tx` only when that commits.
   * Subscribers are idempotent.
   */
  publish<P>(kind: EventKind<P>, payload: P, options?: { readonly tx?: Db }): Promise<void>;
}

export interface Subscription {
  readonly kind: EventKind<never>;
  hear(payload: unknown): Promise<void>;
}

export function subscribe<P>(kind: EventKind<P>, work: (payload: P) => Promise<void>): Subscription {
  return { kind: kind as unknown as EventKind<never>, hear: (payload) => work(kind.payload.parse(payload)) };
}

/** How an export ended: all of it left, something broke it off, or whoever asked hung up. */
export type ExportEnd = 'whole' | 'broken off' | 'hung up';

/** What a route gets beside the request. A `public` route has no workspace. */
export interface RouteContext {
  readonly caller: Caller;
  readonly workspace: Workspace;
  readonly permissions: ReadonlySet<Permission>;
  readonly requestId: string;
  readonly log: Log;
  readonly ip: string;
  /** Values of `:name` in the path. */
  readonly params: Readonly<Record<string, string>>;
  /** Of an export: begins it, or throws Problem where enough run; what comes back ends it. */
  begin(): () => void;
  /** Of an export, once it ended: tells the audit log how many rows left. */
  left(rows: number, end: ExportEnd): Promise<void>;
}

/** What is no operation of the API: hot ingest, uploads, downloads, pages for customers. Whole paths. */
export type Route = CommonRoute | HotRoute | PageRoute;

interface RouteSurface {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** `/v1/batch`, `/api/v1/uploads/:uploadId`. */
  readonly path: `/${string}`;
  /** `own`: the route checks a credential of its own (a write key) and says so in `credential`. */
  readonly permission: Access | 'own';
  readonly credential?: string;
  readonly rateLimit: { readonly perMinute: number; readonly by: 'ip' | 'caller' } | 'none, and why';
  /** As of an operation; a route with a credential of its own is told of by what it feeds. */
  readonly audit?: Audited;
  /** Who answers it in a house of several servers: `web` unless said. */
  readonly role?: Exclude<Role, 'worker'> | 'any';
  /** Pages of any origin may call it (CORS) and read its answers, errors too. For routes that take no cookie. */
  readonly anyOrigin?: true;
  /** For `rateLimit: 'none, and why'`. */
  readonly why?: string;
}

export interface CommonRoute extends RouteSurface {
  handle(request: Request, context: RouteContext): Promise<Response> | Response;
}

/**
 * A route that is called thousands of times a second. Nothing is made for it that it does not ask for: no Request, no
 * log of its own, no limit. Its path has no parameters, and pages of any origin may call it.
 */
export interface HotRoute extends RouteSurface {
  readonly method: 'POST';
  readonly permission: 'own';
  readonly credential: string;
  readonly rateLimit: 'none, and why';
  readonly why: string;
  readonly anyOrigin: true;
  /** The JSON of a 200. Throws Problem for every other answer. */
  take(request: HotRequest): Promise<string>;
}

/**
 * A page that anybody may open and whose form anybody may send, thousands of them after a mailing: as with a hot route nothing
 * is made for it that it does not ask for. Its path ends with its one parameter.
 */
export interface PageRoute extends RouteSurface {
  readonly method: 'GET' | 'POST';
  readonly path: `/${string}/:${string}`;
  readonly permission: 'public';
  readonly rateLimit: { readonly perMinute: number; readonly by: 'ip' };
  /** @param named what stands in the place of the parameter */
  answer(request: HotRequest, named: string): Promise<PlainAnswer>;
  /** A problem as a page, for who is no developer: what was thrown, by this route or before it was asked. Throws it on else. */
  refused(request: HotRequest, error: unknown): PlainAnswer;
}

/** As much of a request as a hot route or a page asks for. */
export interface HotRequest {
  readonly method: string;
  /** Path and query, as they came. */
  readonly url: string;
  /** The caller's, with the trusted proxies looked through. Found out when asked for. */
  address(): string;
  /** By its name in lower case; undefined where it was not sent. */
  header(name: string): string | undefined;
  /**
   * The body as it came. Throws Problem `too-large` beyond `cap` bytes, and `bad-input` where it ends too early; what `signal`
   * says once that is aborted.
   */
  body(cap: number, signal?: AbortSignal): Promise<Buffer>;
}

/** An answer that is a text, whole. */
export interface PlainAnswer {
  readonly status: number;
  /** Names in lower case and values, one after another. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** A command's way to the API, the same whether a server runs or the command is the server for a moment. */
export interface Connection {
  /** `/api/v1/…`, with a secret key. Answers whatever came: look at `ok`. */
  request(path: `/${string}`, init?: RequestInit): Promise<Response>;
  /** Where it goes, in words. */
  readonly to: string;
  close(): Promise<void>;
}

/** Opens one; `overrides` are what the command line said of the configuration. Throws in words. */
export type Connect = (overrides?: Partial<Config>) => Promise<Connection>;

/** A command of `./touchstone`. It speaks HTTP to a running server, or opens the data directory when nobody owns it. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** How it is called, after `./touchstone`. */
  readonly usage: string;
  run(args: readonly string[], env: Readonly<Record<string, string | undefined>>, connect: Connect): Promise<number>;
}

/** What a capability gives to a running house. */
export interface Plugged {
  /** oRPC handlers, one per operation of its contract. */
  readonly handlers: AnyRouter;
  readonly routes?: readonly Route[];
  readonly jobs?: readonly JobHandler[];
  readonly subscriptions?: readonly Subscription[];
  /** Of the one capability that keeps what was acknowledged. */
  backlog?(): Promise<Backlog>;
  /** What the doctor should say of what is its own. */
  examine?(): Promise<readonly Finding[]>;
  /** What it keeps for as long as a workspace says. */
  readonly keeps?: readonly Keeper[];
  /** What a member may be told of, while it goes on and once it ended. */
  readonly tells?: Teller;
  /** Whether it keeps anything for a workspace that would be lost or forgotten were it closed; facts aside. */
  holds?(workspaceId: string): Promise<boolean>;
  /**
   * After a backup was put back, before anything starts: mends what a backup cannot hold, as the tokens of inserts, and
   * makes anew what mirrors the records among the facts.
   */
  restored?(): Promise<void>;
  /** After the stores are ready, before requests are taken. */
  start?(): Promise<void>;
  /** Seals every secret that it keeps anew, by `vault.reseal`. Answers how many. */
  reseal?(vault: Vault): Promise<number>;
  /** After the last request; finish or leave at a safe place. */
  stop?(): Promise<void>;
}

/** One folder of the house. Listed in server-capabilities.ts. */
export interface Capability {
  /** Its folder below src: `core/people`. */
  readonly name: string;
  /** The key its operations have in the API: `people` in `people.list`. */
  readonly key: string;
  readonly contract: AnyContractRouter;
  readonly facts?: readonly FactsMigration[];
  plug(house: House): Plugged;
}
