import * as records from './records/batches.ts';
import { loadSeen, selectKnown } from './facts.ts';
import type { DrainHouse } from './identities.ts';
import type { Drained } from './lines.ts';
import { SEEN_MS, SeenIds } from './seen.ts';

/** A clock that was set back a little, and hours that are rounded. */
const SLACK_MS = 3_600_000;

/** Events of a batch that are among the facts already. */
export interface Found {
  /** An earlier try at this batch brought them. */
  readonly there: ReadonlySet<string>;
  /** Something else did, within seven days: the batch says them again. */
  readonly before: ReadonlySet<string>;
}

/** Which event ids one drain knows to be among the facts: a filter names suspects, the facts store decides. */
export class Duplicates {
  readonly #seen = new SeenIds();
  /** Since when `#seen` knows every id; undefined before it was filled. */
  #since: number | undefined;
  #knownBatch = 0;

  constructor(
    readonly house: Pick<DrainHouse, 'records' | 'facts' | 'clock'>,
    readonly drainId: string,
  ) {}

  /** Learns the ids of the seven days before what waits at first, later those that other drains brought. */
  async learn(): Promise<void> {
    const { records: store, facts, clock } = this.house;
    if (this.#since === undefined) {
      const last = await records.selectLastBatch(store.db);
      const oldest = (await records.selectOldestWaiting(store.db))?.getTime() ?? Number.POSITIVE_INFINITY;
      const since = Math.min(oldest, clock.now().getTime()) - SEEN_MS;
      await loadSeen(facts, this.#seen, since);
      this.#knownBatch = last;
      this.#since = since;
      return;
    }
    for (const batch of await records.selectBrought(store.db, this.#knownBatch)) {
      if (batch.drainId !== this.drainId) {
        const from = batch.firstReceivedAt.getTime() - SLACK_MS;
        await loadSeen(facts, this.#seen, from, [batch.firstSeq, batch.lastSeq]);
      }
      this.#knownBatch = batch.id;
    }
  }

  /** Nothing that came before this moment waits any more. */
  forget(receivedAt: Date): void {
    const before = receivedAt.getTime() - SEEN_MS - SLACK_MS;
    this.#seen.forgetBefore(before);
    this.#since = Math.max(this.#since ?? before, before);
  }

  /** These are among the facts now. */
  remember(kept: readonly Drained[]): void {
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

  /**
   * Which of a batch's events are among the facts.
   * @param again whether an earlier try may have brought some of them: then only the facts store knows
   */
  async find(
    batch: records.Batch,
    { ids, seqs }: { readonly ids: Iterable<string>; readonly seqs: ReadonlySet<number> },
    again: boolean,
  ): Promise<Found> {
    const [first, last] = [batch.firstReceivedAt.getTime(), batch.lastReceivedAt.getTime()];
    const unknown = again || this.#since === undefined || first - SEEN_MS < this.#since;
    const suspects = unknown ? [...ids] : [...ids].filter((id) => this.#seen.mayHave(id));
    const [there, before] = [new Set<string>(), new Set<string>()];
    for (const known of await selectKnown(this.house.facts, suspects, first - SEEN_MS, last + SEEN_MS)) {
      (seqs.has(known.journal_seq) ? there : before).add(known.event_id);
    }
    return { there, before };
  }
}
