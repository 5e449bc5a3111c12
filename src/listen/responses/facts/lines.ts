import { csvCell } from '@touchstone/domain/csv';
import type { AnswerColumn, Take } from '@touchstone/domain/survey/columns';

/*
 * Responses as lines of CSV that the store writes itself, several times as fast as they are read and written here. What
 * `cellOf` of domain/survey/columns says of a column, this says in SQL; a test holds the two against each other.
 */

/** What is told of a response beside its answers, as the store calls it. */
export const OWN_TEXTS = ['response_id', 'state', 'language', 'channel', 'ending', 'user_id', 'order_id', 'case_id', 'location_id', 'staff_id'] as const; // prettier-ignore
export type OwnColumn = (typeof OWN_TEXTS)[number] | 'version' | 'started_at' | 'ended_at' | 'seconds';

export type Listed = OwnColumn | AnswerColumn;

/** Expressions over rows of a response, and what has to stand before the SELECT that they are in. */
export interface Expressions {
  readonly with: string;
  readonly sql: string;
}

/** What a kind of answer is read as. An answer of another kind is as none. */
const TYPES: Readonly<Record<Take['as'], string>> = {
  scale: 'String',
  notApplicable: 'String',
  code: 'Tuple(chosen Array(String), words Map(String, String))',
  flag: 'Tuple(chosen Array(String), words Map(String, String))',
  words: 'Tuple(chosen Array(String), words Map(String, String))',
  rank: 'Array(String)',
  part: 'Map(String, Float64)',
  balance: 'Map(String, Array(String))',
  text: 'String',
  day: 'String',
  number: 'Nullable(Float64)',
  files: 'Array(Tuple(name String))',
  consent: 'Nullable(Bool)',
};
const ROWS = 'Map(String, Array(String))';

/** Items of MaxDiffs that were shown, as marks.ts has them: `q.item=1/3`, and nothing else there has a slash. */
export const WEIGHED = `arrayMap(mark -> substring(mark, 1, position(mark, '=') - 1), arrayFilter(mark -> position(mark, '/') > 0, arrayMap(mark -> toString(mark), marks)))`;

/** A whole line of CSV, with its end. `labels`: what was chosen in words, else by its id. */
export function lineOf(columns: readonly Listed[], labels: boolean): Expressions {
  const values = new Values();
  const cells: string[] = [];
  for (let at = 0, run: readonly Listed[]; at < columns.length; at += run.length) {
    run = runAt(columns, at);
    cells.push(cellsSql(values, run, labels));
  }
  return { with: values.with(), sql: `concat(${cells.join(`, ',', `)}, '\\r\\n')` };
}

/** How many bytes the longest text of each of these columns has. */
export function bytesOf(columns: readonly Listed[]): Expressions {
  const values = new Values();
  const texts = columns.map((column) => `toUInt32(max(length(${textSql(values, column)})))`);
  return { with: values.with(), sql: `[${texts.join(', ')}]` };
}

/** Columns of one answer that stand together and are written alike: the fewer expressions, the sooner they are understood. */
function runAt(columns: readonly Listed[], from: number): readonly Listed[] {
  let to = from + 1;
  while (alike(columns[from], columns[to])) to++;
  return columns.slice(from, to);
}

const IN_RUNS: readonly Take['as'][] = ['flag', 'rank', 'part', 'balance'];

function alike(one: Listed | undefined, other: Listed | undefined): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if (one.source.from !== 'answer' || other.source.from !== 'answer') return false;
  const [a, b] = [one.source, other.source];
  return a.key === b.key && a.versions?.join() === b.versions?.join() && a.take.as === b.take.as && rowOf(a.take) === rowOf(b.take) && IN_RUNS.includes(a.take.as); // prettier-ignore
}

function rowOf(take: Take): string | undefined {
  return 'row' in take ? take.row : undefined;
}

/** What the expressions share: the answers that are asked for, each read once, and texts that are made harmless together. */
class Values {
  readonly #layers: Map<string, string>[] = [];
  readonly #texts: string[] = [];
  #weighed = false;

