import type { Contrast, MetricInfo } from '../../metrics/contract.ts';
import { toneOf } from '../../metrics/web/facade.ts';
import type { GroupRow } from './picture/groups.ts';

type Found = Contrast['difference'];

/** The difference of each group to all others, by group. */
export function differencesOf(
  contrasts: { readonly items: readonly Pick<Contrast, 'level' | 'difference'>[] } | undefined,
): ReadonlyMap<string, Found> {
  return new Map(contrasts?.items.map((c) => [c.level, c.difference]));
}

/** How a group is drawn: what nothing can be said of is not told apart by colour. */
export function groupTone(
  difference: Found | undefined,
  info: Pick<MetricInfo, 'higherIsBetter' | 'method'>,
): GroupRow['tone'] {
  if (info.method === 'none') return 'plain';
  if (difference === undefined) return 'neither';
  return toneOf(difference, info.higherIsBetter);
}
