import { systemClock, type Clock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import { makeLog, type Log } from '../kernel/log.ts';
import { Watch } from '../kernel/watch.ts';
import { filesPlace, openFiles } from '../files/open.ts';
import { openJobs, type OpenedJobs } from '../jobs/boss.ts';
import { openMail } from '../mail/smtp.ts';
import { ensureFactsDatabase } from '../stores/databases.ts';
import {
  migrateFacts,
  migrateRecordsOver,
  refuseNewerFacts,
  refuseNewerRecords,
  withSchemaLock,
} from '../stores/migrate.ts';
import type { Engines } from '../stores/engines.ts';
import { openFacts } from '../stores/facts.ts';
import { openRecords } from '../stores/records.ts';
import { plenty, type SpaceWatch } from '../stores/space.ts';
import { openVault } from '../vault/keys.ts';
import { openEvents } from './events.ts';
import type { Capability, House, Plugged } from './house.ts';

/** A capability and what it plugged in. */
export interface Living {
  readonly capability: Capability;
  readonly plugged: Plugged;
}

export interface ComposeOptions {
  readonly config: Config;
  readonly stores: Pick<Engines, 'recordsUrl' | 'facts'> & Partial<Pick<Engines, 'status'>>;
  readonly capabilities: readonly Capability[];
  readonly clock?: Clock;
  readonly log?: Log;
  readonly space?: SpaceWatch;
  /** False: jobs are done only by `jobs.runAll`, and nothing runs beside the caller. */
  readonly background?: boolean;
}

export interface ComposedHouse {
  readonly house: House;
  readonly living: readonly Living[];
  readonly jobs: OpenedJobs;
  /** Starts what capabilities start and begins to do jobs. `alone`: no other process uses these stores. */
  start(options: { readonly alone: boolean }): Promise<void>;
  /** After the last request: jobs are waited for, capabilities leave at a safe place, connections end. */
  stop(): Promise<void>;
}

/** Runs all, whatever fails, then throws the first failure. */
export async function all(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** Puts a house together over stores that run: their schema first, then the ports, then every capability. */
export async function composeHouse(options: ComposeOptions): Promise<ComposedHouse> {
  const { config, stores, capabilities, clock = systemClock, background = true, space = plenty } = options;
  const works = background && config.roles.has('worker');
  const log = options.log ?? makeLog(config.logLevel);
  const watch = new Watch();
  const records = openRecords(stores.recordsUrl, log, { watch });
  const facts = openFacts(stores.facts, watch);
  const undo: (() => Promise<unknown>)[] = [() => facts.close(), () => records.close()];
  try {
    const migrations = capabilities.flatMap((c) => c.facts ?? []);
    const jobs = await withSchemaLock(records.pool, async (client) => {
      await refuseNewerRecords(client);
      const inRecords = (async () => {
        await migrateRecordsOver(client);
        const opened = await openJobs(records, stores.recordsUrl, log, { background: works, watch });
        undo.unshift(() => opened.close());
        return opened;
      })();
      const inFacts = (async () => {
        await ensureFactsDatabase(stores.facts);
        await refuseNewerFacts(facts, migrations);
        await migrateFacts(facts, migrations);
      })();
      // One that fails does not leave the other at work over a connection that is given back.
      await Promise.allSettled([inRecords, inFacts]);
      await inFacts;
      return inRecords;
    });
    const events = openEvents(jobs);
    const house: House = {
      config,
      clock,
      log,
      records,
      facts,
      jobs,
      files: await openFiles(filesPlace(config), config, space),
      mail: openMail(config.smtpUrl, config.mailFrom),
      vault: await openVault(config),
      events,
      watch,
      backlog: async () => (await living.find((l) => l.plugged.backlog !== undefined)?.plugged.backlog?.()) ?? null,
      examine: async () => (await Promise.all(living.map(async (l) => (await l.plugged.examine?.()) ?? []))).flat(),
      keepers: () => living.flatMap((l) => l.plugged.keeps ?? []),
      tellers: () => living.flatMap((l) => l.plugged.tells ?? []),
      holds: async (workspaceId) =>
        (await Promise.all(living.map(async (l) => (await l.plugged.holds?.(workspaceId)) ?? false))).includes(true),
      addresses: { recordsUrl: stores.recordsUrl, facts: stores.facts },
      space,
      background,
      ...(stores.status === undefined ? {} : { engines: stores.status }),
    };
    const living: readonly Living[] = capabilities.map((capability) => ({
      capability,
      plugged: capability.plug(house),
    }));
    await jobs.open(
      living.flatMap(({ capability, plugged }) => [
        ...(plugged.jobs ?? []),
        ...events.connect(capability.name, plugged.subscriptions ?? []),
      ]),
    );
    const leave = living.toReversed().map(
      ({ plugged }) =>
        async () =>
          plugged.stop?.(),
    );
    // Jobs end first: they use what capabilities keep running.
    undo.splice(1, 0, ...leave);
    return {
      house,
      living,
      jobs,
      start: async ({ alone }) => {
        for (const { plugged } of living) await plugged.start?.();
        if (works) await jobs.work({ alone });
      },
      stop: () => all(undo),
    };
  } catch (error) {
    await all(undo).catch(() => undefined);
    throw error;
  }
}
