import type { Portion, RefusedMessage } from './committer.ts';

/** Warnings that are listed for a workspace in a day; those beyond are told of in the answers alone. */
export const MOST_WARNINGS_A_DAY = 100;

/**
 * Which warnings this process has listed today (UTC). Of messages that were taken but for a part of them one of each field and
 * reason is listed: a shop whose every event has the same fault would push the messages out that were really refused.
 */
export class Listed {
  #day = '';
  readonly #reasons = new Map<string, Set<string>>();

  /** The portions as they are to be listed: without warnings that are listed already. */
  only(portions: readonly Portion[], now: Date): readonly Portion[] {
    if (!portions.some(({ refused }) => refused.some((r) => r.taken))) return portions;
    const day = now.toISOString().slice(0, 10);
    if (day !== this.#day) this.forget();
    this.#day = day;
    return portions.map((portion) => ({
      ...portion,
      refused: portion.refused.filter((r) => !r.taken || this.#isNew(portion.workspaceId, r)),
    }));
  }

  /** What was to be listed was not: let it be tried again. */
  forget(): void {
    this.#reasons.clear();
  }

  #isNew(workspaceId: string, { field, reason }: RefusedMessage): boolean {
    const known = this.#reasons.get(workspaceId) ?? new Set();
    this.#reasons.set(workspaceId, known);
    const key = `${field}\n${reason}`;
    if (known.has(key) || known.size >= MOST_WARNINGS_A_DAY) return false;
    known.add(key);
    return true;
  }
}
