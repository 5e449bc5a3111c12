import { type Day, addDays } from '@touchstone/domain/calendar';
import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import type { Extent, Outside } from './contract.ts';
import { extentOf } from './extent.ts';
import { type Known, selectKnown } from './facts/lists.ts';
import type { MetricDefinition } from './registry.ts';

/** What is known at all, with its first and last day and what they leave out; null when nothing is loaded. */
export interface KnownDays extends Pick<Known, 'instruments' | 'orders'> {
  readonly extent: Extent;
  readonly outside: Outside | null;
}

export async function knownOf(house: Pick<House, 'facts'>, workspace: Workspace): Promise<KnownDays | null> {
  const { months, instruments, orders } = await selectKnown(house.facts, workspace.id);
  const found = extentOf(months, workspace.zone);
  return found === null ? null : { instruments, orders, ...found };
}

/** The first day whose rows may still change what they are; null: none does. */
export function ripeTo({ ripensDays }: MetricDefinition, known: Pick<KnownDays, 'extent'> | null): Day | null {
  return ripensDays === null || known === null ? null : addDays(known.extent.to, 1 - ripensDays);
}
