import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../../../platform/web/client/problem.ts';
import { Keeper, type Keeping } from './keeper.ts';

/** A keeper whose saves are answered one by one, and whose clock stands until it is told to run. */
function make() {
  const saves: { value: string; revision: number; done: (revision: number) => void; fail: (e: unknown) => void }[] = [];
  const told: Keeping[] = [];
  let due: (() => void) | undefined;
  const keeper = new Keeper<string>({
    value: 'a',
    revision: 1,
    save: (value, revision) =>
      new Promise<number>((done, fail) => {
        saves.push({ value, revision, done, fail });
      }),
    hear: (keeping) => told.push(keeping),
    later: (then) => {
      due = then;
      return () => (due = undefined);
    },
  });
  const turn = async (): Promise<void> => {
    for (let i = 0; i < 8; i++) await Promise.resolve();
  };
  return {
    keeper,
    saves,
    is: () => told.at(-1)?.is,
    isDue: () => due !== undefined,
    run: async () => {
      const then = due;
      due = undefined;
      then?.();
      await turn();
    },
    turn,
  };
}

describe('[SQ32] a draft is saved by itself', () => {
  test('once it rests, the newest of it, over the revision that was saved last', async () => {
    const { keeper, saves, is, run, turn } = make();
    keeper.want('ab');
    keeper.want('abc');
    expect([is(), saves.length]).toEqual(['waiting', 0]);
    await run();
    expect(saves.map(({ value, revision }) => [value, revision])).toEqual([['abc', 1]]);
    keeper.want('abcd');
    expect(saves).toHaveLength(1);
    saves[0]?.done(2);
    await turn();
    await run();
    expect(saves[1]).toMatchObject({ value: 'abcd', revision: 2 });
    saves[1]?.done(3);
    await turn();
    expect([is(), keeper.revision]).toEqual(['saved', 3]);
  });

  test('at once where that is wanted', async () => {
    const { keeper, saves, turn } = make();
    expect(await keeper.flush()).toBe(true);
    keeper.want('ab');
    const flushed = keeper.flush();
    keeper.want('abc');
    saves[0]?.done(2);
    await turn();
    saves[1]?.done(3);
    expect(await flushed).toBe(true);
    expect(saves.map(({ value }) => value)).toEqual(['ab', 'abc']);
  });

  test('never over what somebody else saved, until one has said so', async () => {
    const { keeper, saves, is, isDue, run, turn } = make();
    keeper.want('ab');
    await run();
    saves[0]?.fail(new ProblemError(409, 'conflict', 'changed', { code: 'survey-changed' }));
    await turn();
    keeper.want('abc');
    expect([is(), isDue(), await keeper.flush()]).toEqual(['overtaken', false, false]);
    const over = keeper.goOnOver(7);
    expect(saves[1]).toMatchObject({ value: 'abc', revision: 7 });
    saves[1]?.done(8);
    await over;
    expect(is()).toBe('saved');
  });

  test('again where the server was away, and not where it refuses', async () => {
    const { keeper, saves, is, isDue, run, turn } = make();
    keeper.want('ab');
    await run();
    saves[0]?.fail(new ProblemError(0, 'unreachable', 'unreachable'));
    await turn();
    expect([is(), isDue()]).toEqual(['away', true]);
    await run();
    saves[1]?.fail(new ProblemError(403, 'forbidden', 'no'));
    await turn();
    expect([is(), isDue()]).toEqual(['refused', false]);
  });
});
