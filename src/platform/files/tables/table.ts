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

/** What a statistical package is told of a column (SPSS, Triple-S). The other formats know nothing of it. */
export interface Described {
  /** What was asked, in words. */
  readonly label?: string;
  /** What its values stand for. */
  readonly values?: readonly { readonly value: number | string; readonly label: string }[];
  /** Of a number: a value that says why there is none, as "does not apply" does. It is one of `values`. */
  readonly missing?: number;
  readonly measure?: Measure;
  /** Of a number: between what it lies, both inclusive. */
  readonly range?: { readonly from: number; readonly to: number };
  /** Of a number: digits behind the point that are shown; 2 where it is not said. */
  readonly decimals?: number;
  /** Of a text: how many bytes of UTF-8 the longest has; 255 where it is not said. Longer ones are cut. */
  readonly bytes?: number;
  /** Columns of 0 and 1 that tell together what was chosen of one list. They stand together, and have its key; other sets may have its name. */
  readonly set?: { readonly key: string; readonly name: string; readonly label: string; readonly member: string };
}

/** Levels of measurement (Stevens 1946). */
export type Measure = 'nominal' | 'ordinal' | 'scale';

/** A column and what a row has in it. */
export type Column<T> = {
  readonly [K in ColumnKind]: {
    readonly name: string;
    readonly kind: K;
    readonly of: (row: T) => Values[K] | null;
  } & Described;
}[ColumnKind];

/** Rows on their way out. They come in blocks, and the next block is asked for when the last was taken. */
export interface Table<T> {
  /** Of the file and of the sheets of a workbook. */
  readonly name: string;
  readonly columns: readonly Column<T>[];
  readonly rows: AsyncIterable<readonly T[]>;
  /** Of CSV that is written already: what comes as a row holds lines in UTF-8, their ends included, of so many rows. */
  readonly written?: { readonly lines: (row: T) => readonly Uint8Array[]; readonly rows: (row: T) => number };
  /** In whose clock a spreadsheet, which knows no zones, shows moments. */
  readonly zone: string;
  /** What it is about, and when it was read: told by the formats that have labels. */
  readonly about?: { readonly title: string; readonly language: string; readonly at: Date };
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
