import type { Capability } from '../../platform/house/house.ts';
import { Committer } from './committer.ts';
import { journalContract } from './contract.ts';
import { journalHandlers } from './handlers.ts';
import { trimJournal, trimming } from './jobs.ts';
import { appendPortions, leaveBodiesUncompressed, selectWaitingBytes } from './records.ts';
import { journalRoutes } from './routes.ts';
import { startDrain, type RunningDrain } from './worker.ts';

/** What arrives: taken down durably, acknowledged, and brought among the facts exactly once. */
export const journal: Capability = {
  name: 'core/journal',
  key: 'journal',
  contract: journalContract,
  plug: (house) => {
    let drain: RunningDrain | undefined;
    const committer = new Committer(
      {
        append: async (portions) => {
          const seqs = await appendPortions(house.records, portions, house.clock.now());
          drain?.wake();
          return seqs;
        },
        waitingBytes: () => selectWaitingBytes(house.records.db),
      },
      { capBytes: house.config.journalCapBytes, log: house.log },
    );
    return {
      handlers: journalHandlers(house),
      routes: journalRoutes(house, committer),
      jobs: [trimming(house)],
      start: async () => {
        if (!house.background || !house.config.roles.has('worker')) return;
        await leaveBodiesUncompressed(house.records.db);
        await house.jobs.schedule(trimJournal, '17 * * * *', {});
        drain = startDrain(house);
      },
      stop: async () => drain?.stop(),
    };
  },
};
