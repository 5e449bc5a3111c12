import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../kernel/log.ts';
import type { EngineProcess } from './engine.ts';

export interface EngineStatus {
  readonly state: 'running' | 'restarting' | 'stopped';
  /** How often it ended without being asked to, since we started it. */
  readonly crashes: number;
  readonly pid: number | null;
}

export interface Supervised<E extends EngineProcess> {
  /** The engine as it was started first: its address stays the same over restarts. */
  readonly first: E;
  status(): EngineStatus;
  stop(): Promise<void>;
}

const LONGEST_WAIT_MS = 10_000;

/** Starts an engine and starts it again whenever it ends unasked, waiting longer each time it ends at once. */
export async function supervise<E extends EngineProcess>(
  name: string,
  start: (before: E | null) => Promise<E>,
  log: Log,
): Promise<Supervised<E>> {
  const first = await start(null);
  const stopping = new AbortController();
  let current: E | null = first;
  let crashes = 0;

  async function restart(): Promise<E | null> {
    for (let waitMs = 50; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        return await start(first);
      } catch (error) {
        log.error(
          { engine: name, error: error instanceof Error ? error : new Error(String(error)) },
          'an engine does not start',
        );
        await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    return null;
  }

  const watching = (async () => {
    while (current !== null) {
      const how = await current.ended;
      if (stopping.signal.aborted) return;
      current = null;
      crashes++;
      log.error({ engine: name, how, crashes }, 'an engine ended and is started again');
      current = await restart();
      if (stopping.signal.aborted) return;
      if (current !== null) log.info({ engine: name, crashes }, 'an engine is back');
    }
  })();

  return {
    first,
    status: () => ({
      state: stopping.signal.aborted ? 'stopped' : current === null ? 'restarting' : 'running',
      crashes,
      pid: current?.pid ?? null,
    }),
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await watching;
      await current?.stop();
    },
  };
}
