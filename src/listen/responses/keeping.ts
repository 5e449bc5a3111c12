import type { House, Keeper } from '../../platform/house/house.ts';
import { deleteLeaving } from './facts/leaving.ts';

/** Responses leave with the answers they are made of. */
export function responseKeepers({ facts }: House): Keeper[] {
  return [{ kind: 'feedback', remove: (leaving) => deleteLeaving(facts, leaving), tables: ['survey_responses'] }];
}
