import { randomUUID } from 'node:crypto';
import { plainError } from '../../platform/kernel/log.ts';
import { holdUnit } from '../../platform/stores/units.ts';
import { compileRules, loadRules, type Classifier } from '../catalogue/facade.ts';
import { Duplicates } from './duplicates.ts';
import { isThere } from './facts.ts';
import { identify, identityOf, type DrainHouse, type Identities } from './identities.ts';
import { insertLines, type Line } from './inserting.ts';
import { completeLine, readRows, type Drained } from './lines.ts';
import * as records from './records/batches.ts';
import { setAside, setRowsAside } from './records/set-aside.ts';
import { type Brought, concernsOthers, stepKey, tellOthers, type Told } from './tell.ts';
import { FIRST_PAUSE_MS, LAST_TRY, LONGEST_PAUSE_MS, STEPS } from './vocabulary.ts';

/** `full`: as much as a batch takes was drained, more may wait. `elsewhere`: another drain has the turn. */
export type Turn = 'drained' | 'full' | 'idle' | 'elsewhere';

const BATCH: records.BatchSize = { journalRows: 5_000, bytes: 12_000_000 };
/** Most batches of a turn: a backup waits for its end. */
const BATCHES_A_TURN = 12;
/** While more are brought, those who live on batches are told of so many at once: orders are made anew for all of them. */
const TOLD_AT_ONCE = 4;
const REASON_CHARS = 500;
const NONE: ReadonlySet<string> = new Set();

/** A batch that has been read, on its way into the facts. */
interface Prepared {
  readonly batch: records.Batch;
  /** Whether an earlier try may have done some of it. */
  readonly again: boolean;
  /** Its messages, each messageId once: neither twice in it nor come within seven days. */
  readonly kept: readonly Drained[];
  /** Ids of its events that an earlier try brought among the facts. */
  readonly there: ReadonlySet<string>;
  /** Whether its batch was as large as one can be. */
  readonly isFull: boolean;
  readonly identities: Identities;
  /** What is to be inserted, but for what is there. */
  readonly lines: readonly Line[];
}

/**
 * Moves what was acknowledged from the journal into the facts, in batches, exactly once. Any number of drains may run:
 * they take turns, and one that finds a batch cut off between any two statements finishes it as the same batch.
 *
 * A batch passes three stations: it is read, it is brought among the facts, and those who live on it are told, of some
 * batches at once. While much waits something stands at each of them, since each waits for another process most of the time.
 */
export class Drain {
  readonly #id = randomUUID();
  readonly #duplicates: Duplicates;
  readonly #classifiers = new Map<string, Classifier>();

  constructor(
    readonly house: DrainHouse,
    readonly most = BATCH,
  ) {
    this.#duplicates = new Duplicates(house, this.#id);
  }

