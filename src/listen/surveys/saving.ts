import type { Quota } from '@touchstone/domain/survey';
import type { House } from '../../platform/house/house.ts';
import { Grouped } from '../../platform/kernel/grouped.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { tellFacts } from './job-kinds.ts';
import { countIn, leaveMark, type ResponseRow, saveResponses } from './records/responses.ts';

const AT_ONCE = 200;
/** Beyond so many that wait, whoever comes is asked to come again. */
const MOST_WAITING = 20_000;
/** Answers become facts so long after they were handed in, together with all that came meanwhile. */
const TELL_AFTER_SECONDS = 1;

/** What became of one: written, ended before, or not kept. */
type Saved = 'written' | 'ended' | 'failed';

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

  /** Throws Problem `conflict` where it has ended, `too-many-requests` while nothing can be kept. */
  async save(row: ResponseRow): Promise<void> {
    this.#refuseWhileFull();
    const saved = await this.#writes.add(row).catch(notNow);
    if (saved === 'failed') notNow();
    if (saved === 'ended') throw ended();
  }

  /** Ends a response. True: a quota it counts for is full by now, and nothing was written. */
  async end(row: ResponseRow, counts: readonly Quota[], once: string | null): Promise<boolean> {
    if (counts.length === 0 && once === null) await this.save(row);
    else {
      this.#refuseWhileFull();
      const full = await this.#house.records
        .transaction(async (tx) => {
          for (const quota of counts) {
            const limit = quota.action === 'warn' ? Number.MAX_SAFE_INTEGER : quota.limit;
            if (!(await countIn(tx, { surveyId: row.surveyId, quotaId: quota.id, limit }))) throw new QuotaFull();
          }
          const first = once === null || (await leaveMark(tx, row.surveyId, once));
          if (!first || !(await saveResponses(tx, [row])).has(row.token)) throw ended();
          return false;
        })
        .catch((error: unknown) => {
          if (error instanceof QuotaFull) return true;
          if (error instanceof Problem) throw error;
          return notNow();
        });
      if (full) return true;
    }
    await this.#tellSoon();
    return false;
  }

  async #write(rows: readonly ResponseRow[]): Promise<Saved[]> {
    const written = await saveResponses(this.#house.records.db, rows);
    return rows.map((row) => (written.has(row.token) ? 'written' : 'ended'));
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

class QuotaFull extends Error {}

function notNow(): never {
  throw new Problem('too-many-requests', 'Answers cannot be kept at the moment.', {
    mend: 'Send them again in a moment.',
    retryAfterSeconds: 5,
  });
}

function ended(): Problem {
  return new Problem('conflict', 'This was handed in already.', {
    mend: 'Nothing more is needed.',
  });
}
