import type { Task } from '../../platform/kernel/watch.ts';
import { Drain } from './drain.ts';
import type { DrainHouse } from './identities.ts';

const IDLE_MS = 500;
/** Turns begin at least this far apart, so that single events are drained some hundreds at a time. */
const APART_MS = 250;
/**
 * A turn costs much the same whether it drains ten events or a thousand: after one that was not full the drain rests some
 * times as long as it took, so that a busy machine drains more at a time; but never so long that somebody waits.
 */
const REST_TIMES = 4;
const LONGEST_REST_MS = 1_250;
const ELSEWHERE_MS = 100;
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 15_000;

/** Turns of a drain, one after another, until it is stopped. A store that is away is tried again, ever more seldom. */
export class DrainLoop {
  readonly #house: DrainHouse;
  readonly #drain: Drain;
  #stopping = false;
  #failures = 0;
  #rouse: () => void = () => undefined;
  #roused = false;
  readonly #running: Promise<void>;

  constructor(house: DrainHouse) {
    this.#house = house;
    this.#drain = new Drain(house);
    this.#running = this.#run();
  }

  /** Something has been appended: do not wait out the pause. */
  wake(): void {
    this.#roused = true;
    this.#rouse();
  }

  /** Resolves when the turn that is under way has ended. */
  stop(): Promise<void> {
    this.#stopping = true;
    this.#rouse();
    return this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const pauseMs = await this.#turn();
      if (pauseMs > 0 && !this.#stopping) await this.#pause(pauseMs);
    }
  }

  async #turn(): Promise<number> {
    this.#roused = false;
    const { watch } = this.#house;
    const began = performance.now();
    const task: Task = { kind: 'drain', name: 'journal' };
    const ended = (failed: boolean): void =>
      watch.ended(task, { startedMs: began, ms: performance.now() - began, failed, rows });
    let rows = 0;
    // What is counted while a turn is under way is the turn's: a drain takes one after another.
    const forget = watch.add({ counted: (what, n) => void (rows += what === 'journal_drained' ? n : 0) });
    try {
      const turn = await watch.within(task, () => this.#drain.turn(() => !this.#stopping));
      // Of turns that found nothing nobody wants to hear.
      if (turn === 'drained' || turn === 'full') ended(false);
      this.#failures = 0;
      if (turn === 'idle' && !this.#roused) return IDLE_MS;
      if (turn === 'elsewhere') return ELSEWHERE_MS;
      if (turn === 'full') return 0;
      const tookMs = performance.now() - began;
      return Math.max(APART_MS - tookMs, Math.min(LONGEST_REST_MS, REST_TIMES * tookMs));
    } catch (error) {
      ended(true);
      const backoffMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** this.#failures++);
      const shown = error instanceof Error ? error : new Error(String(error));
      this.#house.log.warn({ error: shown, backoffMs }, 'the journal could not be drained; it keeps what it has');
      return backoffMs;
    } finally {
      forget();
    }
  }

  /** Only an idle pause ends early when something has been appended. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#rouse = () => {
        if (ms !== IDLE_MS && !this.#stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