  /** An answer, read as a type; of a key that is read as several types, in as many goes. */
  answer(key: string, type: string): string {
    for (let layer = 0; ; layer++) {
      const known = (this.#layers[layer] ??= new Map<string, string>());
      if (!known.has(key)) known.set(key, type);
      if (known.get(key) === type) return `tupleElement(a${layer}, ${[...known.keys()].indexOf(key) + 1})`;
    }
  }

  /** A text as a cell. */
  text(sql: string): string {
    return `texts[${this.#texts.push(sql)}]`;
  }

  /** Whether an item of a MaxDiff was shown. */
  weighed(item: string): string {
    this.#weighed = true;
    return `has(weighed, ${literal(item)})`;
  }

  with(): string {
    const types = this.#layers.map((known) => [...known].map(([key, type]) => `${quoted(key)} ${type}`).join(', '));
    const all = types.map((type, i) => `JSONExtract(answers, 'Tuple(${type})') AS a${i}`);
    if (this.#texts.length > 0) all.push(`arrayMap(t -> ${SAFE}, [${this.#texts.join(', ')}]) AS texts`);
    if (this.#weighed) all.push(`${WEIGHED} AS weighed`);
    return all.length === 0 ? '' : `WITH ${all.join(', ')}`;
  }
}

/** `t` as `csvCell` of domain/csv writes it. */
const RISKY = `match(t, '^[=+\\\\-@＝＋－＠\\\\t\\\\r\\\\n]') AND NOT match(t, '^[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?$')`;
const HARMLESS = `if(${RISKY}, concat('\\'', t), t)`;
const SAFE = `if(match(t, '[",\\\\r\\\\n]'), concat('"', replaceAll(${HARMLESS}, '"', '""'), '"'), ${HARMLESS})`;

/** Keys are ids of a document that was parsed; nothing else comes into a type. */
function quoted(key: string): string {
  if (!/^[\w-]+(@[\w-]+)?$/.test(key)) throw new Error(`no answer has the key ${key}`);
  return `\`${key}\``;
}

/** A text in a statement: itself where it is an id, else the digits of its bytes. */
function literal(text: string): string {
  return /^[\w.:-]*$/.test(text) ? `'${text}'` : `unhex('${Buffer.from(text).toString('hex')}')`;
}

function cellsSql(values: Values, run: readonly Listed[], labels: boolean): string {
  const [column] = run;
  if (column === undefined) return `''`;
  if (typeof column === 'string') return ownSql(values, column);
  const { source } = column;
  switch (source.from) {
    case 'score': {
      const name = literal(`score.${source.id}`);
      return `if(has(number_names, ${name}), toString(numbers[indexOf(number_names, ${name})]), '')`;
    }
    case 'quota':
      return `if(has(marks, ${literal(`quota:${source.id}`)}), '1', '0')`;
    case 'hidden':
      return values.text(textSql(values, column));
    case 'answer': {
      const cells = answerSql(values, run, column, labels);
      const { versions } = source;
      return versions === undefined ? cells : `if(version IN (${versions.join(', ')}), ${cells}, ${nothing(run)})`;
    }
  }
}

/** As many empty cells. */
function nothing(run: readonly Listed[]): string {
  return `'${','.repeat(run.length - 1)}'`;
}

function ownSql(values: Values, column: OwnColumn): string {
  switch (column) {
    case 'version':
      return 'toString(version)';
    case 'seconds':
      return `toString(dateDiff('second', started_at, ended_at))`;
    case 'started_at':
    case 'ended_at':
      return `concat(replaceOne(toString(${column}), ' ', 'T'), 'Z')`;
    case 'response_id':
      return column;
    case 'state':
    case 'language':
    case 'ending':
      return `toString(${column})`;
    case 'channel':
    case 'user_id':
    case 'order_id':
    case 'case_id':
    case 'location_id':
    case 'staff_id':
      return values.text(`toString(${column})`);
  }
}

/** Cells of one answer, parted by commas. */
function answerSql(values: Values, run: readonly Listed[], column: AnswerColumn, labels: boolean): string {
  if (column.source.from !== 'answer') return `''`;
  const { key, take } = column.source;
  const value = values.answer(key, typeOf(take));
  const choices = run.flatMap((one) => choiceOf(one) ?? []);
  /** A cell for each choice; none of them is told where nothing was answered. */
  const each = (answered: string, cell: (choice: string, id: string) => string): string => {
    const cells = choices.map((id) => cell(literal(id), id));
    const all = cells.length === 1 ? cells[0] : `concat(${cells.join(`, ',', `)})`;
    return `if(empty(${answered}), ${nothing(run)}, ${all})`;
  };
  /** Nothing of an item that was not shown; of what says who somebody is, the items are not told. */
  const offered = (id: string, cell: string): string => {
    if (column.personal) return cell;
    const item = `${key}.${id}`;
    return `if(${take.as === 'part' ? `has(number_names, ${literal(item)})` : values.weighed(item)}, ${cell}, '')`;
  };
  switch (take.as) {
    case 'scale':
      return `if(${value} = 'none', '', ${value})`;
    case 'notApplicable':
      return `multiIf(${value} = '', '', ${value} = 'none', '1', '0')`;
    case 'code': {
      const id = `${chosenSql(value, take.row)}[1]`;
      const { codes } = take;
      if (codes.length === 0) return values.text(id);
      const words = codes.map((one) => csvCell(labels ? one.label : one.id));
      return `transform(${id}, [${codes.map((one) => literal(one.id)).join(', ')}], [${words.map(literal).join(', ')}], '')`; // prettier-ignore
    }
    case 'flag': {
      const list = chosenSql(value, take.row);
      return each(list, (choice) => `toString(has(${list}, ${choice}))`);
    }
    case 'rank':
      return each(value, (choice) => `transform(indexOf(${value}, ${choice}), [0], [''], toString(indexOf(${value}, ${choice})))`); // prettier-ignore
    case 'part':
      return each(value, (choice, id) => offered(id, `toString(${value}[${choice}])`));
    case 'balance': {
      const times = (place: number, choice: string): string =>
        `toInt32(countEqual(arrayMap(pair -> pair[${place}], mapValues(${value})), ${choice}))`;
      return each(value, (choice, id) => offered(id, `toString(${times(1, choice)} - ${times(2, choice)})`));
    }
    case 'number':
      return `ifNull(toString(${value}), '')`;
    case 'consent':
      return `multiIf(${value} IS NULL, '', ${value} = true, '1', '0')`;
    case 'day':
      return value;
    case 'words':
    case 'text':
    case 'files':
      return values.text(textSql(values, column));
  }
}

function choiceOf(column: Listed): string | undefined {
  if (typeof column === 'string' || column.source.from !== 'answer') return undefined;
  const { take } = column.source;
  return 'choice' in take ? take.choice : undefined;
}

/** A text as it was given; empty where there is none, and of columns that are none. */
function textSql(values: Values, column: Listed): string {
  if (typeof column === 'string') return `toString(${column})`;
  const { source } = column;
  if (source.from === 'hidden') return `JSONExtractString(hidden, ${literal(source.id)})`;
  if (source.from !== 'answer') return `''`;
  const { key, take, versions } = source;
  const value = values.answer(key, typeOf(take));
  const text =
    take.as === 'words'
      ? `tupleElement(${value}, 2)[${literal(take.choice)}]`
      : take.as === 'files'
        ? `arrayStringConcat(tupleElement(${value}, 1), '\\n')`
        : take.as === 'text'
          ? value
          : `''`;
  return versions === undefined ? text : `if(version IN (${versions.join(', ')}), ${text}, '')`;
}

function typeOf(take: Take): string {
  return rowOf(take) === undefined ? TYPES[take.as] : ROWS;
}

function chosenSql(value: string, row: string | undefined): string {
  return row === undefined ? `tupleElement(${value}, 1)` : `${value}[${literal(row)}]`;
}
