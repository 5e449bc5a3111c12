import { Problem } from '../../platform/kernel/problem.ts';
import type { Log } from '../../platform/kernel/log.ts';

/** Messages of one request, on their way into the journal. */
export interface Portion {
  readonly workspaceId: string;
  /** Lines of a journal body, each ended by a line break; '' where every message was refused. */
  readonly body: string;
  readonly rows: number;
  /** Those refused, and those taken but for a part of them. */
  readonly refused: readonly RefusedMessage[];
}

export interface RefusedMessage {
  readonly messageId: string;
  readonly field: string;
  readonly reason: string;
  /** The message as it came, cut short. */
  readonly body: string;
  /** Whether it was taken but for what `field` names. */
  readonly taken: boolean;
}

export interface JournalStore {
  /** Appends durably, in one transaction; the sequence number of each portion, null for one without rows. */
  append(portions: readonly Portion[]): Promise<readonly (number | null)[]>;
  /** Bytes that wait to be drained. */
  waitingBytes(): Promise<number>;
}

interface Waiting {
  readonly portion: Portion;
  done(seq: number | null): void;
  failed(problem: Problem): void;
}

export interface CommitterOptions {
  readonly capBytes: number;
  readonly log: Log;
  /** Why nothing may be taken at the moment, in words. */
  readonly refusal?: () => string | undefined;
}

/** Most bytes of one flush. */
const FLUSH_BYTES = 4_000_000;
/** Most bytes that may stand in memory before they are durable. */
const QUEUE_BYTES = 64_000_000;
/** How much may be appended before the waiting bytes are counted again: other processes append too. */
const RECOUNT_BYTES = 16_000_000;

/**
 * Group commit. What arrives while a flush is under way goes into the next, so that a durable write is paid once for
 * many requests; a request is answered when its own flush has been committed. One flush at a time: two beside one another
 * are each half as full, and cost the same.
 */
export class Committer {
  readonly #store: JournalStore;
  readonly #options: CommitterOptions;
  #queue: Waiting[] = [];
  #queuedBytes = 0;
  #flushing = false;
  #waitingBytes = Number.POSITIVE_INFINITY;
  #sinceCount = 0;

  constructor(store: JournalStore, options: CommitterOptions) {
    this.#store = store;
    this.#options = options;
  }

  /**
   * Resolves when the portion is durable. Throws Problem `too-many-requests` when the journal is full or the records
   * store is away: always 429, since some SDKs do not try again after 503.
   */
  add(portion: Portion): Promise<number | null> {
    const refusal = this.#options.refusal?.();
    if (refusal !== undefined) return Promise.reject(busy(refusal, 10));
    if (this.#queuedBytes > QUEUE_BYTES) return Promise.reject(busy('Too much is on its way into the journal.', 1));
    return new Promise((resolve, reject) => {
      this.#queue.push({ portion, done: resolve, failed: reject });
      this.#queuedBytes += weightOf(portion);
      this.#next();
    });
  }

  #next(): void {
    if (this.#flushing || this.#queue.length === 0) return;
    let bytes = 0;
    let count = 0;
    let weight = 0;
    while (count < this.#queue.length && weight < FLUSH_BYTES) {
      const portion = this.#queue[count++]?.portion;
      if (portion === undefined) break;
      bytes += portion.body.length;
      weight += weightOf(portion);
    }
    const taken = this.#queue.splice(0, count);
    this.#queuedBytes -= weight;
    this.#flushing = true;
    void this.#flush(taken, bytes).finally(() => {
      // What has arrived meanwhile lies in the sockets still: it is read first, so that it comes along.
      setImmediate(() => {
        this.#flushing = false;
        this.#next();
      });
    });
  }

  async #flush(taken: readonly Waiting[], bytes: number): Promise<void> {
    try {
      if (bytes > 0 && (await this.#isFull(bytes))) {
        const full = busy('The journal is full: the facts store does not take events at the moment.', 5);
        for (const waiting of taken) waiting.failed(full);
        return;
      }
      const seqs = await this.#store.append(taken.map((w) => w.portion));
      this.#waitingBytes += bytes;
      this.#sinceCount += bytes;
      taken.forEach((waiting, i) => waiting.done(seqs[i] ?? null));
    } catch (error) {
      this.#options.log.error(
        { error: error instanceof Error ? error : undefined },
        'the journal could not be written',
      );
      const away = busy('The journal cannot be written at the moment.', 5);
      for (const waiting of taken) waiting.failed(away);
    }
  }

  /** Counts anew only when what is known would not let it in, or is old. */
  async #isFull(bytes: number): Promise<boolean> {
    if (this.#sinceCount > RECOUNT_BYTES || this.#waitingBytes + bytes > this.#options.capBytes) {
      this.#waitingBytes = await this.#store.waitingBytes();
      this.#sinceCount = 0;
    }
    return this.#waitingBytes + bytes > this.#options.capBytes;
  }
}

/** What a portion takes in memory, about: its lines and what is kept of refused messages. */
function weightOf({ body, refused }: Portion): number {
  return refused.reduce((sum, r) => sum + r.body.length + r.reason.length, body.length);
}

function busy(detail: string, retryAfterSeconds: number): Problem {
  return new Problem('too-many-requests', detail, {
    mend: 'Send the same messages again later; those with the same messageId count once.',
    retryAfterSeconds,
  });
}
