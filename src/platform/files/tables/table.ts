/** What a cell may hold, by the kind of its column; null is nothing. */
interface Values {
  readonly text: string;
  readonly number: number;
  /** Exact, as it stands: `-12.5000`. */
  readonly decimal: string;
  /** A day of the calendar: `2026-11-22`. */
  readonly day: string;
  /** RFC 3339, UTC. */
  readonly moment: string;
  readonly boolean: boolean;
  /** Lists and objects. */
  readonly json: unknown;
}

export type ColumnKind = keyof Values;

/** A column and what a row has in it. */
export type Column<T> = {
  readonly [K in ColumnKind]: {
    readonly name: string;
    readonly kind: K;
    readonly of: (row: T) => Values[K] | null;
  };
}[ColumnKind];

/** Rows on their way out. They come in blocks, and the next block is asked for when the last was taken. */
export interface Table<T> {
  /** Of the file and of the sheets of a workbook. */
  readonly name: string;
  readonly columns: readonly Column<T>[];
  readonly rows: AsyncIterable<readonly T[]>;
  /** In whose clock a spreadsheet, which knows no zones, shows moments. */
  readonly zone: string;
}

/** Each column's name, told apart by a number where another has it already. */
export function namesOf(columns: readonly { readonly name: string }[]): string[] {
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let own = name;
    for (let n = 2; taken.has(own); n++) own = `${name} ${n}`;
    taken.add(own);
    return own;
  });
}

/** So many rows are written without letting others have their turn. */
const AT_ONCE = 500;

/** The rows in small blocks, between which the process does other work. */
export async function* inTurns<T>(rows: AsyncIterable<readonly T[]>): AsyncGenerator<readonly T[]> {
  for await (const block of rows) {
    for (let from = 0; from < block.length; from += AT_ONCE) {
      yield block.slice(from, from + AT_ONCE);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
