import { Problem } from '../../platform/kernel/problem.ts';

/** Files of one workspace that may wait: a page sends as many at once as were dropped on it. */
const MOST_WAITING = 20;

interface Waiting {
  readonly who: string;
  readonly go: () => void;
}

/** One at a time in a process, workspaces in turn: what the work holds in memory is held once, and nobody's queue is another's. */
export class Turns {
  #waiting: Waiting[] = [];
  #busy = false;
  #last: string[] = [];

  /**
   * Does the work when it is its turn. Throws Problem `too-many-requests` where too much of the same workspace waits, and
   * the signal's reason where whoever asked is gone.
   */
  async take<T>(who: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    if (this.#busy) await this.#wait(who, signal);
    this.#busy = true;
    this.#last = [...this.#last.filter((w) => w !== who && this.#waiting.some((x) => x.who === w)), who];
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #wait(who: string, signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.filter((w) => w.who === who).length >= MOST_WAITING) {
      throw new Problem('too-many-requests', `${MOST_WAITING} files of this workspace wait to be unpacked.`, {
        mend: 'Send this one when they are through.',
        retryAfterSeconds: 30,
      });
    }
    return new Promise((resolve, reject) => {
      const mine = {
        who,
        go: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((w) => w !== mine);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('Whoever asked is gone.'));
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(mine);
    });
  }

  /** The first that waits of the workspace whose last turn is longest ago. It is handed the turn: nobody comes between. */
  #next(): void {
    const turnOf = (w: Waiting): number => this.#last.indexOf(w.who);
    const next = this.#waiting.reduce<Waiting | undefined>(
      (best, w) => (best === undefined || turnOf(w) < turnOf(best) ? w : best),
      undefined,
    );
    this.#busy = next !== undefined;
    if (next === undefined) {
      this.#last = [];
      return;
    }
    this.#waiting = this.#waiting.filter((w) => w !== next);
    next.go();
  }
}
