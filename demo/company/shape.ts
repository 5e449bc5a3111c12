import type { Random } from '@touchstone/domain/random';
import type { EventInput } from '../../src/core/events/facade.ts';
import type { Customer } from './customers.ts';
import type { Days } from './days.ts';

/** What changed on which day of the story. */
export interface Turns {
  readonly carrier: number;
  readonly checkout: number;
  readonly oneOwner: number;
  readonly card: number;
}

/** What everybody's story is told with. */
export interface Setting {
  readonly days: Days;
  readonly turns: Turns;
  readonly currency: string;
  /** Ids of the surveys that were made here, by their key. */
  readonly surveyIds: Readonly<Record<string, string>>;
}

/** One person's story while it is told. */
export interface Telling extends Setting {
  readonly random: Random;
  readonly who: Customer;
  /** What happened last that makes people leave: a parcel late on the islands, a return refused. */
  hurt: 'late' | 'returnRefused' | null;
  /** When they were last asked something: nobody is asked twice within some weeks. */
  askedMs: number;
  put(event: Told): void;
}

/** An event as the story tells it; whose it is and its key are added. `ms`: since 1970. */
export type Told = Omit<EventInput, 'key' | 'at' | 'identity' | 'userId' | 'anonymousId' | 'accountId' | 'props'> & {
  readonly ms: number;
  readonly props?: EventInput['props'];
  /** Of somebody whom the site does not know yet. */
  readonly stranger?: boolean;
};

/** A score 1 to so many by a distribution, from a height in it of 0 to 1. */
export function scoreBy(shares: readonly number[], height: number): number {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) {
    sum += shares[i] ?? 0;
    if (height < sum) return i + 1;
  }
  return shares.length;
}
