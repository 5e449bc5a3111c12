import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { systemClock } from '../../platform/kernel/clock.ts';
import { makeLog } from '../../platform/kernel/log.ts';
import { openFacts } from '../../platform/stores/facts.ts';
import { openRecords } from '../../platform/stores/records.ts';
import { DrainLoop } from './loop.ts';
import { drainWorkerData } from './worker.ts';

const { logLevel, addresses } = drainWorkerData.parse(workerData);
const log = makeLog(logLevel).child({ thread: 'drain' });
const records = openRecords(addresses.recordsUrl, log, { max: 4 });
const facts = openFacts(addresses.facts);
const loop = new DrainLoop({ records, facts, clock: systemClock, log });

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
