import { z } from 'zod';
import type { House } from '../house/house.ts';
import { handleJob, type JobHandler, type JobKind } from '../jobs/ports.ts';
import { plainError } from '../kernel/log.ts';
import { keepLatest, nameOf, openPlace, within } from './keeping.ts';
import { failOthers, insertBackup, updateBackup } from './records.ts';
import { sizeOf, TAKE_BACKUP, takeBackup } from './take.ts';

/** Takes a backup to `BACKUP_TO` and removes those beyond `BACKUP_KEEP`. One that fails waits for its next time. */
export const takeScheduled: JobKind<Record<string, never>> = {
  name: TAKE_BACKUP,
  input: z.object({}).strict(),
  key: () => 'one',
  retries: 1,
  expireInSeconds: 80_000,
};

export function backupJobs(house: House): JobHandler[] {
  return [
    handleJob(takeScheduled, async (_, { log, signal }) => {
      const { config, clock, records } = house;
      // The schedule outlives the setting.
      if (config.backupTo === undefined) return;
      const name = nameOf(clock.now());
      await insertBackup(records.db, name, clock.now());
      await failOthers(records.db, name, 'The process that took it ended.', clock.now());
      try {
        const place = await openPlace(config.backupTo, config);
        const manifest = await takeBackup({
          stores: house.addresses,
          files: house.files,
          place: within(place, name),
          clock,
          signal,
        });
        await keepLatest(place, config.backupKeep);
        await updateBackup(records.db, name, { state: 'done', finishedAt: clock.now(), bytes: sizeOf(manifest) });
        log.info({ backup: name, bytes: sizeOf(manifest) }, 'a backup was taken');
      } catch (error) {
        // Owners read it, and it is kept: without what a store quotes of the data.
        const { message: problem } = plainError(error);
        await updateBackup(records.db, name, { state: 'failed', finishedAt: clock.now(), problem });
        throw error;
      }
    }),
  ];
}
