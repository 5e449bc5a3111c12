import {
  type Condition as Asks,
  compileSql,
  compileTest,
  fieldsOf,
  isEverything,
  type Predicate,
  type SqlField,
} from '@touchstone/domain/predicate';
import { fieldOf, type Question, type QuestionKind, scaleOf } from '@touchstone/domain/survey';
import { Statement } from '../../../core/fields/facade.ts';
import type { FactsParams } from '../../../platform/stores/ports.ts';

/** Which responses are asked about. */
export interface Narrowed {
  readonly workspace: { readonly id: string; readonly zone: string };
  readonly surveyId: string;
  /** As the facts store writes moments; `toTime` exclusive. */
  readonly period: { readonly fromTime?: string | undefined; readonly toTime?: string | undefined };
  /** Of the top bar: one answer of the response satisfies it. */
  readonly filter: Predicate;
  /** Of this survey's own answers, language, version, channel, state and hidden fields. */
  readonly where: Predicate;
  /** A question by its id, as asked last, whether it stands in a loop, and since which version it is answered so. */
  readonly question: (
    id: string,
  ) => { readonly question: Question; readonly looped: boolean; readonly since: number } | undefined;
}

/** A condition of SQL over rows of `v_survey_responses`, as `r`, with its parameters. */
export interface Condition {
  readonly sql: string;
  readonly params: FactsParams;
}

/** Throws PredicateError for a field there is not. */
export function conditionOf(narrowed: Narrowed, name = ''): Condition {
  const { workspace, surveyId, period, filter, where } = narrowed;
  const params: Record<string, FactsParams[string]> = { workspace: workspace.id, survey: surveyId };
  const parts = ['r.workspace = {workspace:String}', 'r.survey_id = {survey:String}'];
  for (const [bound, sign] of [
    ['fromTime', '>='],
    ['toTime', '<'],
  ] as const) {
    const moment = period[bound];
    if (moment === undefined) continue;
    params[`${name}${bound}`] = moment;
    parts.push(`r.ended_at ${sign} toDateTime64({${name}${bound}:String}, 3, 'UTC')`);
  }
  if (!isEverything(where)) {
    const own = compileSql(byMarks(where, narrowed), (field, bind) => ownField(narrowed, field, bind), `${name}own`);
    Object.assign(params, own.params);
    parts.push(own.sql);
    // What was answered in another scale or kind before is no answer to what is asked now.
    const since = Math.max(0, ...fieldsOf(where).map((field) => sinceOf(field, narrowed)));
    if (since > 0) parts.push(`r.version >= ${Math.trunc(since)}`);
  }
  if (!isEverything(filter)) {
    const statement = new Statement('feedback', workspace, `${name}top`);
    const asked = statement.where(filter);
    // Of an answer that names its order the id of the response is followed by the order's.
    parts.push(
      `r.response_id GLOBAL IN (SELECT splitByChar(' ', f.response_id)[1] FROM ${statement.from()} AND f.survey_id = {survey:String} AND ${asked})`,
    );
    Object.assign(params, statement.params);
  }
  return { sql: parts.join(' AND '), params };
}

/** The same, of versions from one on alone. */
export function sinceVersion({ sql, params }: Condition, version: number): Condition {
  return { sql: `${sql} AND r.version >= ${Math.trunc(version)}`, params };
}

function sinceOf(name: string, { question }: Pick<Narrowed, 'question'>): number {
  const field = fieldOf(name);
  return field?.of === 'answer' ? (question(field.id)?.since ?? 0) : 0;
}

type Bind = (value: string) => string;

const MARK = 'mark ';
/** Conditions on scales of more points are read from the points themselves. */
const MOST_POINTS = 101;

/**
 * The same condition, asked of whole marks wherever it comes to a few of them: looking one up takes a tenth of the time of
 * taking all of a row apart.
 */
export function byMarks(p: Predicate, narrowed: Pick<Narrowed, 'question'>): Predicate {
  if ('all' in p) return { all: p.all.map((one) => byMarks(one, narrowed)) };
  if ('any' in p) return { any: p.any.map((one) => byMarks(one, narrowed)) };
  if ('not' in p) return { not: byMarks(p.not, narrowed) };
  if (p.op === 'ne') return { not: byMarks({ field: p.field, op: 'eq', value: p.value }, narrowed) };
  const values = valuesOf(p, narrowed);
  if (values === undefined) return p;
  return { any: values.map((value) => ({ field: `${MARK}${p.field}=${value}`, op: 'eq' as const, value: true })) };
}

