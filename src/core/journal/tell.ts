import { ANSWER_EVENTS } from '../feedback/vocabulary.ts';
import { putAnswerEvents, type AnswerEvent } from '../feedback/facade.ts';
import { projectOrders } from '../orders/facade.ts';
import { ORDER_EVENTS } from '../orders/vocabulary.ts';
import { linkIdentities, personsOf, setTraits, type LinkClaim, type TraitsClaim } from '../people/facade.ts';
import { readWorkspace } from '../../platform/workspaces/facade.ts';
import { identityOf, type DrainHouse, type Identities } from './identities.ts';
import type { Drained } from './lines.ts';
import type { Batch } from './records/batches.ts';
import type { StepName } from './vocabulary.ts';

/** A batch whose facts are in, and what of it those who live on it are to hear. */
export interface Brought {
  readonly batch: Batch;
  /** Whether an earlier try may have done some of it. */
  readonly again: boolean;
  /** Messages that concern others. */
  readonly kept: readonly Drained[];
  readonly identities: Identities;
}

/** What came of telling of a batch. */
export interface Told {
  readonly batch: Batch;
  /** All steps that need no second try, by `stepKey`. */
  readonly told: ReadonlySet<string>;
  readonly failures: readonly { readonly workspaceId: string; readonly step: StepName; readonly error: Error }[];
}

export function stepKey(workspaceId: string, step: StepName): string {
  return `${workspaceId} ${step}`;
}

/** How far telling of one batch has come. */
class Progress implements Told {
  readonly batch: Batch;
  readonly told: Set<string>;
  readonly failures: Told['failures'][number][] = [];

  constructor({ batch }: Brought) {
    this.batch = batch;
    this.told = new Set(batch.told);
  }

  needs(workspaceId: string, step: StepName): boolean {
    return !this.told.has(stepKey(workspaceId, step));
  }
}

/** Orders that a batch names in one workspace. */
interface Named {
  readonly progress: Progress;
  readonly orderIds: readonly string[];
}

/**
 * Tells those who live on the facts of batches: people (links and traits), feedback, orders. At least once each; all of
 * them may hear the same batch again. One that fails keeps no other from being told.
 */
export async function tellOthers(house: DrainHouse, batches: readonly Brought[]): Promise<readonly Told[]> {
  const outcomes: Progress[] = [];
  const orders = new Map<string, Named[]>();
  for (const brought of batches) {
    const progress = new Progress(brought);
    outcomes.push(progress);
    for (const [workspaceId, drained] of byWorkspace(brought.kept)) {
      const does = (step: StepName, work: () => Promise<void>) => attempt(progress, workspaceId, step, work);
      await does('links', () => tellLinks(house, workspaceId, drained));
      await does('traits', () => tellTraits(house, workspaceId, drained, brought.identities));
      await does('answers', () => tellFeedback(house, workspaceId, drained, brought));
      if (!progress.needs(workspaceId, 'orders')) continue;
      const named = orders.get(workspaceId) ?? [];
      orders.set(workspaceId, named);
      named.push({ progress, orderIds: orderIdsOf(drained) });
    }
  }
  for (const [workspaceId, named] of orders) await tellOrders(house, workspaceId, named);
  return outcomes;
}

/**
 * The orders of all batches at once, which takes hardly longer than those of one: most of it is analysing the statement. When
 * that fails each batch is tried by itself, so that only the one with the bad order is told later.
 */
async function tellOrders(house: DrainHouse, workspaceId: string, named: readonly Named[]): Promise<void> {
  const make = (of: readonly Named[]) => makeOrders(house, workspaceId, new Set(of.flatMap((each) => each.orderIds)));
  if (named.length > 1) {
    try {
      await make(named);
      for (const { progress } of named) progress.told.add(stepKey(workspaceId, 'orders'));
      return;
    } catch (error) {
      house.log.warn({ error: error instanceof Error ? error : undefined }, 'orders of some batches could not be made');
    }
  }
  for (const each of named) await attempt(each.progress, workspaceId, 'orders', () => make([each]));
}

/** Does a step that is needed still, and notes what came of it. */
async function attempt(
  progress: Progress,
  workspaceId: string,
  step: StepName,
  work: () => Promise<void>,
): Promise<void> {
  if (!progress.needs(workspaceId, step)) return;
  try {
    await work();
    progress.told.add(stepKey(workspaceId, step));
  } catch (error) {
    progress.failures.push({ workspaceId, step, error: error instanceof Error ? error : new Error(String(error)) });
  }
}

function byWorkspace(kept: readonly Drained[]): ReadonlyMap<string, Drained[]> {
  const found = new Map<string, Drained[]>();
  for (const drained of kept) {
    const those = found.get(drained.fact.workspace);
    if (those === undefined) found.set(drained.fact.workspace, [drained]);
    else those.push(drained);
  }
  return found;
}

