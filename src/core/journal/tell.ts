import { ANSWER_EVENTS } from '../feedback/vocabulary.ts';
import { putAnswerEvents, type AnswerEvent } from '../feedback/facade.ts';
import { projectOrders } from '../orders/facade.ts';
import { ORDER_EVENTS } from '../orders/vocabulary.ts';
import { linkIdentities, personsOf, setTraits, type LinkClaim, type TraitsClaim } from '../people/facade.ts';
import { readWorkspace } from '../../platform/workspaces/facade.ts';
import { identityOf, type DrainHouse, type Identities } from './identities.ts';
import type { Drained } from './lines.ts';
import { STEPS, type StepName } from './vocabulary.ts';

/** What those who are told are told with. */
export interface Telling {
  /** Under which answers come in. */
  readonly token: string;
  /** Whether an earlier try may have done some of it. */
  readonly again: boolean;
  /** Steps that need no second try, by `stepKey`. */
  readonly told: readonly string[];
}

export interface Told {
  /** All steps that need no second try. */
  readonly told: readonly string[];
  readonly failures: readonly { readonly workspaceId: string; readonly step: StepName; readonly error: Error }[];
}

export function stepKey(workspaceId: string, step: StepName): string {
  return `${workspaceId} ${step}`;
}

/**
 * Tells those who live on the facts of a batch: people (links and traits), orders, feedback. At least once each; all of
 * them may hear the same batch again. One that fails keeps no other from being told.
 */
export async function tellOthers(
  house: DrainHouse,
  kept: readonly Drained[],
  identities: Identities,
  telling: Telling,
): Promise<Told> {
  const byWorkspace = new Map<string, Drained[]>();
  for (const drained of kept) {
    if (!concernsOthers(drained)) continue;
    const { workspace } = drained.fact;
    const those = byWorkspace.get(workspace);
    if (those === undefined) byWorkspace.set(workspace, [drained]);
    else those.push(drained);
  }
  const told = new Set(telling.told);
  const failures: Told['failures'][number][] = [];
  for (const [workspaceId, drained] of byWorkspace) {
    const work: Readonly<Record<StepName, () => Promise<void>>> = {
      links: () => tellLinks(house, workspaceId, drained),
      traits: () => tellTraits(house, workspaceId, drained, identities),
      orders: () => tellOrders(house, workspaceId, drained),
      answers: () => tellFeedback(house, workspaceId, drained, identities, telling),
    };
    for (const step of STEPS) {
      if (told.has(stepKey(workspaceId, step))) continue;
      try {
        await work[step]();
        told.add(stepKey(workspaceId, step));
      } catch (error) {
        failures.push({ workspaceId, step, error: error instanceof Error ? error : new Error(String(error)) });
      }
    }
  }
  return { told: [...told], failures };
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

async function tellOrders(house: DrainHouse, workspaceId: string, drained: readonly Drained[]): Promise<void> {
  const orderIds = new Set<string>();
  for (const { fact } of drained) {
    if (fact.order_id !== '' && Object.hasOwn(ORDER_EVENTS, fact.name)) orderIds.add(fact.order_id);
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
  { token, again }: Telling,
): Promise<void> {
  const answers = drained
    .filter(({ fact }) => Object.hasOwn(ANSWER_EVENTS, fact.name))
    .map((each) => answerOf(each, identityOf(identities, each)));
  if (answers.length > 0) await putAnswerEvents(house, { id: workspaceId }, answers, { origin: 'http', token, again });
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
