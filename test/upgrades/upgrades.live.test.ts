import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { openFolder } from '../../src/platform/files/folder.ts';
import { readManifest } from '../../src/platform/backup/manifest.ts';
import { restoreBackup } from '../../src/platform/backup/restore.ts';
import { readConfig } from '../../src/platform/kernel/config.ts';
import { createKey } from '../../src/platform/workspaces/facade.ts';
import { KEY_SCOPES } from '../../src/platform/kernel/permissions.ts';
import { serverCapabilities } from '../../src/server-capabilities.ts';
import { freshDatabase, openWorld, type World } from '../support/world.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

const figure = z.object({ value: z.number(), n: z.number(), people: z.number() });
const written = z.object({
  workspaceId: z.string(),
  metrics: z.record(z.string(), figure),
  people: z.number(),
  /** Who became known by an event. */
  personId: z.string(),
  period: z.string(),
  lastEvents: z.number(),
});

const line = z.object({ line: z.string() });

/** What the facts store consists of, each in a line; tables by name and columns by theirs, for an added one comes last. */
async function catalogueOf({ house }: World): Promise<string[]> {
  const rows = await house.facts.query(
    line,
    `SELECT line FROM (SELECT concat('column ', table, ' ', name, ' ', type, ' ', default_kind, ' ', default_expression, ' ', compression_codec) AS line
     FROM system.columns WHERE database = currentDatabase()
     UNION ALL SELECT concat('table ', name, ' ', replaceAll(engine_full, currentDatabase(), 'the database'), ' ', sorting_key, ' ', partition_key) AS line
     FROM system.tables WHERE database = currentDatabase()
     UNION ALL SELECT concat('index ', table, ' ', name, ' ', type_full, ' ', expr, ' ', toString(granularity)) AS line
     FROM system.data_skipping_indices WHERE database = currentDatabase()
     UNION ALL SELECT concat('view ', name, ' ', replaceAll(as_select, currentDatabase(), 'the database')) AS line
     FROM system.tables WHERE database = currentDatabase() AND as_select != '') ORDER BY line`,
  );
  return rows.map((r) => r.line);
}

const events = z.object({ n: z.coerce.number(), ids: z.coerce.number() });
const overall = z.object({ overall: figure });
const people = z.object({ items: z.array(z.object({ id: z.string() })) });

describe.each(readdirSync(FOLDER, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? [e.name] : [])))(
  'what version %s made',
  (version) => {
    test('[UG1, UG2, BK7] is opened and shows the same figures', async () => {
      const expected = written.parse(JSON.parse(readFileSync(join(FOLDER, version, 'figures.json'), 'utf8')));
      const place = await openFolder(join(FOLDER, version));
      const recordsUrl = await freshDatabase('empty');
      const name = new URL(recordsUrl).pathname.slice(1);
      const { facts, dir } = inject('live');
      const dataDir = join(dir, name);
      await restoreBackup({
        config: readConfig({}, { dataDir, logLevel: 'silent' }),
        capabilities: serverCapabilities,
        stores: { recordsUrl, facts: { ...facts, database: name } },
        files: await openFolder(join(dataDir, 'files')),
        place,
        manifest: await readManifest(place),
      });
      const world = await openWorld({ recordsUrl });
      const fresh = await openWorld();
      try {
        expect(await catalogueOf(world)).toEqual(await catalogueOf(fresh));
        await world.drain();
        await world.runJobs();
        const { workspaceId } = expected;
        const wanted = { kind: 'secret' as const, name: 'Test', scopes: [...KEY_SCOPES] };
        const { key } = await createKey(world.house, workspaceId, wanted, 'a test');
        const api = world.api(key);
        for (const [metric, value] of Object.entries(expected.metrics)) {
          const answer = await api.get(`/api/v1/metrics/${metric}?${expected.period}`);
          expect(overall.parse(answer.body).overall, metric).toEqual({
            ...value,
            value: expect.closeTo(value.value, 9),
          });
        }
        expect(people.parse((await api.get('/api/v1/people?limit=200')).body).items.length).toBe(expected.people);
        const found = people.parse((await api.get('/api/v1/people?q=ann@example.com')).body).items;
        expect(found.map((p) => p.id)).toEqual([expected.personId]);
        const [last] = await world.house.facts.query(
          events,
          `SELECT count() AS n, uniqExact(event_id) AS ids FROM events WHERE workspace = {workspaceId:String} AND name = 'Seen Last'`,
          { workspaceId },
        );
        expect(last).toEqual({ n: expected.lastEvents, ids: expected.lastEvents });
      } finally {
        await world.close();
        await fresh.close();
      }
    });
  },
);
