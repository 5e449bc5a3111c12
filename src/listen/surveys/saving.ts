import type { Quota } from '@touchstone/domain/survey';
import type { House } from '../../platform/house/house.ts';
import { Grouped } from '../../platform/kernel/grouped.ts';
import type { LogFields } from '../../platform/kernel/log.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { tellFacts } from './job-kinds.ts';
import { countIn, leaveMarks, type ResponseRow, saveResponses } from './records/responses.ts';

const AT_ONCE = 200;
/** Beyond so many that wait, whoever comes is asked to come again. */
const MOST_WAITING = 20_000;
/** Answers become facts so long after they were handed in, together with all that came meanwhile. */
const TELL_AFTER_SECONDS = 1;

const COMPLAIN_EVERY_MS = 1_000;

/** What became of one: written, no longer what was read (another window, or its survey is gone), or not kept. */
type Saved = 'written' | 'overtaken' | 'failed';

export type Ended = 'ended' | 'full' | 'overtaken';

/** Keeps responses durably: those that come at the same time in one write. */
export class SavingResponses {
  readonly #house: Pick<House, 'records' | 'clock' | 'jobs' | 'space' | 'log'>;
  readonly #writes: Grouped<ResponseRow, Saved>;
  #kept = 0;
  #toldUntil = 0;
  #complainedAt: number | undefined;

  constructor(house: Pick<House, 'records' | 'clock' | 'jobs' | 'space' | 'log'>) {
    this.#house = house;
    this.#writes = new Grouped({
      most: AT_ONCE,
      keyOf: (row) => row.token,
      write: async (rows) => {
        try {
          return await this.#write(rows);
        } catch (error) {
          this.#told(error);
          // One that cannot be kept keeps out no other.
          return await Promise.all(rows.map((row) => this.#writeOne(row)));
        }
      },
    });
  }

  /** How many times anything was kept, by this process. */
  get kept(): number {
    return this.#kept;
  }

  /**
   * False: it is no longer what was read, and nothing was written. Throws Problem `too-many-requests` while nothing can be
   * kept.
   */
  async save(row: ResponseRow): Promise<boolean> {
    this.#refuseWhileFull();
    const saved = await this.#writes.add(row).catch((error: unknown) => this.#refuse(error));
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
        return this.#refuse(error);
      });
  }

  async #write(rows: readonly ResponseRow[]): Promise<Saved[]> {
    const written = await saveResponses(this.#house.records.db, rows);
    this.#kept += written.size;
    return rows.map((row) => (written.has(row.token) ? 'written' : 'overtaken'));
  }

  async #writeOne(row: ResponseRow): Promise<Saved> {
    try {
      return (await this.#write([row]))[0] ?? 'failed';
    } catch (error) {
      this.#told(error);
      return 'failed';
    }
  }

  #refuse(error: unknown): never {
    this.#told(error);
    return notNow();
  }

  /** The log is told why answers are not kept, once a second at the most; no answer stands in it, as messages may quote them. */
  #told(error: unknown): void {
    const now = this.#house.clock.now().getTime();
    if (this.#complainedAt !== undefined && Math.abs(now - this.#complainedAt) < COMPLAIN_EVERY_MS) return;
    this.#complainedAt = now;
    this.#house.log.error(whyNot(error), 'answers cannot be kept');
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

/** What kind of error it is, and of what kind the one behind it: that of the store stands behind the library's. */
function whyNot(error: unknown): LogFields {
  const behind = error instanceof Error && error.cause !== undefined ? kindOf(error.cause) : undefined;
  return { ...kindOf(error), ...(behind === undefined ? {} : { cause: behind.type, causeCode: behind.code }) };
}

function kindOf(error: unknown): { readonly type: string; readonly code: string | undefined } {
  if (!(error instanceof Error)) return { type: typeof error, code: undefined };
  return { type: error.constructor.name, code: 'code' in error && typeof error.code === 'string' ? error.code : undefined }; // prettier-ignore
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
