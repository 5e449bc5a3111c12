import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('[IM22] files are unpacked one at a time, workspaces in turn; who is gone waits no more, and a queue has an end', async () => {
  const turns = new Turns();
  const done: string[] = [];
  let go = (): void => undefined;
  const open = new Promise<void>((resolve) => (go = resolve));
  const take = (who: string, what: string, signal?: AbortSignal) =>
    turns.take(who, signal, async () => {
      await open;
      done.push(what);
    });
  const gone = new AbortController();
  const first = take('a', 'a1');
  const left = take('a', 'left', gone.signal);
  const rest = Array.from({ length: 19 }, (_, i) => take('a', `a${i + 2}`));
  gone.abort(new Error('hung up'));
  await expect(left).rejects.toThrow('hung up');
  const [last, other] = [take('a', 'a21'), take('b', 'b1')];
  await expect(take('a', 'too many')).rejects.toThrow('20 files of this workspace wait');
  go();
  await Promise.all([first, ...rest, last, other]);
  expect(done.slice(0, 3)).toEqual(['a1', 'b1', 'a2']);
  expect(done).toHaveLength(22);
  // One that fails hands its turn on.
  await expect(turns.take('a', undefined, () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
  expect(await turns.take('b', undefined, () => Promise.resolve('taken'))).toBe('taken');
});
