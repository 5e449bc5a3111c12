import { systemClock, type Clock } from '../kernel/clock.ts';
import { ROLES, type Config } from '../kernel/config.ts';
import { makeLog, type Log } from '../kernel/log.ts';
import { takeDataDir } from '../stores/data-dir.ts';
import { openEngines, type Engines } from '../stores/engines.ts';
import { watchSpace } from '../stores/space.ts';
import { all, composeHouse, type ComposedHouse } from './compose.ts';
import type { Capability } from './house.ts';

export interface OpenedHouse extends ComposedHouse {
  readonly engines: Engines;
  start(): Promise<void>;
}

export interface OpenOptions {
  readonly clock?: Clock;
  readonly log?: Log;
  readonly capabilities: readonly Capability[];
  /** Told what is being done, in words for the terminal. */
  readonly progress?: (step: string) => void;
  /** False: for a command that opens the house, does one thing and leaves. Jobs wait for the next server. */
  readonly background?: boolean;
}

/** Where a command on this machine reaches the server, whatever address people open. */
function localAddress({ host, port }: Config): string {
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${reached}:${port}`;
}

/** Engines of ours belong to one process: where it leaves out a role, nobody else could do that. */
function refuseHalfAHouse({ roles, databaseUrl, clickhouseUrl }: Config): void {
  const left = ROLES.filter((role) => !roles.has(role));
  if (left.length === 0 || (databaseUrl !== undefined && clickhouseUrl !== undefined)) return;
  throw new Error(
    `Without ${left.join(' and ')} this server needs others beside it: give all of them the same DATABASE_URL and CLICKHOUSE_URL, or leave --roles out.`,
  );
}

/**
 * Opens the house of a data directory: owner, engines, schema, capabilities. `stop` undoes all of it.
 * Throws DataDirOwned when another process owns the directory.
 */
export async function openHouse(config: Config, options: OpenOptions): Promise<OpenedHouse> {
  const { clock = systemClock, log = makeLog(config.logLevel), progress = () => undefined } = options;
  refuseHalfAHouse(config);
  const dataDir = await takeDataDir(config.dataDir, localAddress(config), clock);
  const undo: (() => Promise<unknown>)[] = [() => dataDir.release()];
  try {
    progress('Starting the stores');
    const space = await watchSpace(dataDir.path, { reserveBytes: config.diskReserveBytes, log });
    undo.unshift(async () => space.stop());
    const engines = await openEngines(config, dataDir, log, { keptFreeBytes: Math.floor(space.reserveBytes / 2) });
    undo.unshift(() => engines.stop());
    progress('Bringing their schema up to date');
    const composed = await composeHouse({
      config: { ...config, dataDir: dataDir.path },
      stores: engines,
      space,
      capabilities: options.capabilities,
      clock,
      log,
      background: options.background ?? true,
    });
    undo.unshift(() => composed.stop());
    const alone = config.databaseUrl === undefined;
    return { ...composed, engines, start: () => composed.start({ alone }), stop: () => all(undo) };
  } catch (error) {
    await all(undo).catch(() => undefined);
    throw error;
  }
}
