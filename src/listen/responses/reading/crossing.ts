import { holm, independenceOf, partTest, suppress, verdictOf } from '@touchstone/domain/stats';
import type { Heads } from '../facts/counting.ts';
import type { Crossed } from '../facts/crossing.ts';
import type { Cross } from '../shapes.ts';
import { HIDDEN_BELOW_PEOPLE, MOST_LEVELS } from '../vocabulary.ts';

interface Crossing {
  readonly counts: readonly Crossed[];
  readonly rowLabels: Labels;
  readonly columnLabels: Labels;
  readonly seesPeople: boolean;
}

export interface Labels {
  readonly several: boolean;
  /** The order levels stand in; others after them, the most frequent first. */
  readonly order: readonly string[];
  readonly say: (level: string) => string;
}

const NOBODY: Heads = { n: 0, people: 0 };

/** A cross-tab of what was counted, each part beside what independence would make it. */
export function crossOf({ counts, rowLabels, columnLabels, seesPeople }: Crossing): Cross {
  const key = (row: string | null, column: string | null): string => JSON.stringify([row, column]);
  const by = new Map(counts.map((one) => [key(one.row, one.column), one]));
  const { n: all, people } = by.get(key(null, null)) ?? NOBODY;
  const several = rowLabels.several || columnLabels.several;
  const [rows, moreRows] = levels(
    counts.flatMap(({ row, column, n, people: of }) =>
      row === null || column !== null ? [] : { id: row, n, people: of },
    ),
    rowLabels,
    seesPeople,
  );
  const [columns, moreColumns] = levels(
    counts.flatMap(({ row, column, n, people: of }) =>
      column === null || row !== null ? [] : { id: column, n, people: of },
    ),
    columnLabels,
    seesPeople,
  );
  const nothing = { rows: [], columns: [], cells: [], test: null, more: false, several };
  if (all === 0) return { ...nothing, n: 0, reason: 'no-answers' };
  if (!seesPeople && people < HIDDEN_BELOW_PEOPLE) return { ...nothing, n: 0, reason: 'hidden' };
  const heads = rows.map((row) => columns.map((column) => by.get(key(row.id, column.id)) ?? NOBODY));
  const table = heads.map((line) => line.map(({ n }) => n));
  const parts = table.map((line, i) => line.map((n, j) => partTest(n, rows[i]?.n ?? 0, columns[j]?.n ?? 0, all)));
  const corrected = holm(parts.flat().map((part) => part.p));
  const gone = seesPeople
    ? []
    : suppress(
        heads.flatMap((line, i) => line.map((cell, j) => ({ people: cell.people, lines: [`r${i}`, `c${j}`] }))),
        HIDDEN_BELOW_PEOPLE,
      );
  const test = several ? undefined : independenceOf(table);
  return {
    rows,
    columns,
    n: all,
    reason: null,
    cells: table.map((line, i) =>
      line.map((n, j) => {
        const at = i * columns.length + j;
        if (gone[at] === true)
          return { n: null, hidden: true, share: null, residual: null, verdict: 'unclear' as const };
        const { residual = 0 } = parts[i]?.[j] ?? {};
        const of = columns[j]?.n ?? 0;
        return {
          n,
          hidden: false,
          share: of === 0 ? null : n / of,
          residual,
          verdict: verdictOf(residual, corrected[at] ?? 1),
        };
      }),
    ),
    test: test ?? null,
    more: moreRows || moreColumns,
    several,
  };
}

function levels(
  found: readonly ({ readonly id: string } & Heads)[],
  { order, say, several }: Labels,
  seesPeople: boolean,
): [Cross['rows'], boolean] {
  // A level of too few is not so much as named; nor, where levels add up, others that would tell how many they are.
  const few = found.map(({ people }) => people > 0 && people < HIDDEN_BELOW_PEOPLE);
  const gone = seesPeople
    ? []
    : several
      ? few
      : suppress(
          found.map(({ people }) => ({ people, lines: ['all'] })),
          HIDDEN_BELOW_PEOPLE,
        );
  const most = found
    .filter((_, i) => gone[i] !== true)
    .toSorted((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_LEVELS);
  const place = new Map(order.map((id, i) => [id, i]));
  const sorted = most.toSorted((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity) || 0);
  return [sorted.map(({ id, n }) => ({ id, label: say(id), n })), found.length > most.length];
}
