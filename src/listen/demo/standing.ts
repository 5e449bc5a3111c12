import { z } from 'zod';
import { changeSetting, readSetting, type Setting } from '../../platform/workspaces/facade.ts';
import type { House } from '../../platform/house/house.ts';
import type { HappeningState } from '../../platform/activity/vocabulary.ts';
import { DEMO_STATES, type DemoState } from './vocabulary.ts';

const standing = z.object({
  state: z.enum(DEMO_STATES),
  seed: z.string(),
  people: z.number().int(),
  /** The day it ends before: a job that goes on the next morning tells the same. */
  today: z.string(),
  /** People whose names are in, whose story is in, and how many events that made. */
  named: z.number().int(),
  told: z.number().int(),
  events: z.number().int(),
  tries: z.number().int(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  problem: z.string().nullable(),
  /** Whether the workspace was opened for it. */
  opened: z.boolean(),
});

/** How the demo company stands in a workspace. */
export type Standing = z.infer<typeof standing>;

export const NOTHING: Standing = {
  state: 'none',
  seed: '',
  people: 0,
  today: '',
  named: 0,
  told: 0,
  events: 0,
  tries: 0,
  startedAt: '',
  finishedAt: null,
  problem: null,
  opened: false,
};

const DEMO: Setting<Standing> = { name: 'demo', shape: standing, usual: NOTHING };

type Stores = Pick<House, 'records' | 'clock'>;

export function readStanding(house: Stores, workspaceId: string): Promise<Standing> {
  return readSetting(house.records.db, workspaceId, DEMO);
}

export function changeStanding(
  house: Stores,
  workspaceId: string,
  change: (before: Standing) => Standing,
): Promise<Standing> {
  return changeSetting(house, workspaceId, DEMO, change);
}

const FILLING: ReadonlySet<DemoState> = new Set(['waiting', 'people', 'stories', 'orders']);

export function isFilling({ state }: Standing): boolean {
  return FILLING.has(state);
}

/** As any work is told of. */
export function standsAs(state: DemoState): HappeningState {
  if (state === 'waiting' || state === 'done' || state === 'failed') return state;
  return 'running';
}

/** Of the whole, how much each part takes, about. */
const PARTS = { people: 0.14, stories: 0.78 };

/** How far it is, 0 to 1. */
export function shareOf({ state, people, named, told }: Standing): number {
  if (state === 'done') return 1;
  if (people === 0 || state === 'none' || state === 'waiting' || state === 'removing') return 0;
  return PARTS.people * (named / people) + PARTS.stories * (told / people);
}
