import { download } from '../../platform/files/serving.ts';
import type { HotRoute, House, Route } from '../../platform/house/house.ts';
import { RateLimiter } from '../../platform/kernel/rate-limit.ts';
import { rejectedLines } from './download.ts';
import { admit, credentialOf, ingest, type Taking } from './ingest.ts';
import type { Committer } from './committer.ts';

/** Addresses of the Segment HTTP API, and the short ones that browsers call. */
const INGEST: Readonly<Record<string, Taking>> = {
  identify: 'identify',
  track: 'track',
  page: 'page',
  screen: 'screen',
  group: 'group',
  alias: 'alias',
  batch: 'batch',
  import: 'import',
  i: 'identify',
  t: 'track',
  p: 'page',
  s: 'screen',
  g: 'group',
  a: 'alias',
  b: 'batch',
};

const UNLIMITED = {
  rateLimit: 'none, and why',
  why: 'What is sent is what customers do: limited by key and messages (INGEST_PER_MINUTE), and by the journal.',
} as const;

export function journalRoutes(house: House, committer: Committer): readonly Route[] {
  const door = { committer, limiter: new RateLimiter(house.clock) };
  const taking = Object.entries(INGEST).map(([name, what]): HotRoute => ({
    method: 'POST',
    path: `/v1/${name}`,
    permission: 'own',
    credential: 'a write key, or a secret key with events:write',
    anyOrigin: true,
    role: 'ingest',
    ...UNLIMITED,
    take: (request) => ingest(house, door, what, request),
  }));
  return [...taking, ...settingsRoutes(house), downloadRoute(house)];
}

/** What SDKs of browsers ask before they send: where to, and that nothing else is switched on. */
function settingsRoutes(house: House): readonly Route[] {
  const common = {
    method: 'GET',
    permission: 'own',
    credential: 'a write key',
    anyOrigin: true,
    role: 'ingest',
    rateLimit: { perMinute: 600, by: 'ip' },
  } as const;
  return [
    {
      ...common,
      path: '/v1/projects/:key/settings',
      handle: async (request, { params, ip }) => {
        const key = params.key ?? '';
        await admit(house, key, () => ip);
        // The address the page used, and the protocol of the one people open: a proxy may stand between.
        const apiHost = `${new URL(request.url).host}/v1`;
        const protocol = house.config.publicUrl.startsWith('https:') ? 'https' : 'http';
        return settings('public', {
          integrations: { 'Segment.io': { apiKey: key, apiHost, protocol } },
          plan: { track: { __default: { enabled: true } }, identify: { __default: { enabled: true } } },
          edgeFunction: {},
          analyticsNextEnabled: true,
          middlewareSettings: {},
          enabledMiddleware: {},
          remotePlugins: [],
        });
      },
    },
    {
      ...common,
      path: '/sourceConfig/',
      handle: async (request, { ip }) => {
        const key =
          credentialOf(request.headers.get('authorization')) ?? new URL(request.url).searchParams.get('writeKey') ?? '';
        const workspace = await admit(house, key, () => ip);
        const source = {
          id: workspace.id,
          name: workspace.name,
          writeKey: key,
          workspaceId: workspace.id,
          enabled: true,
          config: {},
          connections: [],
          destinations: [],
          dataplanes: {},
        };
        // The key may stand in a header: what is kept in between must not be given to another's page.
        return settings('private', { source });
      },
    },
  ];
}

function settings(shared: 'public' | 'private', body: object): Response {
  return Response.json(body, { headers: { 'cache-control': `${shared}, max-age=60`, vary: 'authorization' } });
}

function downloadRoute(house: House): Route {
  return {
    method: 'GET',
    path: '/api/v1/journal/rejected.ndjson',
    permission: 'events:read',
    audit: { look: 'rejected messages' },
    rateLimit: { perMinute: 30, by: 'caller' },
    handle: (_request, { workspace }) =>
      download('rejected-messages.ndjson', 'application/x-ndjson; charset=utf-8', rejectedLines(house, workspace.id)),
  };
}