/** Whether somebody lives on this message, besides the events themselves. */
export function concernsOthers({ type, fact }: Drained): boolean {
  if (type === 'identify' || type === 'alias') return true;
  return Object.hasOwn(ORDER_EVENTS, fact.name) || Object.hasOwn(ANSWER_EVENTS, fact.name);
}

async function tellLinks(house: DrainHouse, workspaceId: string, drained: readonly Drained[]): Promise<void> {
  const claims: LinkClaim[] = [];
  for (const each of drained) if (each.type === 'identify') claims.push(...identifyClaims(each));
  claims.push(...(await aliasClaims(house, workspaceId, drained)));
  if (claims.length > 0) await linkIdentities(house, workspaceId, claims, 'http');
}

async function tellTraits(
  house: DrainHouse,
  workspaceId: string,
  drained: readonly Drained[],
  identities: Identities,
): Promise<void> {
  const claims: TraitsClaim[] = [];
  for (const each of drained) {
    if (each.type !== 'identify') continue;
    claims.push({ identityNo: identityOf(identities, each), traits: propsOf(each), at: each.fact.at });
  }
  if (claims.length > 0) await setTraits(house, workspaceId, claims, 'http');
}

/** identify names a user, and perhaps the visitor they were, their e-mail and their phone. */
function identifyClaims(drained: Drained): LinkClaim[] {
  const { user_id, anonymous_id, at } = drained.fact;
  const props = propsOf(drained);
  const self = ownKey(user_id, anonymous_id);
  if (self === undefined) return [];
  const claims: LinkClaim[] = [];
  if (user_id !== '' && anonymous_id !== '') {
    claims.push({ a: { kind: 'anonymous', value: anonymous_id }, b: self, reason: 'identify', at });
  }
  for (const kind of ['email', 'phone'] as const) {
    const value = props[kind];
    if (typeof value === 'string' && value.trim() !== '' && value.length <= 256) {
      claims.push({ a: { kind, value }, b: self, reason: 'identify', at });
    }
  }
  return claims;
}

function ownKey(userId: string, anonymousId: string) {
  if (userId !== '') return { kind: 'user', value: userId } as const;
  return anonymousId === '' ? undefined : ({ kind: 'anonymous', value: anonymousId } as const);
}

/** alias: the id before is a user's where one is known by it, else a visitor's. */
async function aliasClaims(house: DrainHouse, workspaceId: string, drained: readonly Drained[]): Promise<LinkClaim[]> {
  const aliases = drained.flatMap((each) => {
    if (each.type !== 'alias') return [];
    const { fact } = each;
    const self = ownKey(fact.user_id, fact.anonymous_id);
    const { previousId } = propsOf(each);
    return self !== undefined && typeof previousId === 'string' ? [{ self, previousId, at: fact.at }] : [];
  });
  if (aliases.length === 0) return [];
  const asUsers = aliases.map((a) => ({ kind: 'user', value: a.previousId }) as const);
  const known = await personsOf(house, workspaceId, asUsers);
  return aliases.map(({ self, previousId, at }) => {
    const kind = known.has(`user\n${previousId}`) ? 'user' : 'anonymous';
    return { a: { kind, value: previousId }, b: self, reason: 'alias', at } as const;
  });
}

function orderIdsOf(drained: readonly Drained[]): readonly string[] {
  return drained.flatMap(({ fact }) =>
    Object.hasOwn(ORDER_EVENTS, fact.name) && fact.order_id !== '' ? [fact.order_id] : [],
  );
}

async function makeOrders(house: DrainHouse, workspaceId: string, orderIds: ReadonlySet<string>): Promise<void> {
  if (orderIds.size === 0) return;
  const workspace = await readWorkspace(house, workspaceId);
  if (workspace !== null) await projectOrders(house, workspace, { orderIds: [...orderIds] });
}

async function tellFeedback(
  house: DrainHouse,
  workspaceId: string,
  drained: readonly Drained[],
  { batch, identities, again }: Brought,
): Promise<void> {
  const answers = drained
    .filter(({ fact }) => Object.hasOwn(ANSWER_EVENTS, fact.name))
    .map((each) => answerOf(each, identityOf(identities, each)));
  if (answers.length > 0)
    await putAnswerEvents(house, { id: workspaceId }, answers, { origin: 'http', token: batch.token, again });
}

function answerOf(drained: Drained, identityNo: number): AnswerEvent {
  const { fact, seq } = drained;
  return {
    event_id: fact.event_id,
    identity_no: identityNo,
    user_id: fact.user_id,
    name: fact.name,
    at: fact.at,
    order_id: fact.order_id,
    case_id: fact.case_id,
    location_id: fact.location_id,
    staff_id: fact.staff_id,
    channel: fact.channel,
    props: propsOf(drained),
    journal_seq: seq,
  };
}

function propsOf({ fact }: Drained): Readonly<Record<string, unknown>> {
  return JSON.parse(fact.props);
}