  /**
   * Drains what waits, some batches at most. Throws when a store is away: what was claimed stays claimed, and the next turn
   * goes on with it.
   * @param goesOn asked before each further batch
   */
  turn(goesOn: () => boolean = () => true): Promise<Turn> {
    const { records: store } = this.house;
    return store.transaction(async (tx) => {
      if (!(await records.takeTurn(tx))) return 'elsewhere';
      await holdUnit(tx);
      await this.#duplicates.learn();
      const now = this.house.clock.now();
      const begun = await records.selectUnfinished(store.db, now);
      const batch = begun ?? (await records.claimBatch(store.db, this.#id, this.most, now));
      if (batch === undefined) {
        this.#duplicates.forget(now);
        return 'idle';
      }
      return this.#drain(await this.#read(batch, begun !== undefined, NONE), goesOn);
    });
  }

  async #drain(first: Prepared, goesOn: () => boolean): Promise<Turn> {
    let last = first;
    let read: Prepared | undefined = first;
    let brought: Brought[] = [];
    for (let batches = 1; read !== undefined || brought.length > 0; batches++) {
      // After one that was cut off there may be others: a turn begins with those.
      const more: boolean = read?.isFull === true && !read.again && batches < BATCHES_A_TURN && goesOn();
      const next: Promise<Prepared | undefined> | undefined = more ? this.#readNext(last) : undefined;
      const telling: readonly Brought[] = read === undefined || brought.length >= TOLD_AT_ONCE ? brought : [];
      await together([next, read && this.#bring(read), this.#tell(telling)].filter((work) => work !== undefined));
      if (telling.length > 0) brought = [];
      if (read !== undefined) brought.push(ofOthersConcern(read));
      read = await next;
      last = read ?? last;
    }
    return last.isFull ? 'full' : 'drained';
  }

  /** @param ahead the batch that is being brought meanwhile */
  async #readNext(ahead: Prepared): Promise<Prepared | undefined> {
    const { records: store, clock } = this.house;
    const batch = await records.claimBatch(store.db, this.#id, this.most, clock.now());
    if (batch === undefined) return undefined;
    return this.#read(batch, false, new Set(ahead.kept.map(({ fact }) => fact.event_id)));
  }

  /** @param ahead ids that are among the facts before anything of this is */
  async #read(batch: records.Batch, again: boolean, ahead: ReadonlySet<string>): Promise<Prepared> {
    const { records: store } = this.house;
    const rows = await records.selectJournalRows(store.db, batch.id);
    const { drained, unreadable } = readRows(rows);
    for (const [workspaceId, { seqs, reason }] of unreadable) {
      await setRowsAside(store, batch.id, workspaceId, seqs, reason, this.house.clock.now());
      this.house.log.error({ batch: batch.id, rows: seqs.length }, 'rows of the journal cannot be read: set aside');
    }
    const all = new Map<string, Drained>();
    for (const each of drained) {
      // Of a batch whose facts are in, only what somebody still waits for is looked at.
      if (batch.state === 'inserted' && !isOpen(batch, each)) continue;
      const id = each.fact.event_id;
      if (!ahead.has(id) && !all.has(id)) all.set(id, each);
    }
    const own = { ids: all.keys(), seqs: new Set(rows.map((r) => r.seq)) };
    const { there, before } = await this.#duplicates.find(batch, own, again);
    for (const id of before) if (!there.has(id)) all.delete(id);
    const kept = [...all.values()];
    const identities = await identify(this.house, kept);
    const lines = batch.state === 'claimed' ? await this.#conclude(kept, identities) : [];
    return { batch, again, kept, there, isFull: isFull(rows, this.most), identities, lines };
  }

  async #bring({ batch, kept, there, lines }: Prepared): Promise<void> {
    if (batch.state === 'inserted') return;
    const { records: store, clock, watch } = this.house;
    const refused = await insertLines(this.house, lines, there, batch.token);
    await records.markInserted(store, batch.id, this.#id, refused, clock.now());
    watch.count('journal_drained', kept.length);
    this.#duplicates.remember(kept);
  }

  async #tell(brought: readonly Brought[]): Promise<void> {
    for (const told of await tellOthers(this.house, brought)) {
      const { batch } = told;
      if (told.failures.length > 0) {
        await this.#tellLater(told);
        continue;
      }
      await records.finishBatch(this.house.records, batch.id);
      this.#duplicates.forget(batch.firstReceivedAt);
      this.house.log.debug({ batch: batch.id }, 'drained');
    }
  }

  /** Later and later, then no more: a batch whose last try failed is set aside for somebody to look at. */
  async #tellLater({ batch, told: steps, failures: failed }: Told): Promise<void> {
    const { records: store, clock, log, facts } = this.house;
    // A store that is away is no fault of the batch: nothing is counted, and the next turn is as this one.
    if (!(await isThere(facts))) throw failed[0]?.error;
    const told = [...steps];
    const failures = batch.failures + 1;
    const now = clock.now();
    const reasons = new Map<string, string>();
    for (const { workspaceId, step, error } of failed) {
      const before = reasons.get(workspaceId);
      // Stores quote what they refuse: it is kept and shown without.
      const reason = `${before === undefined ? '' : `${before} `}${step}: ${plainError(error).message}`;
      reasons.set(workspaceId, reason.slice(0, REASON_CHARS));
      log.error({ batch: batch.id, failures, step, error }, 'facts are in, who lives on them could not be told');
    }
    if (failures < LAST_TRY) {
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
      const reason = [...reasons.values()].join(' ').slice(0, REASON_CHARS);
      const dueAt = new Date(now.getTime() + pauseMs);
      return records.markFailed(store.db, batch.id, { failures, told, reason }, dueAt);
    }
    await setAside(store, batch, { failures, told }, reasons, now);
    log.error({ batch: batch.id, failures }, 'it was set aside after its last try');
  }

  async #conclude(kept: readonly Drained[], identities: Identities): Promise<Line[]> {
    const classifiers = new Map<string, Classifier>();
    for (const workspaceId of identities.keys()) classifiers.set(workspaceId, await this.#classifier(workspaceId));
    return kept.map((drained) => {
      const { fact } = drained;
      const classifier = classifiers.get(fact.workspace);
      const place = classifier?.classify('event', fact) ?? { touchpoint: '', stage: '' };
      const json = completeLine(drained, {
        identityNo: identityOf(identities, drained),
        touchpoint: place.touchpoint,
        stage: place.stage,
        rulesVersion: classifier?.version ?? 0,
      });
      return { workspaceId: fact.workspace, eventId: fact.event_id, json };
    });
  }

  async #classifier(workspaceId: string): Promise<Classifier> {
    const book = await loadRules(this.house, workspaceId);
    const known = this.#classifiers.get(workspaceId);
    if (known?.version === book.version) return known;
    const compiled = compileRules(book);
    this.#classifiers.set(workspaceId, compiled);
    return compiled;
  }
}

/** What of a batch is kept until it is told of: not the lines, which are among the facts. */
function ofOthersConcern({ batch, again, kept, identities }: Prepared): Brought {
  return { batch, again, kept: kept.filter(concernsOthers), identities };
}

/** Throws what the first of these threw, when none is under way any more. */
async function together(works: readonly Promise<unknown>[]): Promise<void> {
  for (const end of await Promise.allSettled(works)) if (end.status === 'rejected') throw end.reason;
}

function isFull(rows: readonly records.JournalRow[], most: records.BatchSize): boolean {
  const chars = rows.reduce((sum, row) => sum + row.body.length, 0);
  return rows.length >= most.journalRows || chars >= most.bytes / 2;
}

function isOpen({ told }: records.Batch, drained: Drained): boolean {
  return concernsOthers(drained) && STEPS.some((step) => !told.includes(stepKey(drained.fact.workspace, step)));
}

/** Drains until nothing waits; for tests and for a house that stops. */
export async function drainJournal(house: DrainHouse, drain = new Drain(house)): Promise<void> {
  for (let turn = await drain.turn(); turn === 'drained' || turn === 'full';) turn = await drain.turn();
}
