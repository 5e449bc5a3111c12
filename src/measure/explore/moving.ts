import { addDays, type Day, daysBetween } from '@touchstone/domain/calendar';
import { badInput } from '../../platform/kernel/problem.ts';
import type { ViewState } from './contract.ts';

const LONGEST_DAYS = 60 * 366;

/** Throws Problem where days are to move along that are not there, or are no period. */
export function refuseUnmovable({ from, to }: ViewState): void {
  const days = from === undefined || to === undefined ? 0 : daysBetween(from, to);
  if (days > 0 && days <= LONGEST_DAYS) return;
  throw badInput(
    'moving',
    true,
    'Only a period with a first and a last day moves along.',
    'Choose a period, or send moving: false.',
  );
}

/** A view as it is opened on a day: of one that moves, as many days as it was saved with, today the last of them. */
export function openedOn(today: Day, state: ViewState, moving: boolean): ViewState {
  const { from, to } = state;
  if (!moving || from === undefined || to === undefined) return state;
  const end = addDays(today, 1);
  return { ...state, from: addDays(end, -daysBetween(from, to)), to: end };
}
