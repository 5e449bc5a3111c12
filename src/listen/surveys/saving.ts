import type { Quota } from '@touchstone/domain/survey';
import type { House } from '../../platform/house/house.ts';
import { Grouped } from '../../platform/kernel/grouped.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { tellFacts } from './job-kinds.ts';
import { countIn, leaveMarks, type ResponseRow, saveResponses } from './records/responses.ts';

const AT_ONCE = 200;
/** Beyond so many that wait, whoever comes is asked to come again. */
const MOST_WAITING = 20_000;
/** Answers become facts so long after they were handed in, together with all that came meanwhile. */
const TELL_AFTER_SECONDS = 1;

/** What became of one: written, no longer what was read (another window, or its survey is gone), or not kept. */
type Saved = 'written' | 'overtaken' | 'failed';

export type Ended = 'ended' | 'full' | 'overtaken';

/** Keeps responses durably: those that come at the same time in one write. */
export class SavingResponses {
  readonly #house: Pick<House, 'records' | 'clock' | 'jobs' | 'space' | 'log'>;
  readonly #writes: Grouped<ResponseRow, Saved>;
  #toldUntil = 0;

  constructor(house: Pick<House, 'records' | 'clock' | 'jobs' | 'space' | 'log'>) {
    this.#house = house;
    this.#writes = new Grouped({
      most: AT_ONCE,
      keyOf: (row) => row.token,
      write: async (rows) => {
        try {
          return await this.#write(rows);
        } catch {
          // One that cannot be kept keeps out no other.
          const each = await Promise.allSettled(rows.map((row) => this.#write([row])));
          return each.map((one) => (one.status === 'fulfilled' ? (one.value[0] ?? 'failed') : 'failed'));
        }
      },
    });
  }

  /**
   * False: it is no longer what was read, and nothing was written. Throws Problem `too-many-requests` while nothing can be
   * kept.
   */
  async save(row: ResponseRow): Promise<boolean> {
    this.#refuseWhileFull();
    const saved = await this.#writes.add(row).catch(notNow);
    if (saved === 'failed') notNow();
    return saved === 'written';
  }

  /**
   * Ends a response. `full`: a quota it counts for is full by now; `overtaken`: it is no longer what was read; nothing was
   * written. Throws Problem `conflict` where somebody who may answer once has.
   */
  async end(row: ResponseRow, counts: readonly Quota[], once: readonly string[]): Promise<Ended> {
    const ended =
      counts.length === 0 && once.length === 0
        ? (await this.save(row))
          ? 'ended'
          : 'overtaken'
        : await this.#endCounted(row, counts, once);
    if (ended === 'ended') await this.#tellSoon();
    return ended;
  }

  async #endCounted(row: ResponseRow, counts: readonly Quota[], once: readonly string[]): Promise<Ended> {
    this.#refuseWhileFull();
    return this.#house.records
      .transaction(async (tx): Promise<Ended> => {
        for (const quota of counts.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
          const limit = quota.action === 'warn' ? Number.MAX_SAFE_INTEGER : quota.limit;
          if (!(await countIn(tx, { surveyId: row.surveyId, quotaId: quota.id, limit }))) throw new Left('full');
        }
        if (once.length > 0 && !(await leaveMarks(tx, row.surveyId, once))) throw ended();
        if (!(await saveResponses(tx, [row])).has(row.token)) throw new Left('overtaken');
        return 'ended';
      })
      .catch((error: unknown) => {
        if (error instanceof Left) return error.how;
        if (error instanceof Problem) throw error;
        return notNow();
      });
  }

  async #write(rows: readonly ResponseRow[]): Promise<Saved[]> {
    const written = await saveResponses(this.#house.records.db, rows);
    return rows.map((row) => (written.has(row.token) ? 'written' : 'overtaken'));
  }

  #refuseWhileFull(): void {
    const refusal =
      this.#house.space.refusal() ?? (this.#writes.waiting > MOST_WAITING ? 'Too many answer at once.' : undefined);
    if (refusal !== undefined) {
      throw new Problem('too-many-requests', refusal, { mend: 'Send it again in a moment.', retryAfterSeconds: 5 });
    }
  }

  async #tellSoon(): Promise<void> {
    const now = this.#house.clock.now().getTime();
    if (now < this.#toldUntil) return;
    this.#toldUntil = now + TELL_AFTER_SECONDS * 1_000;
    // It is kept, whether this can be said or not: what looks for responses that are overdue finds it as well.
    await this.#house.jobs.send(tellFacts, {}, { startAfterSeconds: TELL_AFTER_SECONDS }).catch((error: unknown) => {
      this.#house.log.warn({ error: error instanceof Error ? error : undefined }, 'answers become facts later');
    });
  }
}

/** Takes back what was written of an end that is none. */
class Left extends Error {
  constructor(readonly how: 'full' | 'overtaken') {
    super(how);
  }
}

export function notNow(): never {
  throw new Problem('too-many-requests', 'Answers cannot be kept at the moment.', {
    mend: 'Send them again in a moment.',
    retryAfterSeconds: 5,
  });
}

export function ended(): Problem {
  return new Problem('conflict', 'This was handed in already.', {
    mend: 'Nothing more is needed.',
  });
}
