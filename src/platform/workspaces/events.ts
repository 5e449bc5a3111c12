import { z } from 'zod';
import type { EventKind } from '../house/house.ts';

/** A workspace has been opened: time to lay its defaults. */
export const workspaceCreated: EventKind<{ workspaceId: string }> = {
  name: 'workspace.created',
  payload: z.object({ workspaceId: z.string() }),
};

/** Its days are others than before: what was reckoned by days has to be reckoned again. */
export const zoneChanged: EventKind<{ workspaceId: string }> = {
  name: 'workspace.zone-changed',
  payload: z.object({ workspaceId: z.string() }),
};
