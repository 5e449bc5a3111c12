/** What tests of backups need of a world: taking one, another place to put it back, and what there is to see. */
import { join } from 'node:path';
import { inject } from 'vitest';
import { z } from 'zod';
import { freshDatabase, openWorld, type TestWorkspace, type World } from '../../../test/support/world.ts';
import type { FactsAddress } from '../stores/facts.ts';
import { serverCapabilities } from '../../server-capabilities.ts';
import { filesPlace, openFiles } from '../files/open.ts';
import type { Files } from '../files/ports.ts';
import type { Config } from '../kernel/config.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { restoreBackup } from './restore.ts';
import { takeBackup } from './take.ts';

export function backupCalls(world: () => World) {
  return {
    take(place: Files, patienceMs = 30_000): Promise<Manifest> {
      const { addresses, files, clock } = world().house;
      return takeBackup({ stores: addresses, files, place, clock, patienceMs });
    },

    /** A place to restore to, and what restores a backup there. */
    async elsewhere(settings: Partial<Config> = {}, servers?: Omit<FactsAddress, 'database'>) {
      const recordsUrl = await freshDatabase('empty');
      const name = new URL(recordsUrl).pathname.slice(1);
      const { facts: usual, dir } = inject('live');
      const facts = servers ?? usual;
      const { config } = world().house;
      const files = await openFiles(filesPlace({ ...config, dataDir: join(dir, name), ...settings }), {
        ...config,
        ...settings,
      });
      return {
        recordsUrl,
        restore: async (place: Files, manifest?: Manifest, newSecrets = false) =>
          restoreBackup({
            config,
            capabilities: serverCapabilities,
            stores: { recordsUrl, facts: { ...facts, database: name } },
            files,
            place,
            newSecrets,
            manifest: manifest ?? (await readManifest(place)),
          }),
      };
    },

    /** @param facts servers to put the facts on, else those of all live tests */
    async restored(
      place: Files,
      settings: Partial<Config> = {},
      facts?: Omit<FactsAddress, 'database'>,
    ): Promise<World> {
      const { recordsUrl, restore } = await this.elsewhere(settings, facts);
      await restore(place);
      return openWorld({ recordsUrl, config: settings, ...(facts === undefined ? {} : { facts }) });
    },
  };
}

const figure = z.object({ overall: z.object({ value: z.number().nullable(), n: z.number(), people: z.number() }) });

/** What a workspace shows of itself. */
export async function shown(at: World, of: TestWorkspace) {
  const api = at.api(of.secretKey);
  const figures: unknown[] = [];
  for (const metric of ['rating', 'late_rate', 'responses', 'orders']) {
    const answer = await api.get(`/api/v1/metrics/${metric}?from=2026-01-01&to=2026-03-01`);
    figures.push(figure.parse(answer.body).overall);
  }
  const people = await api.get('/api/v1/people?limit=50');
  const orders = await api.get('/api/v1/orders?limit=50');
  const imports = await api.get('/api/v1/imports?limit=50');
  return { figures, people: people.body, orders: orders.body, imports: imports.body };
}
