import { type Predicate, type SqlField, compileSql, jsonField } from '@touchstone/domain/predicate';
import type { FactsParams } from '../../../platform/stores/ports.ts';
import { lateSql } from './late.ts';

/** The public views that questions are asked of: what a row of each is. */
export const SOURCE_VIEWS = {
  feedback: { view: 'v_feedback', id: 'f.feedback_id' },
  orders: { view: 'v_orders', id: 'f.order_id' },
  events: { view: 'v_events', id: 'f.event_id' },
  people: { view: 'v_people', id: 'f.person_no' },
} as const;
export type Source = keyof typeof SOURCE_VIEWS;

type Kind = SqlField['kind'];

const FEEDBACK_COLUMNS: ReadonlyMap<string, Kind> = new Map(
  Object.entries<Kind>({
    touchpoint: 'text',
    stage: 'text',
    channel: 'text',
    source: 'text',
    instrument: 'text',
    survey_id: 'text',
    question_id: 'text',
    item_id: 'text',
    loop_key: 'text',
    language: 'text',
    text: 'text',
    order_id: 'text',
    case_id: 'text',
    location_id: 'text',
    staff_id: 'text',
    user_id: 'text',
    score: 'number',
    sentiment: 'number',
    choices: 'list',
    themes: 'list',
  }),
);

const ORDER_COLUMNS: ReadonlyMap<string, Kind> = new Map(
  Object.entries<Kind>({
    touchpoint: 'text',
    stage: 'text',
    channel: 'text',
    status: 'text',
    currency: 'text',
    location_id: 'text',
    order_id: 'text',
    user_id: 'text',
    value: 'number',
    items: 'number',
    categories: 'list',
  }),
);

/** Worked out from columns, or named otherwise. */
const ORDER_OWN = new Set(['late', 'category', 'promised']);
const ORDER_MOMENTS = new Set(['placed', 'shipped', 'delivered', 'cancelled', 'returned']);
const PLACES = new Set(['touchpoint', 'stage', 'channel']);

/** Whose property a field is; `fact`: of whatever happened, its touchpoint, stage or channel. */
export type FieldOf = 'feedback' | 'order' | 'event' | 'person' | 'fact';

export function ownerOf(field: string): FieldOf | undefined {
  const dot = field.indexOf('.');
  if (dot < 0) return PLACES.has(field) ? 'fact' : FEEDBACK_COLUMNS.has(field) ? 'feedback' : undefined;
  return (['feedback', 'order', 'event', 'person'] as const).find((of) => of === field.slice(0, dot));
}

/** Moments from `fromTime`, before `toTime`, as the facts store writes them; open where one is left out. */
export interface Bounds {
  readonly fromTime?: string | undefined;
  readonly toTime?: string | undefined;
}

/** A breakdown's column: the level of a row, and whether this is the first time the row appears. */
export interface LevelSql {
  readonly level: string;
  readonly first: string;
}

/**
 * One question under way: its parameters, and the views it has to join for the fields it asks about. `f` is the row of
 * the source, `o` its order, `p` its person's traits, `a` the answers about it. Joins between facts are GLOBAL.
 */
export class Statement {
  readonly #params: Record<string, FactsParams[string]>;
  readonly #answerColumns = new Map<string, string>();
  /** What is asked of the order, by the name it gets. */
  readonly #orderColumns = new Map<string, string>();
  #person = false;
  #bound = 0;

  /** @param name how its parameters' names begin, where several of these stand in one statement */
  constructor(
    readonly source: Source,
    workspace: { readonly id: string; readonly zone: string },
    readonly name = '',
  ) {
    this.#params = { workspace: workspace.id, zone: workspace.zone };
  }

  get params(): FactsParams {
    return this.#params;
  }

  /** Makes a parameter; gives its place in the statement. */
  bind(value: FactsParams[string], type: 'String' | 'Array(String)' | 'UInt64' = 'String'): string {
    const name = `${this.name}b${this.#bound++}`;
    this.#params[name] = value;
    return `{${name}:${type}}`;
  }

