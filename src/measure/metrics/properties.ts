import { Statement } from '../../core/fields/facade.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import type { FiguresHouse } from './answers.ts';
import type { FieldInfo } from './contract.ts';
import { type FieldLevels, selectLevels } from './facts/levels.ts';
import { selectKnown } from './facts/lists.ts';
import { levelNames } from './naming.ts';
import { HIDDEN_BELOW_PEOPLE } from './vocabulary.ts';

/** After so long properties are looked for anew, though those found before are still told. */
const FRESH_MS = 60_000;
/** So long at most they are told. */
const KEPT_MS = 600_000;
/** So many more facts make no new properties. */
const FEW_MORE = 1.01;
const MOST_KEPT = 500;
/** Of how many rows at least each kind of fact is looked at. */
const LOOKED_ROWS = 50_000;

interface Kept {
  readonly found: Promise<FieldLevels[]>;
  readonly facts: number;
  readonly atMs: number;
}

/** What one process found in a store, by workspace and reader; without what the levels are called, which is looked up each time. */
const memories = new WeakMap<FiguresHouse['facts'], Map<string, Kept>>();

/** Properties one may break down and filter by. */
export async function fieldsOf(house: FiguresHouse, workspace: Workspace, seesPeople: boolean): Promise<FieldInfo[]> {
  const { months } = await selectKnown(house.facts, workspace.id);
  const facts = months.reduce((sum, month) => sum + month.facts, 0);
  if (facts === 0) return [];
  const [found, nameOf] = await Promise.all([
    remembered(house, `${workspace.id} ${workspace.zone} ${seesPeople}`, facts, () =>
      look(house, workspace, { facts, seesPeople }),
    ),
    levelNames(house, workspace.id),
  ]);
  return found.map((field) => infoOf(field, nameOf(field.field)));
}

/** Properties change slowly: what was found is told again while the facts are about as many, and none of them went. */
function remembered(
  { facts: store, clock }: FiguresHouse,
  name: string,
  facts: number,
  find: () => Promise<FieldLevels[]>,
): Promise<FieldLevels[]> {
  const kept = memories.get(store) ?? new Map<string, Kept>();
  memories.set(store, kept);
  const known = kept.get(name);
  const atMs = clock.now().getTime();
  const age = known === undefined ? Number.POSITIVE_INFINITY : atMs - known.atMs;
  const isAsMany = known !== undefined && facts >= known.facts && facts <= known.facts * FEW_MORE;
  if (isAsMany && age < FRESH_MS) return known.found;
  if (kept.size >= MOST_KEPT) kept.clear();
  const found = find();
  const made = { found, facts, atMs };
  kept.set(name, made);
  // What failed is asked again by the next.
  found.catch(() => {
    if (kept.get(name) === made) kept.delete(name);
  });
  return isAsMany && age < KEPT_MS ? known.found : found;
}

/** In answers and in orders, of each so many rows that the frequent levels are among them. */
async function look(
  house: FiguresHouse,
  workspace: Workspace,
  { facts, seesPeople }: { readonly facts: number; readonly seesPeople: boolean },
): Promise<FieldLevels[]> {
  const minPeople = seesPeople ? 0 : HIDDEN_BELOW_PEOPLE;
  const every = Math.max(1, Math.floor(facts / (4 * LOOKED_ROWS)));
  const levels = (source: 'feedback' | 'orders', of: readonly ('feedback' | 'order' | 'person')[]) =>
    selectLevels(house.facts, new Statement(source, workspace), { where: '1', own: '1', of, every, minPeople });
  const [answers, orders] = await Promise.all([
    levels('feedback', ['feedback', 'person']),
    levels('orders', ['order', 'person']),
  ]);
  const found = new Map<string, FieldLevels>();
  for (const field of [...answers, ...orders]) {
    const known = found.get(field.field);
    if (known === undefined || known.rows < field.rows) found.set(field.field, field);
  }
  return [...found.values()];
}

const LISTS = new Set(['order.category']);
const NUMBER = /^-?\d+(\.\d+)?$/u;
const SHOWN_LEVELS = 20;
/** Of a property that nearly everybody has a level of their own of; and of one so varied that its frequent levels say little. */
const ALONE = 0.8;
const LITTLE = 0.2;

/** How a property is told, its levels by what they are called. */
export function infoOf(found: FieldLevels, names: ReadonlyMap<string, string> | undefined): FieldInfo {
  const { field } = found;
  const dot = field.indexOf('.');
  const [of, name] = dot < 0 ? ['fact', field] : [field.slice(0, dot), field.slice(dot + 1)];
  const levels = found.levels.slice(0, SHOWN_LEVELS);
  const every = (test: (key: string) => boolean): boolean => levels.length > 0 && levels.every((l) => test(l.key));
  const kind = LISTS.has(field)
    ? 'list'
    : every((k) => k === 'true' || k === 'false')
      ? 'boolean'
      : found.distinct > SHOWN_LEVELS && every((k) => NUMBER.test(k))
        ? 'number'
        : 'text';
  const groups = kind !== 'number' && !isOfEach(found);
  return {
    field,
    of: of === 'feedback' || of === 'order' || of === 'person' ? of : 'fact',
    name,
    kind,
    groups,
    levels: groups ? levels.map((l) => ({ ...l, label: names?.get(l.key) ?? l.key })) : [],
  };
}

/** Names, addresses, days, numbers of things: nearly each a level of its own. */
function isOfEach({ distinct, alone, rows, levels }: FieldLevels): boolean {
  if (distinct <= SHOWN_LEVELS) return false;
  const frequent = levels.reduce((sum, level) => sum + level.rows, 0);
  return alone > ALONE * distinct || frequent < LITTLE * rows;
}
