import { implement } from '@orpc/server';
import type { House } from '../house/house.ts';
import type { RequestContext } from '../kernel/context.ts';
import { backupContract } from './contract.ts';
import { selectBackups } from './records.ts';
import { stateOf } from './vocabulary.ts';

const SHOWN = 50;

export function backupHandlers(house: House) {
  const os = implement(backupContract).$context<RequestContext>();
  return os.router({
    list: os.list.handler(async () => {
      const rows = await selectBackups(house.records.db, SHOWN);
      return {
        scheduled: house.config.backupTo !== undefined,
        schedule: house.config.backupSchedule,
        items: rows.map((row) => ({
          name: row.name,
          state: stateOf.parse(row.state),
          startedAt: row.startedAt.toISOString(),
          finishedAt: row.finishedAt?.toISOString() ?? null,
          bytes: row.bytes,
          problem: row.problem,
        })),
      };
    }),
  });
}
