import { expect, test } from 'vitest';
import { type FindingInput, type PartFact, findingsOf } from './index.ts';

const figure = { value: 3.9, low: 3.8, high: 4, n: 400, few: false };
const part = (name: string, value: number, verdict: 'higher' | 'lower' | 'unclear'): PartFact => ({
  name,
  label: name.toUpperCase(),
  figure: { ...figure, value },
  change: { value: value - 4, low: value - 4.1, high: value - 3.9, verdict },
});
const input: FindingInput = { metric: 'rating', higherIsBetter: true, figure, change: null, parts: [], companions: [] };
const kinds = (changed: Partial<FindingInput>): string[] => findingsOf({ ...input, ...changed }).map((f) => f.kind);

test('[FI1] nothing to say', () => {
  const none = { ...figure, value: null, low: null, high: null, n: 0 };
  expect(findingsOf({ ...input, figure: none, parts: [part('a', 1, 'lower')] })).toEqual([
    { kind: 'nothing', values: { metric: 'rating' } },
  ]);
});

test('[FI2] the level', () => {
  expect(findingsOf(input)).toEqual([
    { kind: 'level', values: { metric: 'rating', value: 3.9, low: 3.8, high: 4, n: 400 } },
  ]);
  expect(kinds({ figure: { ...figure, few: true } })).toEqual(['levelFew']);
  expect(kinds({ figure: { ...figure, low: null, high: null } })).toEqual(['levelFew']);
});

test('[FI3] the change', () => {
  const change = { value: 0.2, low: 0.1, high: 0.3 };
  for (const verdict of ['higher', 'lower', 'unclear'] as const) {
    expect(kinds({ change: { ...change, verdict } })).toEqual(['level', verdict]);
  }
});

test('[FI4] the weakest part and what goes with it', () => {
  const parts = [part('use', 3.5, 'lower'), part('delivery', 2.9, 'lower'), part('support', 2.1, 'unclear')];
  const companions = [part('card', 4.5, 'higher'), part('late', 2.2, 'lower'), part('SP', 2, 'lower')];
  const found = findingsOf({ ...input, parts, companions });
  expect(found.map((f) => [f.kind, f.values['name']])).toEqual([
    ['level', undefined],
    ['weakest', 'delivery'],
    ['goesWith', 'late'],
  ]);
  expect(found[1]?.values).toMatchObject({ label: 'DELIVERY', value: 2.9, change: 2.9 - 4 });
  expect(kinds({ parts: [part('a', 1, 'unclear')], companions: [part('b', 1, 'higher')] })).toEqual(['level']);
  const lateRate = { higherIsBetter: false, companions: [part('SP', 0.1, 'lower'), part('AM', 0.4, 'higher')] };
  expect(findingsOf({ ...input, ...lateRate }).at(-1)?.values['name']).toBe('AM');
});
