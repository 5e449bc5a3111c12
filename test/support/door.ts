import { expect } from 'vitest';
import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from './world.ts';
import type { Clock } from '../../src/platform/kernel/clock.ts';

const refusal = z.object({ index: z.number(), messageId: z.string(), field: z.string(), reason: z.string() });

export const taken = z.object({
  success: z.literal(true),
  accepted: z.number(),
  journalSeq: z.number().nullable(),
  rejected: z.array(refusal),
  warnings: z.array(refusal).optional(),
});
export const listed = z.object({
  items: z.array(z.looseObject({ name: z.string(), userId: z.string().optional(), at: z.string() })),
});

type Body = string | Uint8Array<ArrayBuffer>;

/** A world seen from its ingest door, and a workspace in it. */
export interface Door {
  readonly world: World;
  readonly shop: TestWorkspace;
  send(path: string, body: Body, headers?: Record<string, string>): Promise<Response>;
  /** Sends what has to be taken, with the key of `shop` unless another is said. */
  take(path: string, body: object, key?: string): Promise<z.infer<typeof taken>>;
  eventsOf(workspace: TestWorkspace, query?: string): Promise<z.infer<typeof listed>['items']>;
}

export async function openDoor(clock: Clock): Promise<Door> {
  const world = await openWorld({ clock });
  const shop = await world.workspace();
  const send: Door['send'] = (path, body, headers = {}) => world.app.request(path, { method: 'POST', body, headers });
  return {
    world,
    shop,
    send,
    take: async (path, body, key = shop.writeKey) => {
      const response = await send(path, JSON.stringify(body), basic(key));
      expect(response.status).toBe(200);
      return taken.parse(await response.json());
    },
    eventsOf: async (workspace, query = '') => {
      const answer = await world.api(workspace.secretKey).get(`/api/v1/events?limit=200${query}`);
      return listed.parse(answer.body).items;
    },
  };
}

export function basic(key: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
}

/** A message of the person and id with this number. */
export const track = (n: number, more: object = {}) => ({
  type: 'track',
  event: 'Product Viewed',
  userId: `u${n}`,
  messageId: `m${n}`,
  ...more,
});
