import { type Predicate, both } from '@touchstone/domain/predicate';
import type { FiguresHouse } from './answers.ts';
import { type Asked, scopeOf } from './asking.ts';
import type { Contrast } from './contract.ts';
import { companionsOf } from './contrasts.ts';
import { type Candidate, selectContrasts } from './facts/contrasts.ts';
import { definitionOf } from './registry.ts';
import type { MetricKey } from './vocabulary.ts';

/** Of so many that are clearly worse it is asked what is left of the others without them: each takes a statement. */
const MOST_ASKED = 2;
/** What keeps more of its difference than this without another's answers is a thing of its own, though fewer answers carry it less well. */
const MOST_LEFT = 0.5;

/** What is clearly worse, and what of the others is so only where it is: a carrier whose parcels are late is no second finding. */
export interface Covering extends Contrast {
  readonly covers: readonly Contrast[];
}

/**
 * Tells one thing once: what is clearly worse, most to gain first, without those of which no clear difference is left among
 * the answers that are not of one told before.
 */
export async function coveringOf(
  house: FiguresHouse,
  asked: Asked,
  key: MetricKey,
  options: { readonly worse: readonly Contrast[]; readonly n: number; readonly seesPeople: boolean },
): Promise<Covering[]> {
  const { n, seesPeople, worse } = options;
  const metric = definitionOf(key);
  const told: Covering[] = [];
  let left = worse;
  let filter = asked.filter;
  while (told.length < MOST_ASKED && left.length > 1) {
    const [first, ...others] = left;
    if (first === undefined) break;
    filter = both(filter, without(first));
    const measured = await selectContrasts(house.facts, scopeOf({ ...asked, filter }, key), candidatesOf(others));
    const limit = others.length * 2;
    const { worse: still } = companionsOf(metric, measured, { n, limit, seesPeople, labelOf: ({ level }) => level });
    const covers = others.filter((other) => {
      const alone = still.find((c) => c.field === other.field && c.level === other.level);
      return alone === undefined && leftOf(other, measured) <= MOST_LEFT;
    });
    told.push({ ...first, covers });
    left = others.filter((other) => !covers.includes(other));
  }
  return [...told, ...left.map((contrast) => ({ ...contrast, covers: [] }))];
}

/** Which of its difference is left among other answers; nothing where it has none there. */
function leftOf({ field, level, difference }: Contrast, measured: Awaited<ReturnType<typeof selectContrasts>>): number {
  const found = measured.find((m) => m.field === field && m.level === level);
  if (found === undefined || found.sums.n === 0 || found.rest.n === 0) return 0;
  return (found.sums.x / found.sums.n - found.rest.x / found.rest.n) / difference.value;
}

function without({ field, level }: Contrast): Predicate {
  return { not: { field, op: 'eq', value: level } };
}

function candidatesOf(contrasts: readonly Contrast[]): Candidate[] {
  const fields = [...new Set(contrasts.map((c) => c.field))];
  return fields.map((field) => ({
    field,
    levels: contrasts.filter((c) => c.field === field).map((c) => c.level),
  }));
}
