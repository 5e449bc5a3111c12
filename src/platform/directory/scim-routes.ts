import { tell } from '../audit/facade.ts';
import type { House, Route, RouteContext } from '../house/house.ts';
import { Problem } from '../kernel/problem.ts';
import { BODY_CAP_BYTES, readCapped } from '../server/body.ts';
import type { Db } from '../stores/ports.ts';
import { countWrongKey } from '../workspaces/facade.ts';
import { hashOf } from '../workspaces/keys.ts';
import { changeUser, createUser, dropGroup, nameOf, putGroup, removeUser, withDirectory } from './provisioning.ts';
import { touchScimToken, workspaceOfScimToken } from './records.ts';
import { SCHEMAS, ScimError, groupShape, parsed, patched, readFilter, userShape } from './scim.ts';
import * as scim from './scim-records.ts';
import type { ScimGroupRow, ScimUserRow } from './scim-records.ts';

export const SCIM_PATH = '/scim/v2';
const PAGE_CAP = 200;
const TOUCHED_MS = 60_000;

interface Asked {
  readonly workspaceId: string;
  readonly body: unknown;
  readonly url: URL;
  readonly id: string;
}

type Answer = { readonly status: number; readonly body?: object; readonly objectId?: string };
type Work = (tx: Db, asked: Asked) => Promise<Answer>;

