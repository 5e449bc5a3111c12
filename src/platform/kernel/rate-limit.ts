import type { Clock } from './clock.ts';
import { Recent } from './recent.ts';

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/**
 * Token buckets in the memory of this process: a burst of a minute's worth, refilled evenly. Several processes each
 * keep their own, so that `n` of them let through up to `n` times as much.
 */
export class RateLimiter {
  readonly #buckets: Recent<Bucket>;
  readonly #clock: Clock;

  constructor(clock: Clock, capacity = 40_000) {
    this.#clock = clock;
    this.#buckets = new Recent(capacity);
  }

  /**
   * Takes `n`, where at least one is there: what comes after waits for the rest. Returns 0 when it may go on, else the
   * whole seconds until there is one.
   */
  take(key: string, perMinute: number, n = 1): number {
    const now = this.#clock.now().getTime();
    const known = this.#buckets.get(key);
    const tokens =
      known === undefined ? perMinute : Math.min(perMinute, known.tokens + ((now - known.at) / 60_000) * perMinute);
    if (tokens < 1) {
      this.#buckets.set(key, { tokens, at: now });
      return Math.max(1, Math.ceil(((1 - tokens) * 60) / perMinute));
    }
    this.#buckets.set(key, { tokens: tokens - n, at: now });
    return 0;
  }
}
