import type { Contrast, GroupFigure, MetricInfo } from '../../metrics/contract.ts';
import { toneOf } from '../../metrics/web/facade.ts';
import type { GroupRow } from './picture/groups.ts';

type Found = Contrast['difference'];

/**
 * The difference of each group to all others, by group. Of two groups one difference is told, and the other's is the same
 * the other way round.
 */
export function differencesOf(
  contrasts: readonly Pick<Contrast, 'level' | 'difference'>[],
  groups: readonly Pick<GroupFigure, 'key' | 'value'>[],
): ReadonlyMap<string, Found> {
  const found = new Map(contrasts.map((c) => [c.level, c.difference]));
  const named = groups.filter((g) => g.key !== '' && g.value !== null);
  const [only] = contrasts;
  const mirrored = named.find((g) => g.key !== only?.level);
  if (contrasts.length === 1 && named.length === 2 && only !== undefined && mirrored !== undefined) {
    const { value, low, high, verdict } = only.difference;
    found.set(mirrored.key, {
      ...only.difference,
      value: -value,
      low: -high,
      high: -low,
      verdict: verdict === 'higher' ? 'lower' : verdict === 'lower' ? 'higher' : 'unclear',
    });
  }
  return found;
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
