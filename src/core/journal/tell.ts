import { ANSWER_EVENTS } from '../feedback/vocabulary.ts';
import { putAnswerEvents, type AnswerEvent } from '../feedback/facade.ts';
import { projectOrders } from '../orders/facade.ts';
import { ORDER_EVENTS } from '../orders/vocabulary.ts';
import { linkIdentities, personsOf, setTraits, type LinkClaim, type TraitsClaim } from '../people/facade.ts';
import { readWorkspace } from '../../platform/workspaces/facade.ts';
import { identityOf, type DrainHouse, type Identities } from './identities.ts';
import type { Drained } from './lines.ts';

/**
 * Tells those who live on the facts of a batch: people (links and traits), orders, feedback. At least once each; all of
 * them may hear the same batch again. Tells the others too when one fails, then throws the first failure.
 */
export async function tellOthers(
  house: DrainHouse,
  kept: readonly Drained[],
  identities: Identities,
  token: string,
): Promise<void> {
  const byWorkspace = new Map<string, Drained[]>();
  for (const drained of kept) {
    if (drained.type === 'track' && !tellsOthers(drained)) continue;
    const { workspace } = drained.fact;
    const those = byWorkspace.get(workspace);
    if (those === undefined) byWorkspace.set(workspace, [drained]);
    else those.push(drained);
  }
  const failures: unknown[] = [];
  const tell = (work: Promise<void>) => work.catch((error: unknown) => failures.push(error));
  for (const [workspaceId, drained] of byWorkspace) {
    await tell(tellPeople(house, workspaceId, drained, identities));
    await tell(tellOrders(house, workspaceId, drained));
    await tell(tellFeedback(house, workspaceId, drained, identities, token));
  }
  if (failures.length > 0) throw failures[0];
}

function tellsOthers({ fact }: Drained): boolean {
  return Object.hasOwn(ORDER_EVENTS, fact.name) || Object.hasOwn(ANSWER_EVENTS, fact.name);
}

async function tellPeople(
  house: DrainHouse,
  workspaceId: string,
  drained: readonly Drained[],
  identities: Identities,
): Promise<void> {
  const claims: LinkClaim[] = [];
  const traits: TraitsClaim[] = [];
  for (const each of drained) {
    if (each.type === 'identify') {
      claims.push(...identifyClaims(each));
      traits.push({ identityNo: identityOf(identities, each), traits: each.fact.props, at: each.fact.at });
    }
  }
  claims.push(...(await aliasClaims(house, workspaceId, drained)));
  if (claims.length > 0) await linkIdentities(house, workspaceId, claims, 'http');
  if (traits.length > 0) await setTraits(house, workspaceId, traits, 'http');
}

/** identify names a user, and perhaps the visitor they were, their e-mail and their phone. */
function identifyClaims({ fact }: Drained): LinkClaim[] {
  const { user_id, anonymous_id, at, props } = fact;
  const self = ownKey(user_id, anonymous_id);
  if (self === undefined) return [];
  const claims: LinkClaim[] = [];
  if (user_id !== undefined && anonymous_id !== undefined) {
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

function ownKey(userId: string | undefined, anonymousId: string | undefined) {
  if (userId !== undefined) return { kind: 'user', value: userId } as const;
  return anonymousId === undefined ? undefined : ({ kind: 'anonymous', value: anonymousId } as const);
}

/** alias: the id before is a user's where one is known by it, else a visitor's. */
async function aliasClaims(house: DrainHouse, workspaceId: string, drained: readonly Drained[]): Promise<LinkClaim[]> {
  const aliases = drained.flatMap(({ type, fact }) => {
    const self = ownKey(fact.user_id, fact.anonymous_id);
    const { previousId } = fact.props;
    return type === 'alias' && self !== undefined && typeof previousId === 'string'
      ? [{ self, previousId, at: fact.at }]
      : [];
  });
  if (aliases.length === 0) return [];
  const asUsers = aliases.map((a) => ({ kind: 'user', value: a.previousId }) as const);
  const known = await personsOf(house, workspaceId, asUsers);
  return aliases.map(({ self, previousId, at }) => {
    const kind = known.has(`user\n${previousId}`) ? 'user' : 'anonymous';
    return { a: { kind, value: previousId }, b: self, reason: 'alias', at } as const;
  });
}

async function tellOrders(house: DrainHouse, workspaceId: string, drained: readonly Drained[]): Promise<void> {
  const orderIds = new Set<string>();
  for (const { fact } of drained) {
    if (fact.order_id !== undefined && Object.hasOwn(ORDER_EVENTS, fact.name)) orderIds.add(fact.order_id);
  }
  if (orderIds.size === 0) return;
  const workspace = await readWorkspace(house, workspaceId);
  if (workspace !== null) await projectOrders(house, workspace, { orderIds: [...orderIds] });
}

async function tellFeedback(
  house: DrainHouse,
  workspaceId: string,
  drained: readonly Drained[],
  identities: Identities,
  token: string,
): Promise<void> {
  const answers = drained
    .filter(({ fact }) => Object.hasOwn(ANSWER_EVENTS, fact.name))
    .map((each) => answerOf(each, identityOf(identities, each)));
  if (answers.length > 0) await putAnswerEvents(house, { id: workspaceId }, answers, { origin: 'http', token });
}

function answerOf({ fact, seq }: Drained, identityNo: number): AnswerEvent {
  return {
    event_id: fact.event_id,
    identity_no: identityNo,
    user_id: fact.user_id ?? '',
    name: fact.name,
    at: fact.at,
    order_id: fact.order_id ?? '',
    case_id: fact.case_id ?? '',
    location_id: fact.location_id ?? '',
    staff_id: fact.staff_id ?? '',
    channel: fact.channel ?? '',
    props: fact.props,
    journal_seq: seq,
  };
}
