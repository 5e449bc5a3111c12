import { z } from 'zod';
import type { Facts, FactsOptions } from '../../../platform/stores/ports.ts';
import type { BookRule, RuleBook } from '../book.ts';
import type { FactKind } from '../vocabulary.ts';
import { compileRulesSql, ruleSql } from './rules.ts';

// The columns touchpoint, stage and rules_version of these tables are this capability's to rewrite; the rest is not.
const TABLES: Readonly<Record<FactKind, string>> = { event: 'events', feedback: 'feedback', order: 'orders' };
const VIEWS: Readonly<Record<FactKind, string>> = { event: 'v_events', feedback: 'v_feedback', order: 'v_orders' };

const stale = z.object({ partition: z.string(), facts: z.coerce.number() });

/** Facts that other rules placed than this version's, by partition of their table. */
export async function selectStale(facts: Facts, workspaceId: string, kind: FactKind, version: number) {
  return facts.query(
    stale,
    `SELECT _partition_id AS partition, count() AS facts FROM ${TABLES[kind]}
     WHERE workspace = {workspace:String} AND rules_version != {version:UInt32}
     GROUP BY partition ORDER BY partition DESC`,
    { workspace: workspaceId, version },
  );
}

const changed = z.object({ changed: z.coerce.number() });

/**
 * Gives the facts of one partition the places of a book and waits until they have them. Returns how many changed.
 * Repeatable: facts that have this version's places are passed over.
 */
export async function rewritePlaces(
  facts: Facts,
  book: RuleBook,
  kind: FactKind,
  partition: string,
  options: FactsOptions,
): Promise<number> {
  const rules = compileRulesSql(book, kind);
  const params = { ...rules.params, workspace: book.workspaceId, version: book.version, partition };
  const where = 'workspace = {workspace:String} AND rules_version != {version:UInt32}';
  const [before] = await facts.query(
    changed,
    `SELECT countIf(touchpoint != ${rules.touchpoint} OR stage != ${rules.stage}) AS changed FROM ${TABLES[kind]}
     WHERE ${where} AND _partition_id = {partition:String}`,
    params,
    options,
  );
  await facts.command(
    `ALTER TABLE ${TABLES[kind]} UPDATE
       touchpoint = ${rules.touchpoint}, stage = ${rules.stage}, rules_version = {version:UInt32}
     IN PARTITION ID {partition:String} WHERE ${where}`,
    params,
    { ...options, settings: { mutations_sync: 1 } },
  );
  return before?.changed ?? 0;
}

const weighed = z.object({
  facts: z.coerce.number(),
  matches: z.coerce.number(),
  decides: z.coerce.number(),
  changes: z.coerce.number(),
});

/** How many facts a rule matches and decides, and how many the whole book would change. */
export async function weighRule(facts: Facts, book: RuleBook, rule: BookRule, earlier: readonly BookRule[]) {
  const rules = compileRulesSql(book, rule.on);
  const own = ruleSql(rule, 'own');
  const before = earlier.map((r, i) => ruleSql(r, `before${i}_`));
  const none = `NOT (${[rules.given, ...before.map((b) => b.sql)].join(' OR ')})`;
  const [row] = await facts.query(
    weighed,
    `SELECT count() AS facts, countIf(${own.sql}) AS matches, countIf(${own.sql} AND ${none}) AS decides,
       countIf(touchpoint != ${rules.touchpoint} OR stage != ${rules.stage}) AS changes
     FROM ${VIEWS[rule.on]} WHERE workspace = {workspace:String}`,
    {
      ...rules.params,
      ...own.params,
      ...Object.assign({}, ...before.map((b) => b.params)),
      workspace: book.workspaceId,
    },
  );
  return row ?? { facts: 0, matches: 0, decides: 0, changes: 0 };
}

const sample = z.object({
  id: z.string(),
  at: z.string(),
  what: z.string(),
  detail: z.string(),
  before: z.string(),
  after: z.string(),
});

const SHOWN: Readonly<Record<FactKind, { id: string; at: string; what: string; detail: string }>> = {
  event: { id: 'toString(event_id)', at: 'at', what: 'toString(name)', detail: 'url' },
  feedback: { id: 'toString(feedback_id)', at: 'at', what: 'toString(instrument)', detail: 'text' },
  order: {
    id: 'order_id',
    // By its number: a time of 1970 itself is not read back by another server.
    at: "fromUnixTimestamp64Milli(coalesce(toUnixTimestamp64Milli(placed), toUnixTimestamp64Milli(delivered), 0), 'UTC')",
    what: 'order_id',
    detail: 'toString(status)',
  },
};

/** The latest facts a rule matches, with the touchpoints they have and would have; ids settle ties. */
export async function sampleRule(facts: Facts, book: RuleBook, rule: BookRule, limit: number) {
  const rules = compileRulesSql(book, rule.on);
  const own = ruleSql(rule, 'own');
  const shown = SHOWN[rule.on];
  return facts.query(
    sample,
    `SELECT ${shown.id} AS id, ${shown.at} AS at, ${shown.what} AS what, ${shown.detail} AS detail,
       toString(touchpoint) AS before, ${rules.touchpoint} AS after
     FROM ${VIEWS[rule.on]} WHERE workspace = {workspace:String} AND ${own.sql}
     ORDER BY at DESC, id DESC LIMIT {limit:UInt32}`,
    { ...rules.params, ...own.params, workspace: book.workspaceId, limit },
  );
}
