import type { House } from '../house/house.ts';
import { newId } from '../kernel/ids.ts';
import { insertEntries, type EntryRow } from './records.ts';

/** An entry as it is told; id and count are given here. */
export type Told = Omit<EntryRow, 'id' | 'times'>;

/** Looks wait this long for others to be written with. */
const GATHER_MS = 1_000;
/** So many are written in one statement. */
const BATCH = 500;
/** When so many wait, who looks next waits for the store. */
const WAITING_CAP = 5_000;

/**
 * Entries on their way to the store. Each write takes all that waits, so that a hundred changes at once cost one
 * statement. An entry keeps its id from when it was told: a write that is repeated writes it once.
 */
export class Book {
  #waiting: EntryRow[] = [];
  #looks = new Map<string, number>();
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly house: House) {}

  /** Resolves when it is written. */
  async change(told: Told): Promise<void> {
    this.#add(told);
    await this.flush();
  }

  /** Resolves at once, unless too many wait. */
  async look(told: Told): Promise<void> {
    const reasons = told.changes.map(({ after }) => after);
    const key = [told.workspaceId, told.callerId, told.callerName, told.operation, told.objectId, told.address, ...reasons].join('\n'); // prettier-ignore
    const at = this.#looks.get(key);
    const before = at === undefined ? undefined : this.#waiting[at];
    if (at !== undefined && before !== undefined) {
      this.#waiting[at] = { ...before, times: before.times + 1 };
      return;
    }
    this.#looks.set(key, this.#waiting.length);
    this.#add(told);
    if (this.#waiting.length >= WAITING_CAP) await this.flush();
    else if (this.house.background) this.#later();
  }

  /** Writes all that waits. Rejects when the store is away; what waited still does. */
  async flush(): Promise<void> {
    const before = this.#writing;
    await before?.catch(() => undefined);
    // What was told while a batch was on its way goes with the next, which somebody else may have begun.
    if (this.#waiting.length > 0) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
    }
    if (this.#writing !== before) await this.#writing;
  }

  /** Before the process leaves. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#waiting.length > 0) await this.flush();
  }

  #add(told: Told): void {
    this.#waiting.push({ ...told, id: newId('auditEntry', this.house.clock), times: 1 });
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.flush().catch((error: unknown) => {
        const waiting = this.#waiting.length;
        this.house.log.error({ error: error instanceof Error ? error : undefined, waiting }, 'the audit log waits');
      });
    }, GATHER_MS);
  }

  async #write(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#looks.clear();
    let written = 0;
    try {
      for (; written < batch.length; written += BATCH) {
        await insertEntries(this.house.records.db, batch.slice(written, written + BATCH));
      }
    } catch (error) {
      this.#waiting = [...batch.slice(written), ...this.#waiting];
      this.#looks.clear();
      if (this.house.background) this.#later();
      throw error;
    }
  }
}

const books = new WeakMap<House, Book>();

export function bookOf(house: House): Book {
  const known = books.get(house);
  if (known !== undefined) return known;
  const book = new Book(house);
  books.set(house, book);
  return book;
}
