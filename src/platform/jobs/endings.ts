import type { Db } from '../stores/ports.ts';
import { releaseJobs } from './records.ts';

const LOOK_MS = 1_000;
/** So long after a job has ended nobody is about to note it any more. */
const NOTED_MS = 3_000;
/** The queue itself notices by then that nobody does the job. */
const FORGOTTEN_MS = 300_000;

/**
 * Jobs that ended here. While the records store is away nobody can note that they did: they stand as being done until the
 * queue misses their heartbeat, minutes later. Those are handed back as soon as the store answers.
 */
export class Endings {
  readonly #ended = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #doubtedAt = -Infinity;

  constructor(private readonly db: Db) {}

  begun(jobId: string): void {
    this.#ended.delete(jobId);
  }

  ended(jobId: string): void {
    const now = performance.now();
    this.#ended.set(jobId, now);
    for (const [id, at] of this.#ended) {
      if (now - at < FORGOTTEN_MS) break;
      this.#ended.delete(id);
    }
  }

  /** Something went wrong between the queue and the store: what ended up to now may not have been noted. */
  doubt(): void {
    this.#doubtedAt = performance.now();
    this.#lookAgain();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#ended.clear();
  }

  #lookAgain(): void {
    this.#timer ??= setTimeout(() => void this.#look(), LOOK_MS).unref();
  }

  async #look(): Promise<void> {
    const now = performance.now();
    const doubted = [...this.#ended].filter(([, at]) => at <= this.#doubtedAt);
    const due = doubted.filter(([, at]) => now - at >= NOTED_MS).map(([id]) => id);
    // A store that is still away is asked again.
    const released =
      due.length > 0 &&
      (await releaseJobs(this.db, due).then(
        () => true,
        () => false,
      ));
    if (released) for (const id of due) this.#ended.delete(id);
    this.#timer = undefined;
    if (doubted.length > (released ? due.length : 0)) this.#lookAgain();
  }
}