/** SCIM 2.0 below /scim/v2, by a workspace's own token. */
export function scimRoutes(house: House): Route[] {
  const touched = new Map<string, number>();
  const route = (method: Route['method'], path: `/${string}`, name: string, work: Work): Route => ({
    method,
    path: `${SCIM_PATH}${path}`,
    permission: 'own',
    credential: 'the provisioning token of a workspace',
    rateLimit: { perMinute: 1_200, by: 'ip' },
    handle: async (request, context) => {
      try {
        const workspaceId = await admitted(house, request, context.ip, touched);
        const body = method === 'GET' || method === 'DELETE' ? undefined : await readBody(request);
        const asked = { workspaceId, body, url: new URL(request.url), id: context.params['id'] ?? '' };
        const answer = await withDirectory(house, workspaceId, (tx) => work(tx, asked));
        if (method !== 'GET') await write(house, workspaceId, context, name, answer.objectId ?? asked.id, body);
        return respond(answer);
      } catch (error) {
        if (error instanceof ScimError) return refused(error);
        if (error instanceof Problem && error.status < 500) return refused(new ScimError(error.status, error.detail));
        throw error;
      }
    },
  });
  const fixed = (path: `/${string}`, body: object): Route => route('GET', path, `scim${path}`, async () => ({ status: 200, body })); // prettier-ignore
  const base = `${house.config.publicUrl}${SCIM_PATH}`;
  return [
    fixed('/ServiceProviderConfig', serviceProviderConfig(base)),
    fixed('/ResourceTypes', listOf(RESOURCE_TYPES.map((t) => ({ ...t, meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${t.id}` } })))), // prettier-ignore
    route('GET', '/Users', 'scim.users.list', async (tx, asked) => {
      const users = await scim.scimUsersOf(tx, asked.workspaceId);
      const views = await userViews(tx, base, asked.workspaceId, users);
      return { status: 200, body: page(views, asked.url) };
    }),
    route('POST', '/Users', 'scim.users.create', async (tx, asked) => {
      const user = await createUser(house, tx, asked.workspaceId, parsed(userShape, asked.body));
      return { status: 201, body: await userView(tx, base, user), objectId: user.id };
    }),
    route('GET', '/Users/:id', 'scim.users.get', async (tx, asked) => ({
      status: 200,
      body: await userView(tx, base, await userOf(tx, asked)),
    })),
    route('PUT', '/Users/:id', 'scim.users.replace', async (tx, asked) => {
      const user = await changeUser(house, tx, await userOf(tx, asked), parsed(userShape, asked.body));
      return { status: 200, body: await userView(tx, base, user) };
    }),
    route('PATCH', '/Users/:id', 'scim.users.patch', async (tx, asked) => {
      const before = await userOf(tx, asked);
      const wanted = parsed(userShape, patched(plainUser(before), asked.body));
      const user = await changeUser(house, tx, before, wanted);
      return { status: 200, body: await userView(tx, base, user) };
    }),
    route('DELETE', '/Users/:id', 'scim.users.delete', async (tx, asked) => {
      await removeUser(house, tx, await userOf(tx, asked));
      return { status: 204 };
    }),
    route('GET', '/Groups', 'scim.groups.list', async (tx, asked) => {
      const groups = await scim.scimGroupsOf(tx, asked.workspaceId);
      const links = await scim.groupMembersOf(tx, asked.workspaceId);
      return { status: 200, body: page(groups.map((g) => groupView(base, g, links)), asked.url) }; // prettier-ignore
    }),
    route('POST', '/Groups', 'scim.groups.create', async (tx, asked) => {
      const group = await putGroup(house, tx, asked.workspaceId, null, parsed(groupShape, asked.body));
      return { status: 201, body: await groupAnswer(tx, base, group), objectId: group.id };
    }),
    route('GET', '/Groups/:id', 'scim.groups.get', async (tx, asked) => ({
      status: 200,
      body: await groupAnswer(tx, base, await groupOf(tx, asked)),
    })),
    route('PUT', '/Groups/:id', 'scim.groups.replace', async (tx, asked) => {
      const before = await groupOf(tx, asked);
      const group = await putGroup(house, tx, asked.workspaceId, before, parsed(groupShape, asked.body));
      return { status: 200, body: await groupAnswer(tx, base, group) };
    }),
    route('PATCH', '/Groups/:id', 'scim.groups.patch', async (tx, asked) => {
      const before = await groupOf(tx, asked);
      const links = await scim.groupMembersOf(tx, asked.workspaceId);
      const members = links.filter((l) => l.groupId === before.id).map((l) => ({ value: l.scimUserId }));
      const plain = { displayName: before.displayName, externalId: before.externalId, members };
      const wanted = parsed(groupShape, patched(plain, asked.body));
      const group = await putGroup(house, tx, asked.workspaceId, before, wanted);
      return { status: 200, body: await groupAnswer(tx, base, group) };
    }),
    route('DELETE', '/Groups/:id', 'scim.groups.delete', async (tx, asked) => {
      await dropGroup(house, tx, await groupOf(tx, asked));
      return { status: 204 };
    }),
  ];
}

async function admitted(
  house: House,
  request: Request,
  address: string,
  touched: Map<string, number>,
): Promise<string> {
  const token = /^Bearer\s+(tsp_[0-9a-f]{64})\s*$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const workspaceId = token === undefined ? null : await workspaceOfScimToken(house.records.db, hashOf(token));
  if (workspaceId === null) {
    countWrongKey(house, address);
    throw new Problem('unauthenticated', 'No provisioning token of a workspace came along.', {
      mend: 'Send authorization: Bearer tsp_…',
    });
  }
  const now = house.clock.now();
  if (now.getTime() - (touched.get(workspaceId) ?? 0) >= TOUCHED_MS) {
    touched.set(workspaceId, now.getTime());
    await touchScimToken(house.records.db, workspaceId, now);
  }
  return workspaceId;
}

async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/(scim\+)?json\b/i.test(type)) throw new ScimError(415, 'The body has to be application/scim+json.'); // prettier-ignore
  const text = (await readCapped(request, BODY_CAP_BYTES)).toString('utf8');
  if (text.includes('\\u0000') || text.includes('\u0000'))
    throw new ScimError(400, 'The body holds a NUL.', 'invalidValue');
  try {
    return JSON.parse(text);
  } catch {
    throw new ScimError(400, 'The body is not JSON.');
  }
}

function respond({ status, body }: Answer): Response {
  const headers = { 'content-type': 'application/scim+json', 'cache-control': 'no-store' };
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
}

function refused({ status, detail, scimType }: ScimError): Response {
  const named = scimType === undefined ? {} : { scimType };
  return respond({ status, body: { schemas: [SCHEMAS.error], status: String(status), detail, ...named } });
}

/** A directory's changes stand in the audit log like anybody's. */
async function write(
  house: House,
  workspaceId: string,
  context: RouteContext,
  operation: string,
  objectId: string,
  body: unknown,
): Promise<void> {
  await tell(house, {
    workspaceId,
    at: house.clock.now(),
    kind: 'change',
    operation,
    objectKind: operation.includes('users') ? 'directory user' : 'directory group',
    objectId,
    fields: typeof body === 'object' && body !== null ? Object.keys(body).slice(0, 60).map((f) => f.slice(0, 80)) : [], // prettier-ignore
    changes: [],
    callerKind: 'key',
    callerId: 'provisioning',
    callerName: 'SCIM',
    address: context.ip,
    requestId: context.requestId,
  });
}

async function userOf(tx: Db, { workspaceId, id }: Asked): Promise<ScimUserRow> {
  const user = (await scim.scimUsersOf(tx, workspaceId)).find((u) => u.id === id);
  if (user === undefined) throw new ScimError(404, 'There is no such user.');
  return user;
}

async function groupOf(tx: Db, { workspaceId, id }: Asked): Promise<ScimGroupRow> {
  const group = (await scim.scimGroupsOf(tx, workspaceId)).find((g) => g.id === id);
  if (group === undefined) throw new ScimError(404, 'There is no such group.');
  return group;
}

function plainUser(user: ScimUserRow) {
  return {
    userName: user.userName,
    externalId: user.externalId,
    name: { givenName: user.givenName, familyName: user.familyName },
    displayName: user.displayName,
    emails: [{ value: user.email, type: 'work', primary: true }],
    active: user.active,
  };
}

async function userView(tx: Db, base: string, user: ScimUserRow): Promise<object> {
  const [view] = await userViews(tx, base, user.workspaceId, [user]);
  return view ?? {};
}

async function userViews(tx: Db, base: string, workspaceId: string, users: readonly ScimUserRow[]) {
  const groups = await scim.scimGroupsOf(tx, workspaceId);
  const links = await scim.groupMembersOf(tx, workspaceId);
  return users.map((user) => ({
    schemas: [SCHEMAS.user],
    id: user.id,
    ...present(plainUser(user)),
    displayName: nameOf(user),
    groups: links
      .filter((l) => l.scimUserId === user.id)
      .map((l) => ({ value: l.groupId, display: groups.find((g) => g.id === l.groupId)?.displayName ?? '' })),
    meta: metaOf(base, 'User', user),
  }));
}

async function groupAnswer(tx: Db, base: string, group: ScimGroupRow): Promise<object> {
  return groupView(base, group, await scim.groupMembersOf(tx, group.workspaceId));
}

function groupView(base: string, group: ScimGroupRow, links: readonly scim.Membership[]) {
  const { id, displayName, externalId } = group;
  return {
    schemas: [SCHEMAS.group],
    id,
    ...present({ displayName, externalId }),
    members: links.filter((l) => l.groupId === id).map((l) => ({ value: l.scimUserId, type: 'User' })),
    meta: metaOf(base, 'Group', group),
  };
}

function metaOf(base: string, resourceType: 'User' | 'Group', row: ScimUserRow | ScimGroupRow) {
  const created = row.createdAt.toISOString();
  return { resourceType, created, lastModified: row.updatedAt.toISOString(), location: `${base}/${resourceType}s/${row.id}` }; // prettier-ignore
}

/** Without what is null: SCIM leaves it out. */
function present(of: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== null));
}

function listOf(resources: readonly object[]): object {
  return { schemas: [SCHEMAS.list], totalResults: resources.length, startIndex: 1, itemsPerPage: resources.length, Resources: resources }; // prettier-ignore
}

function page(resources: readonly (object & { readonly id: string })[], url: URL): object {
  const filter = url.searchParams.get('filter');
  const fits = filter === null || filter === '' ? () => true : readFilter(filter);
  const found = resources.filter((r) => fits({ ...r }));
  const whole = (name: string, otherwise: number): number => {
    const value = Number(url.searchParams.get(name) ?? otherwise);
    return Number.isFinite(value) ? Math.trunc(value) : otherwise;
  };
  const startIndex = Math.max(1, whole('startIndex', 1));
  const count = Math.min(PAGE_CAP, Math.max(0, whole('count', 100)));
  const shown = found.slice(startIndex - 1, startIndex - 1 + count);
  return { schemas: [SCHEMAS.list], totalResults: found.length, startIndex, itemsPerPage: shown.length, Resources: shown }; // prettier-ignore
}

const RESOURCE_TYPES = [
  { id: 'User', name: 'User', endpoint: '/Users', schema: SCHEMAS.user },
  { id: 'Group', name: 'Group', endpoint: '/Groups', schema: SCHEMAS.group },
].map((t) => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'], ...t }));

function serviceProviderConfig(base: string): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: PAGE_CAP },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      { type: 'oauthbearertoken', name: 'Bearer token', description: 'The provisioning token of a workspace' },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}
