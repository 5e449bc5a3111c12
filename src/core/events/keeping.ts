import type { House, Keeper, Leaving } from '../../platform/house/house.ts';
import { countLeaving, deleteLeaving, type LeavingEvents } from './facts/leaving.ts';

/** Longer than a messageId is known (seven days): what is sent again within that is recognised by what stands here. */
const ARRIVAL_KEPT_MS = 8 * 86_400_000;

/** Whatever arrived since this moment stays, however old its time. */
export function arrivalsKeptSince(clock: House['clock']): Date {
  return new Date(clock.now().getTime() - ARRIVAL_KEPT_MS);
}

export function eventKeepers({ facts, clock }: House): Keeper[] {
  const leaving = ({ workspaceId, before }: Leaving, of: LeavingEvents['of']): LeavingEvents => ({
    workspaceId,
    of,
    before,
    arrivedBefore: arrivalsKeptSince(clock),
  });
  return [
    {
      kind: 'events',
      count: (what) => countLeaving(facts, leaving(what, 'events')),
      remove: (what) => deleteLeaving(facts, leaving(what, 'events')),
      tables: ['events'],
    },
    // What an answer came in holds its words too.
    { kind: 'feedback', remove: (what) => deleteLeaving(facts, leaving(what, 'feedback')) },
  ];
}
