import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { systemClock } from '../../platform/kernel/clock.ts';
import { giveBackWhenIdle } from '../../platform/kernel/give-back.ts';
import { makeLog } from '../../platform/kernel/log.ts';
import { Watch } from '../../platform/kernel/watch.ts';
import { openFacts } from '../../platform/stores/facts.ts';
import { openRecords } from '../../platform/stores/records.ts';
import { DrainLoop } from './loop.ts';
import { tellNews } from './news.ts';
import { drainWorkerData } from './worker.ts';

const { logLevel, addresses, ...telling } = drainWorkerData.parse(workerData);
const log = makeLog(logLevel).child({ thread: 'drain' });
const watch = new Watch();
tellNews(watch, telling, (news) => parentPort?.postMessage(news));
// The turn's own, and two of each of the three batches that are under way in it.
const records = openRecords(addresses.recordsUrl, log, { max: 7, watch });
const facts = openFacts(addresses.facts, watch);
const loop = new DrainLoop({ records, facts, clock: systemClock, log, watch });
giveBackWhenIdle();

const told = z.enum(['wake', 'stop']);

parentPort?.on('message', (message: unknown) => {
  if (told.parse(message) === 'wake') {
    loop.wake();
    return;
  }
  void loop
    .stop()
    .then(() => Promise.all([records.close(), facts.close()]))
    .then(() => parentPort?.close());
});
