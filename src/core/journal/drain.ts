import { randomUUID } from 'node:crypto';
import { compileRules, loadRules, type Classifier } from '../catalogue/facade.ts';
import { insertEvents, isRefusal, loadSeen, selectKnown } from './facts.ts';
import { identify, identityOf, type DrainHouse, type Identities } from './identities.ts';
import { completeLine, readBody, type Drained } from './lines.ts';
import * as records from './records.ts';
import { SEEN_MS, SeenIds } from './seen.ts';
import { tellOthers } from './tell.ts';

/** `elsewhere`: another drain has the turn. */
export type Turn = 'drained' | 'idle' | 'elsewhere';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A clock that was set back a little, and hours that are rounded. */
const SLACK_MS = 3_600_000;

/**
 * Moves what was acknowledged from the journal into the facts, in batches, exactly once. Any number of drains may run:
 * they take turns, and one that finds a batch cut off between any two statements finishes it as the same batch.
 */
export class Drain {
  readonly #id = randomUUID();
  readonly #seen = new SeenIds();
  #knownBatch: number | undefined;
  readonly #classifiers = new Map<string, Classifier>();

  constructor(readonly house: DrainHouse) {}

  /** Drains one batch. Throws when a store is away: what was claimed stays claimed, and the next turn goes on with it. */
  turn(): Promise<Turn> {
    const { records: store } = this.house;
    return store.transaction(async (tx) => {
      if (!(await records.takeTurn(tx))) return 'elsewhere';
      await this.#learn();
      const now = this.house.clock.now();
      const batch =
        (await records.selectUnfinished(store.db, now)) ?? (await records.claimBatch(store.db, this.#id, now));
      if (batch === undefined) return 'idle';
      await this.#finish(batch);
      return 'drained';
    });
  }

  /** Ids of the last seven days at first, later those that other drains brought. */
  async #learn(): Promise<void> {
    const { records: store, facts } = this.house;
    const since = this.#since();
    if (this.#knownBatch === undefined) {
      const last = await records.selectLastBatch(store.db);
      await loadSeen(facts, this.#seen, since);
      this.#knownBatch = last;
      return;
    }
    this.#seen.forgetBefore(since);
    for (const batch of await records.selectBrought(store.db, this.#knownBatch)) {
      if (batch.drainId !== this.#id) {
        const from = batch.firstReceivedAt.getTime() - SLACK_MS;
        await loadSeen(facts, this.#seen, from, [batch.firstSeq, batch.lastSeq]);
      }
      this.#knownBatch = batch.id;
    }
  }

  #since(): number {
    return this.house.clock.now().getTime() - SEEN_MS;
  }

  async #finish(batch: records.Batch): Promise<void> {
    const { records: store, clock, log } = this.house;
    const kept = await this.#readOnce(batch);
    const identities = await identify(this.house, kept);
    if (batch.state === 'claimed') {
      await this.#insert(batch, await this.#conclude(kept, identities));
      await records.markInserted(store.db, batch.id, this.#id);
      this.#remember(kept);
    }
    try {
      await tellOthers(this.house, kept, identities, batch.token);
    } catch (error) {
      const failures = batch.failures + 1;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
      await records.markFailed(store.db, batch.id, failures, new Date(clock.now().getTime() + pause));
      log.error({ batch: batch.id, failures, error: asError(error) }, 'facts are in, who lives on them is told later');
      return;
    }
    await records.finishBatch(store, batch.id);
    log.debug({ batch: batch.id, events: kept.length }, 'drained');
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

  /** The messages of a batch, each messageId once: neither twice in it nor come before it. */
  async #readOnce(batch: records.Batch): Promise<Drained[]> {
    const rows = await records.selectJournalRows(this.house.records.db, batch.id);
    const all = new Map<string, Drained>();
    const hits: string[] = [];
    for (const row of rows) {
      for (const drained of readBody(row)) {
        const id = drained.fact.event_id;
        if (all.has(id)) continue;
        all.set(id, drained);
        if (this.#seen.mayHave(id)) hits.push(id);
      }
    }
    if (hits.length > 0) {
      // Rows of this very batch are there when it was cut off after its insert: those are not duplicates.
      const own = new Set(rows.map((r) => r.seq));
      for (const known of await selectKnown(this.house.facts, hits, this.#since())) {
        if (!own.has(known.journal_seq)) all.delete(known.event_id);
      }
    }
    return [...all.values()];
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
      return { workspaceId: fact.workspace, json };
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

  /**
   * Inserts lines under the batch's token. Lines the store refuses are found by halving, each half under a token of its
   * own that is the same when this is done again, and listed with the refused messages.
   */
  async #insert(batch: records.Batch, lines: readonly Line[], token = batch.token): Promise<void> {
    if (lines.length === 0) return;
    const { facts, log, records: store } = this.house;
    try {
      await insertEvents(facts, lines, token);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const [only] = lines;
      if (lines.length > 1 || only === undefined) {
        const half = Math.ceil(lines.length / 2);
        await this.#insert(batch, lines.slice(0, half), `${token}a`);
        await this.#insert(batch, lines.slice(half), `${token}b`);
        return;
      }
      log.error({ batch: batch.id, error }, 'the facts store refused an event');
      await records.insertRefusedLine(store.db, only.workspaceId, only.json, this.house.clock.now());
    }
  }
}

/** A line on its way into the facts store. */
interface Line {
  readonly workspaceId: string;
  readonly json: string;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Drains until nothing waits; for tests and for a house that stops. */
export async function drainJournal(house: DrainHouse, drain = new Drain(house)): Promise<void> {
  while ((await drain.turn()) === 'drained');
}
