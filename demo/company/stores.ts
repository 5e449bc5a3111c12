import type { Region } from './customers.ts';

/** A store, and how its visits are rated on average over all: the weak one has too few tills. */
export interface Store {
  readonly id: string;
  readonly region: Region;
  /** Share of visits that go badly. */
  readonly bad: number;
}

export const STORES: readonly Store[] = [
  { id: 'Harbour Street', region: 'Harbour', bad: 0.1 },
  { id: 'Mill Gate', region: 'Harbour', bad: 0.34 },
  { id: 'Valley Cross', region: 'Valley', bad: 0.12 },
  { id: 'Hill Terrace', region: 'Hills', bad: 0.11 },
  { id: 'Plains Market', region: 'Plains', bad: 0.14 },
  { id: 'Ferry Landing', region: 'Islands', bad: 0.13 },
];

/** The nearest, or in the town with two of them either. */
export function storeOf(region: Region, draw: number): Store {
  const near = STORES.filter((store) => store.region === region);
  const store = near[Math.floor(draw * near.length)] ?? STORES[0];
  if (store === undefined) throw new Error('The company has no stores.');
  return store;
}

/** Who sits at the help desk. */
export const AGENTS = ['agent-01', 'agent-02', 'agent-03', 'agent-04', 'agent-05', 'agent-06', 'agent-07'];
