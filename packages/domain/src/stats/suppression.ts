/** A part of a table: how many people it rests on, and the sums that are shown of which it is a part. */
export interface Cell {
  readonly people: number;
  /** Names of the sums: of its row, of its column. */
  readonly lines: readonly string[];
  /** Not shown in any case. */
  readonly hidden?: boolean;
}

interface Line {
  readonly cells: number[];
  hidden: number;
  /** The most people of one hidden cell: so many the hidden ones have together at least, however their people overlap. */
  people: number;
}

/**
 * Which cells to hide so that none of fewer than `least` people is shown, nor can be had by taking the shown ones from
 * a sum: whatever is hidden of a sum is of two cells or more, and of `least` people or more together. The smallest
 * cells are hidden first. Cells of nobody are shown: they say nothing of anybody. Primary and complementary
 * suppression after Cox, "Suppression methodology and statistical disclosure control", JASA 75 (1980), 377-385; the
 * choice of cells is a simple one, not the least possible.
 */
export function suppress(cells: readonly Cell[], least: number): boolean[] {
  const hidden = cells.map(() => false);
  const lines = new Map<string, Line>();
  for (const [i, cell] of cells.entries()) {
    if (cell.people === 0) continue;
    for (const name of cell.lines) {
      const line = lines.get(name) ?? { cells: [], hidden: 0, people: 0 };
      line.cells.push(i);
      lines.set(name, line);
    }
  }
  const waiting: Line[] = [];
  const hide = (i: number, cell: Cell): void => {
    hidden[i] = true;
    for (const name of cell.lines) {
      const line = lines.get(name);
      if (line === undefined) continue;
      line.hidden++;
      line.people = Math.max(line.people, cell.people);
      waiting.push(line);
    }
  };
  for (const [i, cell] of cells.entries()) {
    if (cell.people > 0 && (cell.hidden === true || cell.people < least)) hide(i, cell);
  }
  for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
    while (line.hidden < 2 || line.people < least) {
      const next = smallestShown(cells, line, hidden);
      if (next === undefined) break;
      hide(next.at, next.cell);
    }
  }
  return hidden;
}

function smallestShown(cells: readonly Cell[], line: Line, hidden: readonly boolean[]) {
  let found: { readonly at: number; readonly cell: Cell } | undefined;
  for (const at of line.cells) {
    const cell = cells[at];
    if (cell === undefined || hidden[at] === true) continue;
    if (found === undefined || cell.people < found.cell.people) found = { at, cell };
  }
  return found;
}
