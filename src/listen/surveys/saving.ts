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

/** Keeps responses durably: those that come at the same time in one write. */
export class SavingResponses {
  readonly #house: Pick<House, 'records' | 'clock' | 'jobs' | 'space'>;
  readonly #writes: Grouped<ResponseRow, boolean>;
  #toldUntil = 0;

  constructor(house: Pick<House, 'records' | 'clock' | 'jobs' | 'space'>) {
    this.#house = house;
    this.#writes = new Grouped({
      most: AT_ONCE,
      keyOf: (row) => row.token,
      write: async (rows) => {
        const written = await saveResponses(house.records.db, rows);
        return rows.map((row) => written.has(row.token));
      },
    });
  }

  /** Throws Problem `conflict` where it has ended, `too-many-requests` while nothing can be kept. */
  async save(row: ResponseRow): Promise<void> {
    this.#refuseWhileFull();
    if (!(await this.#writes.add(row).catch(notNow))) throw ended();
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
          throw error;
        });
      if (full) return true;
    }
    await this.#tellSoon();
    return false;
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
    await this.#house.jobs.send(tellFacts, {}, { startAfterSeconds: TELL_AFTER_SECONDS });
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
