import { describe, expect, test } from 'vitest';
import { silentLog } from '../../platform/kernel/log.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { Committer, type JournalStore, type Portion } from './committer.ts';

/** A journal in memory whose writes end when the test says so. */
class Shelf implements JournalStore {
  readonly written: (readonly Portion[])[] = [];
  readonly #held: (() => void)[] = [];
  waiting = 0;
  holds = false;
  fails = false;

  async append(portions: readonly Portion[]): Promise<readonly (number | null)[]> {
    this.written.push(portions);
    if (this.holds) await new Promise<void>((resolve) => this.#held.push(resolve));
    if (this.fails) throw new Error('no space left on device');
    return portions.map((p) => (p.rows === 0 ? null : this.written.length));
  }

  waitingBytes(): Promise<number> {
    return Promise.resolve(this.waiting);
  }

  release(): void {
    this.holds = false;
    for (const resolve of this.#held.splice(0)) resolve();
  }
}

const portion = (body = 'line\n'): Portion => ({ workspaceId: 'ws_1', body, rows: 1, refused: [] });
const committerOf = (shelf: Shelf, capBytes = 1_000_000) => new Committer(shelf, { capBytes, log: silentLog });

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  if (!(thrown instanceof Problem)) throw new Error('It was taken.');
  return thrown;
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('group commit', () => {
  test('[JR6] what arrives while flushes are under way shares the next one', async () => {
    const shelf = new Shelf();
    const committer = committerOf(shelf);
    shelf.holds = true;
    const first = [committer.add(portion()), committer.add(portion())];
    await settle();
    const later = Array.from({ length: 10 }, () => committer.add(portion()));
    await settle();
    shelf.release();
    await Promise.all([...first, ...later]);
    expect(shelf.written.length).toBeLessThanOrEqual(4);
    expect(shelf.written.flat().length).toBe(12);
  });

  test('[JR1] a request is answered only when its own flush is durable', async () => {
    const shelf = new Shelf();
    shelf.holds = true;
    let answered = false;
    const added = committerOf(shelf)
      .add(portion())
      .then((seq) => {
        answered = true;
        return seq;
      });
    await settle();
    expect(answered).toBe(false);
    shelf.release();
    expect(await added).toBe(1);
  });

  test('[JR7] a full journal says 429 with Retry-After, and takes again once it has been drained', async () => {
    const shelf = new Shelf();
    shelf.waiting = 98;
    const committer = committerOf(shelf, 100);
    const refused = await problemOf(committer.add(portion()));
    expect(refused.status).toBe(429);
    expect(refused.details.retryAfterSeconds).toBeGreaterThan(0);
    shelf.waiting = 0;
    expect(await committer.add(portion())).toBe(1);
  });

  test('[JR7] a journal that cannot be written says 429, and forgets nothing it acknowledged', async () => {
    const shelf = new Shelf();
    const committer = committerOf(shelf);
    expect(await committer.add(portion())).toBe(1);
    shelf.fails = true;
    expect((await problemOf(committer.add(portion()))).status).toBe(429);
    shelf.fails = false;
    expect(await committer.add(portion())).toBe(3);
  });

  test('[JR7] what was appended counts before it is counted anew', async () => {
    const shelf = new Shelf();
    const committer = committerOf(shelf, 12);
    await committer.add(portion());
    await committer.add(portion());
    shelf.waiting = 10;
    expect((await problemOf(committer.add(portion()))).status).toBe(429);
  });

  test('[JR7] what is kept of refused messages takes its place in memory too', async () => {
    const shelf = new Shelf();
    const committer = committerOf(shelf);
    shelf.holds = true;
    const refused = [{ messageId: '', field: '', reason: 'no', body: 'x'.repeat(9_000_000), taken: false }];
    const added = Array.from({ length: 9 }, () => committer.add({ ...portion(''), rows: 0, refused }));
    await settle();
    expect((await problemOf(committer.add(portion()))).status).toBe(429);
    shelf.release();
    await Promise.all(added);
    expect(await committer.add(portion())).toBeGreaterThan(0);
  });

  test('[SR19] nothing is taken while there is no room, and again when there is', async () => {
    const shelf = new Shelf();
    let refusal: string | undefined = 'The disk is nearly full.';
    const committer = new Committer(shelf, { capBytes: 1_000_000, log: silentLog, refusal: () => refusal });
    const problem = await problemOf(committer.add(portion()));
    expect(problem).toMatchObject({ status: 429, detail: refusal });
    expect(problem.details.retryAfterSeconds).toBeGreaterThan(0);
    refusal = undefined;
    expect(await committer.add(portion())).toBe(1);
  });
});
