import type { Capability, House } from '../../platform/house/house.ts';
import { Committer, type Portion } from './committer.ts';
import { journalContract } from './contract.ts';
import { journalHandlers } from './handlers.ts';
import { rejectedKeeper, trimJournal, trimming } from './jobs.ts';
import { Listed } from './listed.ts';
import { appendPortions, keepBodiesAsTheyAre, selectWaitingBytes } from './records.ts';
import { selectBacklog } from './records/backlog.ts';
import { selectStanding } from './records/batches.ts';
import { journalRoutes } from './routes.ts';
import { startDrain, type RunningDrain } from './worker.ts';

/** What arrives: taken down durably, acknowledged, and brought among the facts exactly once. */
export const journal: Capability = {
  name: 'core/journal',
  key: 'journal',
  contract: journalContract,
  plug: (house) => {
    let drain: RunningDrain | undefined;
    const listed = new Listed();
    const committer = new Committer(
      {
        append: async (portions) => {
          const now = house.clock.now();
          const listing = listed.only(portions, now);
          const seqs = await timed(house, () => appendPortions(house.records, listing, now)).catch((error: unknown) => {
            listed.forget();
            throw error;
          });
          drain?.wake();
          house.watch.count(
            'journal_accepted',
            sum(portions, (p) => p.rows),
          );
          house.watch.count(
            'journal_refused',
            sum(portions, (p) => p.refused.filter((r) => !r.taken).length),
          );
          return seqs;
        },
        waitingBytes: () => selectWaitingBytes(house.records.db),
      },
      {
        capBytes: house.config.journalCapBytes,
        log: house.log,
        // A server of somebody else's has a disk of its own.
        ...(house.config.databaseUrl === undefined ? { refusal: () => house.space.refusal() } : {}),
      },
    );
    return {
      handlers: journalHandlers(house),
      routes: journalRoutes(house, committer),
      jobs: [trimming(house)],
      keeps: [rejectedKeeper(house)],
      holds: async (workspaceId) => {
        const { rows, aside } = await selectStanding(house.records.db, workspaceId);
        return rows + aside > 0;
      },
      backlog: async () => ({ ...(await selectBacklog(house.records.db)), capBytes: house.config.journalCapBytes }),
      start: async () => {
        if (!house.background || !house.config.roles.has('worker')) return;
        await keepBodiesAsTheyAre(house.records.db);
        await house.jobs.schedule(trimJournal, '17 * * * *', {});
        drain = startDrain(house);
      },
      stop: async () => drain?.stop(),
    };
  },
};

const sum = (portions: readonly Portion[], of: (portion: Portion) => number): number =>
  portions.reduce((total, portion) => total + of(portion), 0);

async function timed<T>({ watch }: House, flush: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  let failed = true;
  try {
    const done = await flush();
    failed = false;
    return done;
  } finally {
    watch.flushed({ ms: performance.now() - startedMs, failed });
  }
}
