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

/** A whole line of CSV, with its end. `labels`: what was chosen in words, else by its id. */
export function lineOf(columns: readonly Listed[], labels: boolean): Expressions {
  const answers = new Answers();
  const cells = columns.map((column) => cellSql(answers, column, labels));
  return { with: answers.with(), sql: `concat(${cells.join(`, ',', `)}, '\\r\\n')` };
}

/** How many bytes the longest text of each of these columns has. */
export function bytesOf(columns: readonly Listed[]): Expressions {
  const answers = new Answers();
  const texts = columns.map((column) => `toUInt32(max(length(${textSql(answers, column)})))`);
  return { with: answers.with(), sql: `[${texts.join(', ')}]` };
}

/** The answers that are asked for, each read once, in as few goes as there are kinds for one key. */
class Answers {
  readonly #layers: Map<string, string>[] = [];

  at(key: string, type: string): string {
    for (let layer = 0; ; layer++) {
      const known = (this.#layers[layer] ??= new Map<string, string>());
      if (!known.has(key)) known.set(key, type);
      if (known.get(key) === type) return `tupleElement(a${layer}, ${[...known.keys()].indexOf(key) + 1})`;
    }
  }

  with(): string {
    if (this.#layers.length === 0) return '';
    const types = this.#layers.map((known) => [...known].map(([key, type]) => `${quoted(key)} ${type}`).join(', '));
    return `WITH ${types.map((type, i) => `JSONExtract(answers, 'Tuple(${type})') AS a${i}`).join(', ')}`;
  }
}

/** Keys are ids of a document that was parsed; nothing else comes into a type. */
function quoted(key: string): string {
  if (!/^[\w-]+(@[\w-]+)?$/.test(key)) throw new Error(`no answer has the key ${key}`);
  return `\`${key}\``;
}

/** A text in a statement: digits of its bytes. */
function literal(text: string): string {
  return `unhex('${Buffer.from(text).toString('hex')}')`;
}

function cellSql(answers: Answers, column: Listed, labels: boolean): string {
  if (typeof column === 'string') return ownSql(column);
  const { source } = column;
  switch (source.from) {
    case 'score': {
      const name = literal(`score.${source.id}`);
      return `if(has(number_names, ${name}), toString(numbers[indexOf(number_names, ${name})]), '')`;
    }
    case 'quota':
      return `if(has(marks, ${literal(`quota:${source.id}`)}), '1', '0')`;
    case 'hidden':
      return csvSql(textSql(answers, column));
    case 'answer': {
      const cell = answerSql(answers, column, source.key, source.take, labels);
      return source.versions === undefined ? cell : `if(version IN (${source.versions.join(', ')}), ${cell}, '')`;
    }
  }
}

function ownSql(column: OwnColumn): string {
  if (column === 'version') return 'toString(version)';
  if (column === 'seconds') return `toString(dateDiff('second', started_at, ended_at))`;
  return column === 'started_at' || column === 'ended_at'
    ? `concat(replaceOne(toString(${column}), ' ', 'T'), 'Z')`
    : csvSql(`toString(${column})`);
}

function answerSql(answers: Answers, column: AnswerColumn, key: string, take: Take, labels: boolean): string {
  const value = answers.at(key, typeOf(take));
  switch (take.as) {
    case 'scale':
      return `if(${value} = 'none', '', ${value})`;
    case 'notApplicable':
      return `multiIf(${value} = '', '', ${value} = 'none', '1', '0')`;
    case 'code': {
      const id = `${chosenSql(value, take.row)}[1]`;
      const { codes } = take;
      if (codes.length === 0) return csvSql(id);
      const [ids, words] = [codes.map((one) => one.id), codes.map((one) => csvCell(labels ? one.label : one.id))];
      return `transform(${id}, [${ids.map(literal).join(', ')}], [${words.map(literal).join(', ')}], '')`;
    }
    case 'flag': {
      const list = chosenSql(value, take.row);
      return `multiIf(empty(${list}), '', has(${list}, ${literal(take.choice)}), '1', '0')`;
    }
    case 'rank': {
      const rank = `indexOf(${value}, ${literal(take.choice)})`;
      return `if(${rank} = 0, '', toString(${rank}))`;
    }
    case 'part':
      return `if(empty(${value}), '', toString(${value}[${literal(take.choice)}]))`;
    case 'balance': {
      const times = (place: number): string =>
        `toInt32(arrayCount(pair -> pair[${place}] = ${literal(take.choice)}, mapValues(${value})))`;
      return `if(empty(${value}), '', toString(${times(1)} - ${times(2)}))`;
    }
    case 'number':
      return `ifNull(toString(${value}), '')`;
    case 'consent':
      return `multiIf(${value} IS NULL, '', ${value} = true, '1', '0')`;
    case 'words':
    case 'text':
    case 'day':
    case 'files':
      return csvSql(textSql(answers, { ...column, source: { from: 'answer', key, take } }));
  }
}

/** A text as it was given; empty where there is none, and of columns that are none. */
function textSql(answers: Answers, column: Listed): string {
  if (typeof column === 'string') return `toString(${column})`;
  const { source } = column;
  if (source.from === 'hidden') return `JSONExtractString(hidden, ${literal(source.id)})`;
  if (source.from !== 'answer') return `''`;
  const { key, take, versions } = source;
  const value = answers.at(key, typeOf(take));
  const text =
    take.as === 'words'
      ? `tupleElement(${value}, 2)[${literal(take.choice)}]`
      : take.as === 'files'
        ? `arrayStringConcat(tupleElement(${value}, 1), '\\n')`
        : take.as === 'text' || take.as === 'day'
          ? value
          : `''`;
  return versions === undefined ? text : `if(version IN (${versions.join(', ')}), ${text}, '')`;
}

function typeOf(take: Take): string {
  return 'row' in take && take.row !== undefined ? ROWS : TYPES[take.as];
}

function chosenSql(value: string, row: string | undefined): string {
  return row === undefined ? `tupleElement(${value}, 1)` : `${value}[${literal(row)}]`;
}

/** As `csvCell` of domain/csv. */
function csvSql(text: string): string {
  const risky = `match(${text}, '^[=+\\\\-@＝＋－＠\\\\t\\\\r\\\\n]') AND NOT match(${text}, '^[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?$')`; // prettier-ignore
  const safe = `if(${risky}, concat('\\'', ${text}), ${text})`;
  return `if(match(${text}, '[",\\\\r\\\\n]'), concat('"', replaceAll(${safe}, '"', '""'), '"'), ${safe})`;
}
