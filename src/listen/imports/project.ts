import type { ImportKind } from '@touchstone/domain/tabular';
import { type EventInput, putEvents, removeEvents } from '../../core/events/facade.ts';
import { type FeedbackInput, putFeedback, removeFeedback } from '../../core/feedback/facade.ts';
import { FEEDBACK_SOURCES, type FeedbackSource } from '../../core/feedback/vocabulary.ts';
import {
  projectOrders,
  putItems,
  putOrderRows,
  putProducts,
  putReturns,
  removeOrderRows,
} from '../../core/orders/facade.ts';
import {
  allotIdentities,
  linkIdentities,
  type LinkClaim,
  removeSource,
  removeTraits,
  setTraits,
} from '../../core/people/facade.ts';
import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { type CurrentRow, said } from './current.ts';
import { identitiesOf, momentOf } from './names.ts';
import { ordersOfItems, toItem, toOrderRow, toProduct, toReturn } from './order-rows.ts';
import type { MappingShape } from './vocabulary.ts';

export interface Projection {
  readonly house: House;
  readonly workspace: Pick<Workspace, 'id' | 'zone'>;
  readonly kind: ImportKind;
  /** The import whose rows these are. */
  readonly source: string;
  readonly mapping: MappingShape;
  /** Of rows that name no moment of their own, and of their arrival; as the facts store writes it. */
  readonly at: string;
}

/** Kinds whose facts the orders' own projection keeps by key and version: nothing of them has to be taken away. */
const ORDER_KINDS = new Set<ImportKind>(['orders', 'items', 'products', 'returns']);

/**
 * Makes rows current: writes their facts. The same token writes once.
 * `replaced`: keys whose facts another import wrote, by that import; they are taken away after the new ones stand.
 */
export async function putRows(
  p: Projection,
  rows: readonly CurrentRow[],
  token: string,
  replaced: ReadonlyMap<string, readonly CurrentRow[]>,
): Promise<void> {
  if (rows.length === 0) return;
  await linkRows(p, rows);
  const put = { source: p.source, token };
  const { house, workspace } = p;
  switch (p.kind) {
    case 'orders':
      return putOrderRows(house, workspace, rows.map(toOrderRow), put);
    case 'items':
      await Promise.all([
        putItems(house, workspace, rows.map(toItem), put),
        putOrderRows(house, workspace, ordersOfItems(rows), put),
      ]);
      return;
    case 'products':
      return putProducts(house, workspace, rows.map(toProduct), put);
    case 'returns':
      return putReturns(house, workspace, rows.map(toReturn), put);
    case 'feedback':
      return putFeedback(
        house,
        workspace,
        rows.map((r) => toFeedback(p, r)),
        { origin: p.source, token },
      );
    case 'events':
      await putEvents(house, workspace, rows.map(toEvent), { ...put, receivedAt: p.at });
      for (const [source, old] of replaced)
        await removeEvents(house, workspace, { source, keys: old.map((r) => r.key) });
      return;
    case 'people':
      for (const [source, old] of replaced) await dropTraits(p, source, old);
      return putTraits(p, rows);
  }
}

/** Takes away what this import wrote under these keys in an earlier chunk, so that the later row can take its place. */
export async function dropRows(p: Projection, rows: readonly CurrentRow[]): Promise<void> {
  const { house, workspace, source } = p;
  if (ORDER_KINDS.has(p.kind) || rows.length === 0) return;
  const keys = rows.map((r) => r.key);
  if (p.kind === 'feedback') await removeFeedback(house, workspace, { origin: source, keys });
  else if (p.kind === 'events') await removeEvents(house, workspace, { source, keys });
  else await dropTraits(p, source, rows);
}

/**
 * Takes away what an earlier try may have written under these keys, where it would stand beside what is written now. Facts of
 * other kinds take one another's place.
 */
export async function dropLeft(p: Projection, rows: readonly CurrentRow[]): Promise<void> {
  if (p.kind === 'events' || p.kind === 'feedback') await dropRows(p, rows);
}

/** After the last row: orders are made anew from what came. */
export async function settle(p: Projection): Promise<void> {
  if (ORDER_KINDS.has(p.kind) || p.kind === 'events') {
    await projectOrders(p.house, p.workspace, { source: p.source });
  }
}

/** Takes away all facts of an import. What held before it is for the caller to put again. */
export async function dropSource(p: Projection): Promise<void> {
  const { house, workspace, source } = p;
  if (ORDER_KINDS.has(p.kind) || p.kind === 'events') await removeOrderRows(house, workspace, source);
  if (p.kind === 'events') await removeEvents(house, workspace, { source });
  if (p.kind === 'feedback') await removeFeedback(house, workspace, { origin: source });
  await removeSource(house, workspace.id, source);
}

/** Whether earlier versions have to be put again after `dropSource`: the orders' projection finds its own. */
export function wantsEarlier(kind: ImportKind): boolean {
  return !ORDER_KINDS.has(kind);
}

