import type { House, Keeper } from '../../platform/house/house.ts';
import { countLeaving, deleteLeaving } from './facts/leaving.ts';

export function feedbackKeepers({ facts }: House): Keeper[] {
  return [
    {
      kind: 'feedback',
      count: (leaving) => countLeaving(facts, leaving),
      remove: (leaving) => deleteLeaving(facts, leaving),
      tables: ['feedback'],
    },
  ];
}
