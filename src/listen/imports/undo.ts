import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import { forgetUnit, unit } from '../../platform/stores/units.ts';
import type { CurrentRow } from './current.ts';
import { type EarlierRow, forgetRows, type Loading, streamEarlier } from './facts.ts';
import { hasRowsLeft } from './facts/leaving.ts';
import { forgetChunk } from './left.ts';
import { projectionOf } from './load.ts';
import { dropSource, type Projection, putRows, wantsEarlier } from './project.ts';
import { type ImportRow, moveImport, selectAnyImport } from './records.ts';

const AT_ONCE = 10_000;

const body = z.object({
  fields: z.record(z.string(), z.string()),
  props: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** Tries before an undo is given up. */
const MOST_TRIES = 5;

/**
 * Takes out what an import brought. Versions before it are put first, so that nothing is missing meanwhile; then its facts
 * are taken away, and its rows are forgotten last. A try that ends early is done again from the start; one too many ends
 * the undo as failed, and whoever asks for it again begins anew.
 */
export async function undo(house: House, started: ImportRow): Promise<void> {
  const { db } = house.records;
  const job = await moveImport(db, started.id, ['undoing'], { tries: started.tries + 1 });
  if (job === null) return;
  if (job.tries > MOST_TRIES) {
    await moveImport(db, job.id, ['undoing'], {
      state: 'failed',
      problem: `It could not be undone in ${MOST_TRIES} tries; some of it may be gone. Undo it again. The server's log says why.`,
      finishedAt: house.clock.now(),
    });
    return forgetUnit(db, job.id);
  }
  const loading: Loading = { workspaceId: job.workspaceId, importId: job.id, kind: job.kind };
  if (wantsEarlier(job.kind) && (await hasRowsLeft(house.facts, loading))) {
    await moveImport(db, job.id, ['undoing'], {
      state: 'failed',
      problem:
        'It can no longer be undone: the retention of the workspace has deleted the content of some of its rows, or of what was there before them.',
      finishedAt: house.clock.now(),
    });
    return forgetUnit(db, job.id);
  }
  const projection = await projectionOf(house, job);
  await unit(house.records, job.id, async () => {
    if (wantsEarlier(job.kind)) await putEarlier(house, projection, loading);
    await dropSource(projection);
    await forgetRows(house.facts, loading);
    await forgetChunk(db, job.id);
    await moveImport(db, job.id, ['undoing'], { state: 'undone', finishedAt: house.clock.now() });
  });
}

async function putEarlier(house: House, projection: Projection, loading: Loading): Promise<void> {
  const sources = new Map<string, Projection>();
  let waiting: EarlierRow[] = [];
  let batch = 0;
  const flush = async (): Promise<void> => {
    const bySource = new Map<string, EarlierRow[]>();
    for (const row of waiting) {
      const those = bySource.get(row.import_id);
      if (those === undefined) bySource.set(row.import_id, [row]);
      else those.push(row);
    }
    for (const [source, rows] of bySource) {
      let owner = sources.get(source);
      if (owner === undefined) {
        const earlier = await selectAnyImport(house.records.db, source);
        owner = earlier === null ? { ...projection, source } : await projectionOf(house, earlier);
        sources.set(source, owner);
      }
      await putRows(owner, rows.map(currentOf), `${loading.importId}:undo:${batch}:${source}`, new Map());
    }
    batch++;
    waiting = [];
  };
  for await (const rows of streamEarlier(house.facts, loading)) {
    for (const row of rows) {
      waiting.push(row);
      if (waiting.length === AT_ONCE) await flush();
    }
  }
  await flush();
}

function currentOf({ key, version, body: text }: EarlierRow): CurrentRow {
  return { key, version, row: body.parse(JSON.parse(text)) };
}
