import { Problem } from './problem.ts';

export interface AtOnceLimits {
  /** Of one workspace. */
  readonly own: number;
  /** Of all together. */
  readonly all: number;
}

/** Work that lasts and holds memory while it does: so much of it at once in this process, and of one workspace less. */
export class AtOnce {
  readonly #running = new Map<string, number>();
  readonly #limits: AtOnceLimits;

  constructor(limits: AtOnceLimits) {
    this.#limits = limits;
  }

  /**
   * Begins one more, and gives back how to end it; ending it twice is ending it once.
   * Throws Problem `too-many-requests` where enough runs.
   */
  begin(workspaceId: string): () => void {
    const { own, all } = this.#limits;
    const running = this.#running.get(workspaceId) ?? 0;
    const together = [...this.#running.values()].reduce((sum, n) => sum + n, 0);
    if (running >= own || together >= all) {
      const full =
        running >= own ? `${own} exports of this workspace run already.` : `${all} exports run already on this server.`;
      throw new Problem('too-many-requests', full, { mend: 'Ask again when one is through.', retryAfterSeconds: 30 });
    }
    this.#running.set(workspaceId, running + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const left = (this.#running.get(workspaceId) ?? 1) - 1;
      if (left > 0) this.#running.set(workspaceId, left);
      else this.#running.delete(workspaceId);
    };
  }
}