  /** A filter as a condition. Throws PredicateError for a field there is not. */
  where(predicate: Predicate): string {
    const { sql, params } = compileSql(predicate, (field) => this.field(field), `${this.name}w${this.#bound++}_`);
    Object.assign(this.#params, params);
    return sql;
  }

  /** Rows whose moment lies in the period. */
  during(moment: string, { fromTime, toTime }: Bounds): string {
    const bounds = [
      ...(fromTime === undefined ? [] : [`${moment} >= ${this.instant(fromTime)}`]),
      ...(toTime === undefined ? [] : [`${moment} < ${this.instant(toTime)}`]),
    ];
    return bounds.length === 0 ? '1' : bounds.join(' AND ');
  }

  /** An instant, as the facts store writes it. */
  instant(time: string): string {
    return `toDateTime64(${this.bind(time)}, 3, 'UTC')`;
  }

  /** Where a property stands; undefined where there is no such property. */
  field(field: string): SqlField | undefined {
    const name = field.slice(field.indexOf('.') + 1);
    const of = ownerOf(field);
    if (name === '' || of === undefined) return undefined;
    if (of === 'person') return jsonField(this.traits(), name, (value) => this.bind(value));
    if (this.source === 'people') return undefined;
    if (of === 'fact') return { kind: 'text', sql: `f.${name}` };
    if (of === 'event') return jsonField('f.props', name, (value) => this.bind(value));
    // An event is asked about itself and its person alone.
    if (this.source === 'events') return undefined;
    return of === 'feedback' ? this.#feedbackField(name) : this.#orderField(name);
  }

  /** A property as the column of a breakdown: '' where it has no value, each value of a list once. */
  level(field: string): LevelSql | undefined {
    const found = this.field(field);
    if (found === undefined) return undefined;
    if (found.kind === 'text') return { level: `toString(${found.sql})`, first: '1' };
    if (found.kind === 'number') return { level: `ifNull(toString(${found.sql}), '')`, first: '1' };
    if (found.kind === 'boolean')
      return { level: `multiIf(isNull(${found.sql}), '', ${found.sql}, 'true', 'false')`, first: '1' };
    const list = `arrayDistinct(${found.sql})`;
    const each = `arrayJoin(arrayZip(if(empty(${list}), [''], ${list}), arrayEnumerate(if(empty(${list}), [''], ${list}))))`;
    return { level: `tupleElement(${each}, 1)`, first: `tupleElement(${each}, 2) = 1` };
  }

  /** Whether a property is one of a JSON object, so that its name alone does not tell what it holds. */
  isJson(field: string): boolean {
    return this.#jsonOf(field) !== undefined;
  }

  /** A property as one text, '' where it has no value; for those that hold no lists. */
  text(field: string): string {
    const json = this.#jsonOf(field);
    return json === undefined
      ? (this.level(field)?.level ?? `''`)
      : `JSONExtractString(${json}, ${this.bind(field.slice(field.indexOf('.') + 1))})`;
  }

  /** The columns of the order beside the row. */
  order(column: string): string {
    if (this.source === 'orders') return `f.${column}`;
    this.#orderColumns.set(column, column);
    return `o.${column}`;
  }

  /** The traits of the row's person, as JSON. */
  traits(): string {
    if (this.source === 'people') return 'f.traits';
    this.#person = true;
    return 'p.traits';
  }

  /** Whether the order was late; beside another row it is worked out once an order, not for each row and condition. */
  late(): string {
    if (this.source === 'orders') return lateSql('f');
    this.#orderColumns.set('late', lateSql());
    return 'o.late';
  }

  /** The views behind the fields asked about, and the workspace. Ask last. `only` narrows which orders and people are joined. */
  from(only: { readonly orders: string; readonly people: string } = { orders: '', people: '' }): string {
    const { view } = SOURCE_VIEWS[this.source];
    const joins = [`${view} AS f`];
    if (this.#orderColumns.size > 0) {
      const columns = named(new Map([['order_id', 'order_id'], ...this.#orderColumns])).join(', ');
      joins.push(
        `GLOBAL LEFT JOIN (SELECT ${columns} FROM v_orders WHERE workspace = {workspace:String}${only.orders}) AS o ON o.order_id = f.order_id`,
      );
    }
    if (this.#answerColumns.size > 0) {
      const columns = named(this.#answerColumns).join(', ');
      joins.push(
        `GLOBAL LEFT JOIN (SELECT order_id, ${columns} FROM v_feedback AS f WHERE workspace = {workspace:String} AND order_id != '' GROUP BY order_id) AS a ON a.order_id = f.order_id`,
      );
    }
    if (this.#person) {
      joins.push(
        `GLOBAL LEFT JOIN (SELECT person_no, traits FROM v_people WHERE workspace = {workspace:String}${only.people}) AS p ON p.person_no = f.person_no`,
      );
    }
    return `${joins.join('\n')}\nWHERE f.workspace = {workspace:String}`;
  }

  #jsonOf(field: string): string | undefined {
    const dot = field.indexOf('.');
    const [of, name] = [field.slice(0, dot), field.slice(dot + 1)];
    if (of === 'person') return this.traits();
    if (of === 'event') return 'f.props';
    if (of === 'feedback' && this.source === 'feedback' && !FEEDBACK_COLUMNS.has(name)) return 'f.props';
    const own = ORDER_COLUMNS.has(name) || ORDER_MOMENTS.has(name) || ORDER_OWN.has(name);
    return of === 'order' && !own ? this.order('props') : undefined;
  }

  #feedbackField(name: string): SqlField {
    const kind = FEEDBACK_COLUMNS.get(name);
    const own: SqlField =
      kind === undefined ? jsonField('f.props', name, (value) => this.bind(value)) : { kind, sql: `f.${name}` };
    if (this.source === 'feedback') return own;
    // An order has as many answers as were given about it: the values of them all.
    const column = `a${this.#answerColumns.size}`;
    this.#answerColumns.set(column, gathered(own));
    return { kind: 'list', sql: `a.${column}` };
  }

  #orderField(name: string): SqlField {
    if (name === 'late') return { kind: 'boolean', sql: this.late() };
    if (name === 'category') return { kind: 'list', sql: this.order('categories') };
    if (name === 'promised') return { kind: 'text', sql: `ifNull(toString(${this.order('promised')}), '')` };
    if (ORDER_MOMENTS.has(name)) {
      return { kind: 'text', sql: `ifNull(toString(toDate(${this.order(name)}, {zone:String})), '')` };
    }
    const kind = ORDER_COLUMNS.get(name);
    if (kind !== undefined) return { kind, sql: this.order(name) };
    return jsonField(this.order('props'), name, (value) => this.bind(value));
  }
}

function named(columns: ReadonlyMap<string, string>): readonly string[] {
  return [...columns].map(([name, sql]) => (name === sql ? name : `${sql} AS ${name}`));
}

function gathered(field: SqlField): string {
  if (field.kind === 'list') return `groupUniqArrayArray(${field.sql})`;
  if (field.kind === 'number') return `groupUniqArray(ifNull(toString(${field.sql}), ''))`;
  return `groupUniqArray(toString(${field.sql}))`;
}

/**
 * Whose a row is, as one number: people by theirs, and nobody known by the row itself, from here on. The highest two
 * bits are free for the reason a row is left out.
 */
export const NOBODY_FROM = '2305843009213693952';

export function clusterSql(source: Source): string {
  return `if(f.person_no = 0, bitOr(bitShiftRight(cityHash64(${SOURCE_VIEWS[source].id}), 3), ${NOBODY_FROM}), f.person_no)`;
}
