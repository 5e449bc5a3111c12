import { z } from 'zod';
import type { Setting } from '../workspaces/facade.ts';

/** When a member last looked at what happened in a workspace: RFC 3339. */
export function seenSetting(workspaceId: string): Setting<string | null> {
  return { name: `activity-seen ${workspaceId}`, shape: z.string().nullable(), usual: null };
}
