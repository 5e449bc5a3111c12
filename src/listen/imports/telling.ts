import type { Happening, House, Teller } from '../../platform/house/house.ts';
import type { HappeningState } from '../../platform/activity/vocabulary.ts';
import { secondsLeft } from './handlers.ts';
import { type ImportRow, selectLately } from './records.ts';

const STATES: Partial<Record<ImportRow['state'], HappeningState>> = {
  queued: 'waiting',
  running: 'running',
  undoing: 'running',
  done: 'done',
  failed: 'failed',
};

/** Imports under way, and how they ended. */
export function importTeller(house: House): Teller {
  return {
    permission: 'imports:read',
    tell: async ({ workspaceId, since }) =>
      (await selectLately(house.records.db, workspaceId, since)).flatMap((row) => happeningOf(row, house.clock.now())),
  };
}

function happeningOf(row: ImportRow, now: Date): Happening[] {
  const state = STATES[row.state];
  if (state === undefined) return [];
  return [
    {
      id: row.id,
      what: row.state === 'undoing' ? 'imports.undo' : 'imports.load',
      state,
      name: row.fileName,
      count: row.counts.added + row.counts.changed,
      share: row.state === 'running' && row.bytes > 0 ? row.bytesRead / row.bytes : null,
      secondsLeft: secondsLeft(row, now),
      at: row.finishedAt ?? row.startedAt ?? row.createdAt,
    },
  ];
}