/** Which of a question's values satisfy it; undefined where that cannot be listed. */
function valuesOf(asks: Asks, { question }: Pick<Narrowed, 'question'>): readonly string[] | undefined {
  const field = fieldOf(asks.field);
  const asked = field?.of === 'answer' ? question(field.id) : undefined;
  if (field?.of !== 'answer' || asked === undefined || asked.looped) return undefined;
  const { kind } = asked.question;
  const scale = scaleOf(asked.question);
  if (scale !== undefined && kind !== 'slider' && field.row === undefined) {
    if (scale.to - scale.from >= MOST_POINTS || asks.op === 'exists') return undefined;
    const test = compileTest(asks);
    const points = Array.from({ length: scale.to - scale.from + 1 }, (_, i) => scale.from + i);
    return points.filter((point) => test(() => point)).map(String);
  }
  const chosen =
    kind === 'single' || kind === 'dropdown' || kind === 'multiple' || kind === 'picture' || kind === 'consent';
  if (kind === 'matrix' ? field.row === undefined : !chosen || field.row !== undefined) return undefined;
  if (asks.op === 'eq') return [String(asks.value)];
  return asks.op === 'in' ? asks.value.map(String) : undefined;
}

/** A field of a survey's own condition; undefined where there is none such. */
export function ownField({ question }: Pick<Narrowed, 'question'>, name: string, bind: Bind): SqlField | undefined {
  if (name.startsWith(MARK)) return { kind: 'boolean', sql: `has(r.marks, ${bind(name.slice(MARK.length))})` };
  if (name === 'version') return { kind: 'number', sql: 'r.version' };
  if (name === 'language' || name === 'channel' || name === 'state')
    return { kind: 'text', sql: `toString(r.${name})` };
  if (name.startsWith('hidden.')) return { kind: 'text', sql: hiddenSql(bind(name.slice('hidden.'.length))) };
  const field = fieldOf(name);
  if (field?.of !== 'answer') return undefined;
  const asked = question(field.id);
  if (asked === undefined) return undefined;
  const { kind } = asked.question;
  // Nobody asks for a month, or for how often of how many times; a number has no one value in a loop.
  if (kind === 'date' || kind === 'maxdiff') return undefined;
  const stem = field.row === undefined ? field.id : `${field.id}.${field.row}`;
  if (isNumber(asked.question, field.row)) {
    if (asked.looped) return undefined;
    const at = bind(stem);
    return { kind: 'number', sql: `if(has(r.number_names, ${at}), r.numbers[indexOf(r.number_names, ${at})], NULL)` };
  }
  if (TYPED.includes(kind)) {
    return {
      kind: 'list',
      sql: `arrayFilter((t, n) -> n = ${bind(stem)} OR startsWith(n, ${bind(`${stem}@`)}), r.texts, r.text_names)`,
    };
  }
  const levels = levelsSql(field.id, field.row, asked.looped, bind);
  const scaled = scaleOf(asked.question) !== undefined || (kind === 'ranking' && field.row !== undefined);
  return scaled && !asked.looped
    ? { kind: 'number', sql: `toFloat64OrNull(arrayElement(${levels}, 1))` }
    : { kind: 'list', sql: levels };
}

const TYPED: readonly QuestionKind[] = ['shortText', 'longText', 'email', 'phone', 'file'];

/** Whether it stands among the numbers of a row. */
export function isNumber({ kind }: Question, part?: string): boolean {
  return kind === 'constantSum' ? part !== undefined : kind === 'slider' || kind === 'number';
}

export function hiddenSql(name: string): string {
  return `JSONExtractString(r.hidden, ${name})`;
}

/** What was chosen, as a list of texts: of a question, of a row or an item of it; in a loop, of every round. */
export function levelsSql(id: string, part: string | undefined, looped: boolean, bind: Bind): string {
  if (looped) {
    const [own, round] = [bind(id), bind(`${id}@`)];
    const end = part === undefined ? '' : ` AND endsWith(splitByChar('=', m)[1], ${bind(`.${part}`)})`;
    const dotted = part === undefined ? ` AND position(splitByChar('=', m)[1], '.') = 0` : '';
    return `arrayMap(m -> splitByChar('=', m)[2], arrayFilter(m -> position(m, '=') > 0 AND (startsWith(m, concat(${own}, '=')) OR startsWith(m, concat(${own}, '.')) OR startsWith(m, ${round}))${end}${dotted}, r.marks))`;
  }
  const stem = `${part === undefined ? id : `${id}.${part}`}=`;
  return `arrayMap(m -> substring(m, ${Buffer.byteLength(stem) + 1}), arrayFilter(m -> startsWith(m, ${bind(stem)}), r.marks))`;
}