/** Fields that name the person of a row. */
const NAMES = new Set(['user_id', 'same_as', 'email', 'phone', 'anonymous_id']);

/** One row that names a person twice says that both names are theirs; two user ids only where a column is for just that. */
async function linkRows(p: Projection, rows: readonly CurrentRow[]): Promise<void> {
  if (Object.values(p.mapping.columns).filter(({ field }) => NAMES.has(field)).length < 2) return;
  const claims = new Map<string, LinkClaim>();
  for (const { row } of rows) {
    const [best, ...others] = identitiesOf(row, momentOf(row, p.at));
    if (best === undefined) continue;
    for (const other of others) {
      if (other.kind === best.kind && other.value === best.value) continue;
      const name = `${best.kind}\n${best.value}\n${other.kind}\n${other.value}`;
      const reason = other.kind === 'user' ? 'alias' : 'import';
      if (!claims.has(name)) claims.set(name, { a: best, b: other, reason, at: best.at });
    }
  }
  if (claims.size > 0) await linkIdentities(p.house, p.workspace.id, [...claims.values()], p.source);
}

async function bestNumbers(
  p: Projection,
  rows: readonly CurrentRow[],
  source: string,
): Promise<(number | undefined)[]> {
  const best = rows.map(({ row }) => identitiesOf(row, momentOf(row, p.at))[0]);
  const numbers = await allotIdentities(
    p.house,
    p.workspace.id,
    best.filter((k) => k !== undefined),
    source,
  );
  return best.map((k) => (k === undefined ? undefined : numbers.get(`${k.kind}\n${k.value}`)));
}

async function putTraits(p: Projection, rows: readonly CurrentRow[]): Promise<void> {
  const numbers = await bestNumbers(p, rows, p.source);
  const claims = rows.flatMap(({ row }, i) => {
    const identityNo = numbers[i];
    if (identityNo === undefined) return [];
    const { name, email, phone } = row.fields;
    const shown = Object.fromEntries(Object.entries({ name, email, phone }).filter(([, v]) => v !== undefined));
    return [{ identityNo, traits: { ...row.props, ...shown }, at: momentOf(row, p.at) }];
  });
  await setTraits(p.house, p.workspace.id, claims, p.source);
}

async function dropTraits(p: Projection, source: string, rows: readonly CurrentRow[]): Promise<void> {
  const numbers = await bestNumbers(p, rows, p.source);
  await removeTraits(
    p.house,
    p.workspace.id,
    source,
    numbers.filter((n) => n !== undefined),
  );
}

function toEvent({ key, row }: CurrentRow): EventInput {
  const f = row.fields;
  const at = f['at'] ?? '';
  const [identity] = identitiesOf(row, at);
  return {
    key,
    name: f['name'] ?? '',
    at,
    ...(identity === undefined ? {} : { identity }),
    ...said({
      userId: f['user_id'],
      anonymousId: f['anonymous_id'],
      sessionId: f['session_id'],
      orderId: f['order_id'],
      caseId: f['case_id'],
      accountId: f['account_id'],
      locationId: f['location_id'],
      staffId: f['staff_id'],
      channel: f['channel'],
      url: f['url'],
      value: f['value'],
      currency: f['currency'],
    }),
    props: row.props,
  };
}

function toFeedback(p: Projection, { key, row }: CurrentRow): FeedbackInput {
  const f = row.fields;
  const { mapping } = p;
  const scored = f['score'] !== undefined;
  const text = [f['title'], f['text']].filter((t) => t !== undefined && t !== '').join('\n');
  const asked = mapping.instrument ?? 'rating';
  const source = sourceOf(f['source'], asked);
  const props = {
    ...row.props,
    ...said({
      asked_at: f['asked_at'],
      source: f['source'] !== undefined && f['source'] !== source ? f['source'] : undefined,
    }),
  };
  return {
    key,
    at: f['at'] ?? p.at,
    source,
    instrument: scored ? asked : 'text',
    ...(scored ? { score: Number(f['score']) } : {}),
    ...(scored && mapping.scale !== undefined ? { scaleMin: mapping.scale.min, scaleMax: mapping.scale.max } : {}),
    ...(text === '' ? {} : { text }),
    ...said({
      userId: f['user_id'],
      email: f['email'],
      phone: f['phone'],
      anonymousId: f['anonymous_id'],
      orderId: f['order_id'],
      responseId: f['response_id'],
      surveyId: f['survey_id'],
      questionId: f['question_id'],
      itemId: f['item_id'],
      caseId: f['case_id'],
      locationId: f['location_id'],
      staffId: f['staff_id'],
      channel: f['channel'],
      language: f['language'],
    }),
    props,
  };
}

function sourceOf(said: string | undefined, instrument: string): FeedbackSource {
  const known = FEEDBACK_SOURCES.find((s) => s === said?.toLowerCase());
  return known ?? (['nps', 'csat', 'ces'].includes(instrument) ? 'survey' : 'review');
}
