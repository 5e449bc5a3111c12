/** How cells are shaded: `more`, or to either side of a middle such as the average of all. */
export type HeatScale = 'more' | { readonly around: number; readonly lowerIsBetter?: boolean };

/** The name of a shade, as heat.module.css knows it; undefined: none. */
export type Shade = `${1 | 2 | 3 | 4 | 5}` | `${'better' | 'worse'}-${1 | 2 | 3}`;

const FIVE = ['1', '2', '3', '4', '5'] as const;
const SIDES = { better: ['better-1', 'better-2', 'better-3'], worse: ['worse-1', 'worse-2', 'worse-3'] } as const;

/**
 * The shade of each value among others. Values are parted into even steps between the least and the most of them (around
 * a middle: between it and the one farthest from it, so that both sides are shaded alike).
 * @param values those that are shaded
 */
export function heatOf(values: readonly number[], scale: HeatScale): (value: number) => Shade | undefined {
  if (scale === 'more') {
    const low = Math.min(...values);
    const span = Math.max(...values) - low;
    return (value) => FIVE[span === 0 ? 2 : Math.min(4, Math.floor(((value - low) / span) * 5))];
  }
  const { around, lowerIsBetter = false } = scale;
  const reach = Math.max(0, ...values.map((value) => Math.abs(value - around)));
  return (value) => {
    if (value === around || reach === 0) return undefined;
    const side = value > around === lowerIsBetter ? SIDES.worse : SIDES.better;
    return side[Math.min(2, Math.floor((Math.abs(value - around) / reach) * 3))];
  };
}
