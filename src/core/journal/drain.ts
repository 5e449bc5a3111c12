import { randomUUID } from 'node:crypto';
import { plainError } from '../../platform/kernel/log.ts';
import { holdUnit } from '../../platform/stores/units.ts';
import { compileRules, loadRules, type Classifier } from '../catalogue/facade.ts';
import { isThere, loadSeen, selectKnown } from './facts.ts';
import { identify, identityOf, type DrainHouse, type Identities } from './identities.ts';
import { insertLines, type Line } from './inserting.ts';
import { completeLine, readRows, type Drained } from './lines.ts';
import * as records from './records/batches.ts';
import { setAside, setRowsAside } from './records/set-aside.ts';
import { SEEN_MS, SeenIds } from './seen.ts';
import { concernsOthers, stepKey, tellOthers, type Told } from './tell.ts';
import { FIRST_PAUSE_MS, LAST_TRY, LONGEST_PAUSE_MS, STEPS } from './vocabulary.ts';

/** `full`: as much as a batch takes was drained, more may wait. `elsewhere`: another drain has the turn. */
export type Turn = 'drained' | 'full' | 'idle' | 'elsewhere';

/** A clock that was set back a little, and hours that are rounded. */
const SLACK_MS = 3_600_000;
const REASON_CHARS = 500;

/** What of a batch is to be drained. */
interface Reading {
  /** Its messages, each messageId once: neither twice in it nor come within seven days. */
  readonly kept: readonly Drained[];
  /** Ids of its events that an earlier try brought among the facts. */
  readonly there: ReadonlySet<string>;
  /** Whether its batch was as large as one can be. */
  readonly isFull: boolean;
}

/**
 * Moves what was acknowledged from the journal into the facts, in batches, exactly once. Any number of drains may run:
 * they take turns, and one that finds a batch cut off between any two statements finishes it as the same batch.
 */
export class Drain {
  readonly #id = randomUUID();
  readonly #seen = new SeenIds();
  /** Since when `#seen` knows every id; undefined before it was filled. */
  #seenSince: number | undefined;
  #knownBatch = 0;
  readonly #classifiers = new Map<string, Classifier>();

  constructor(readonly house: DrainHouse) {}

