import { implement } from '@orpc/server';
import { expect } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import { serverCapabilities } from '../../server-capabilities.ts';
import type { Capability, Route } from '../house/house.ts';
import type { Clock } from '../kernel/clock.ts';
import type { RequestContext } from '../kernel/context.ts';
import { operation } from '../kernel/contract.ts';
import { Problem } from '../kernel/problem.ts';

const things = {
  make: operation({ method: 'POST', path: '/things', permission: 'imports:write', status: 201, summary: 'Make' })
    .input(
      z.object({
        name: z.string().min(2),
        password: z.string().max(3).optional(),
        parts: z.array(z.number()).optional(),
      }),
    )
    .output(z.object({ nth: z.number(), name: z.string() })),
  read: operation({ method: 'GET', path: '/things/{thingId}', permission: 'imports:read', summary: 'Read' })
    .input(z.object({ thingId: z.string(), limit: z.coerce.number().max(5).default(3) }))
    .output(z.object({ thingId: z.string(), limit: z.number(), workspaceId: z.string() })),
  rare: operation({ method: 'GET', path: '/rare', permission: 'imports:read', perMinute: 3, summary: 'Rarely' }).output(
    z.object({}),
  ),
  broken: operation({ method: 'GET', path: '/broken', permission: 'public', summary: 'Broken' }).output(z.object({})),
};

const os = implement(things).$context<RequestContext>();

/** A capability to knock at: what its operations did, and a request that stays under way until it is let go. */
export interface Probe {
  readonly capability: Capability;
  /** How often `make` did its work. */
  made(): number;
  /** Resolves once a request to `/slow` is under way. */
  readonly entered: Promise<void>;
  release(): void;
}

export function makeProbe(): Probe {
  let made = 0;
  let enter: () => void = () => undefined;
  let release: () => void = () => undefined;
  const entered = new Promise<void>((resolve) => (enter = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const routes: Route[] = [
    {
      method: 'GET',
      path: '/files/:name',
      permission: 'imports:read',
      rateLimit: { perMinute: 2, by: 'caller' },
      handle: (_, { params, workspace }) => Response.json({ ...params, workspaceId: workspace.id }),
    },
    {
      method: 'GET',
      path: '/slow',
      permission: 'public',
      rateLimit: 'none, and why',
      why: 'a test',
      handle: async () => {
        enter();
        await released;
        return new Response('done');
      },
    },
  ];
  const capability: Capability = {
    name: 'platform/probe',
    key: 'things',
    contract: things,
    plug: () => ({
      routes,
      handlers: os.router({
        make: os.make.handler(({ input }) => {
          if (input.name === 'refused') throw new Problem('conflict', 'Not this one.');
          return { nth: ++made, name: input.name };
        }),
        read: os.read.handler(({ input, context }) => ({ ...input, workspaceId: context.workspace.id })),
        rare: os.rare.handler(() => ({})),
        broken: os.broken.handler(({ context }) => {
          throw new Error(`a secret of ${context.requestId}`);
        }),
      }),
    }),
  };
  return { capability, made: () => made, entered, release };
}

/** A world in which the probe stands beside all capabilities. */
export function openProbed(probe: Probe, clock: Clock): Promise<World> {
  return openWorld({ clock, capabilities: [...serverCapabilities, probe.capability] });
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  requestId: z.string(),
  field: z.string().optional(),
  value: z.unknown().optional(),
  mend: z.string().optional(),
});

/** The problem that an answer is. */
export async function problemOf(response: Promise<Response>): Promise<z.infer<typeof problem>> {
  const answer = await response;
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  return problem.parse(await answer.json());
}

/** Asks the probe to make something. */
export function postThing(
  world: World,
  shop: TestWorkspace,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<Response> {
  return world.app.request('/api/v1/things', {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/json', ...headers },
  });
}
