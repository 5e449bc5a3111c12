import { describe, expect, test } from 'vitest';
import { begin, type History, type HistoryAct, historyAfter } from './history.ts';

const after = (...acts: readonly HistoryAct<string>[]): History<string> =>
  acts.reduce<History<string>>(historyAfter, begin('a'));
const change = (next: string, as?: string): HistoryAct<string> => ({ act: 'change', next, label: `to ${next}`, as });

describe('[SQ31] what was done in the editor', () => {
  test('is undone and done again, step by step', () => {
    const done = after(change('b'), change('c'));
    const undone = historyAfter(done, { act: 'undo' });
    expect([done.now, undone.now, historyAfter(undone, { act: 'undo' }).now]).toEqual(['c', 'b', 'a']);
    expect(undone.future.at(-1)?.label).toBe('to c');
    expect(historyAfter(undone, { act: 'redo' })).toEqual({ ...done, sealed: true });
  });

  test('ends where nothing is left to undo or to do again', () => {
    const one = after(change('b'), { act: 'undo' });
    expect(historyAfter(one, { act: 'undo' })).toBe(one);
    const all = historyAfter(one, { act: 'redo' });
    expect(historyAfter(all, { act: 'redo' })).toBe(all);
    expect(historyAfter(one, change('a'))).toBe(one);
  });

  test('is not done again once something else was done', () => {
    expect(after(change('b'), { act: 'undo' }, change('c'))).toMatchObject({ now: 'c', future: [] });
  });

  test('is one step as long as one types into one field', () => {
    const typed = after(change('ab', 'title'), change('abc', 'title'));
    expect(historyAfter(typed, { act: 'undo' }).now).toBe('a');
    const elsewhere = after(change('ab', 'title'), change('abc', 'help'), change('abcd', 'title'));
    expect(elsewhere.past).toHaveLength(3);
    const left = after(change('ab', 'title'), { act: 'seal' }, change('abc', 'title'));
    expect(historyAfter(left, { act: 'undo' }).now).toBe('ab');
    const undone = after(change('ab', 'title'), { act: 'undo' }, { act: 'redo' }, change('abc', 'title'));
    expect(historyAfter(undone, { act: 'undo' }).now).toBe('ab');
  });

  test('is kept as far back as 300 steps', () => {
    const many = after(...Array.from({ length: 400 }, (_, step) => change(`step ${step}`)));
    expect(many.past).toHaveLength(300);
    expect(many.past[0]?.value).toBe('step 99');
  });
});