  /** Drains one batch. Throws when a store is away: what was claimed stays claimed, and the next turn goes on with it. */
  turn(): Promise<Turn> {
    const { records: store } = this.house;
    return store.transaction(async (tx) => {
      if (!(await records.takeTurn(tx))) return 'elsewhere';
      await holdUnit(tx);
      await this.#learn();
      const now = this.house.clock.now();
      const begun = await records.selectUnfinished(store.db, now);
      const batch = begun ?? (await records.claimBatch(store.db, this.#id, now));
      if (batch === undefined) {
        this.#forget(now);
        return 'idle';
      }
      return (await this.#finish(batch, begun !== undefined)) ? 'full' : 'drained';
    });
  }

  /** Ids of the seven days before what waits at first, later those that other drains brought. */
  async #learn(): Promise<void> {
    const { records: store, facts } = this.house;
    if (this.#seenSince === undefined) {
      const last = await records.selectLastBatch(store.db);
      const oldest = (await records.selectOldestWaiting(store.db))?.getTime() ?? Number.POSITIVE_INFINITY;
      const since = Math.min(oldest, this.house.clock.now().getTime()) - SEEN_MS;
      await loadSeen(facts, this.#seen, since);
      this.#knownBatch = last;
      this.#seenSince = since;
      return;
    }
    for (const batch of await records.selectBrought(store.db, this.#knownBatch)) {
      if (batch.drainId !== this.#id) {
        const from = batch.firstReceivedAt.getTime() - SLACK_MS;
        await loadSeen(facts, this.#seen, from, [batch.firstSeq, batch.lastSeq]);
      }
      this.#knownBatch = batch.id;
    }
  }

  /** Nothing that came before this moment waits any more. */
  #forget(receivedAt: Date): void {
    const before = receivedAt.getTime() - SEEN_MS - SLACK_MS;
    this.#seen.forgetBefore(before);
    this.#seenSince = Math.max(this.#seenSince ?? before, before);
  }

  /**
   * @param again whether an earlier try may have done some of it
   * @returns whether the batch was as large as one can be
   */
  async #finish(batch: records.Batch, again: boolean): Promise<boolean> {
    const { records: store, clock, log } = this.house;
    const { kept, there, isFull } = await this.#read(batch, again);
    const identities = await identify(this.house, kept);
    if (batch.state === 'claimed') {
      const refused = await insertLines(this.house, await this.#conclude(kept, identities), there, batch.token);
      await records.markInserted(store, batch.id, this.#id, refused, clock.now());
      this.house.watch.count('journal_drained', kept.length);
      this.#remember(kept);
    }
    const told = await tellOthers(this.house, kept, identities, { token: batch.token, again, told: batch.told });
    if (told.failures.length > 0) {
      await this.#tellLater(batch, told);
      return isFull;
    }
    await records.finishBatch(store, batch.id);
    this.#forget(batch.firstReceivedAt);
    log.debug({ batch: batch.id, events: kept.length }, 'drained');
    return isFull;
  }

  /** Later and later, then no more: a batch whose last try failed is set aside for somebody to look at. */
  async #tellLater(batch: records.Batch, { told, failures: failed }: Told): Promise<void> {
    const { records: store, clock, log, facts } = this.house;
    // A store that is away is no fault of the batch: nothing is counted, and the next turn is as this one.
    if (!(await isThere(facts))) throw failed[0]?.error;
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

  #remember(kept: readonly Drained[]): void {
    let at = '';
    let ms = 0;
    for (const { fact } of kept) {
      // A journal row's messages came together: most bear the moment of the one before.
      if (fact.received_at !== at) {
        at = fact.received_at;
        ms = Date.parse(`${at.replace(' ', 'T')}Z`);
      }
      this.#seen.add(fact.event_id, ms);
    }
  }

  async #read(batch: records.Batch, again: boolean): Promise<Reading> {
    const { records: store, facts } = this.house;
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
      if (!all.has(each.fact.event_id)) all.set(each.fact.event_id, each);
    }
    const [first, last] = [batch.firstReceivedAt.getTime(), batch.lastReceivedAt.getTime()];
    // What `seen` has let go, or what an earlier try brought itself, only the facts store knows.
    const unknown = again || this.#seenSince === undefined || first - SEEN_MS < this.#seenSince;
    const suspects = unknown ? [...all.keys()] : [...all.keys()].filter((id) => this.#seen.mayHave(id));
    const own = new Set(rows.map((r) => r.seq));
    const there = new Set<string>();
    const before = new Set<string>();
    for (const known of await selectKnown(facts, suspects, first - SEEN_MS, last + SEEN_MS)) {
      (own.has(known.journal_seq) ? there : before).add(known.event_id);
    }
    for (const id of before) if (!there.has(id)) all.delete(id);
    return { kept: [...all.values()], there, isFull: isFull(rows) };
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

function isFull(rows: readonly records.JournalRow[]): boolean {
  const chars = rows.reduce((sum, row) => sum + row.body.length, 0);
  return rows.length >= records.BATCH_JOURNAL_ROWS || chars >= records.BATCH_BYTES / 2;
}

function isOpen({ told }: records.Batch, drained: Drained): boolean {
  return concernsOthers(drained) && STEPS.some((step) => !told.includes(stepKey(drained.fact.workspace, step)));
}

/** Drains until nothing waits; for tests and for a house that stops. */
export async function drainJournal(house: DrainHouse, drain = new Drain(house)): Promise<void> {
  for (let turn = await drain.turn(); turn === 'drained' || turn === 'full';) turn = await drain.turn();
}
