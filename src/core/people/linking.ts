import { newId } from '../../platform/kernel/ids.ts';
import { notFound } from '../../platform/kernel/problem.ts';
import type { Db } from '../../platform/stores/ports.ts';
import { type PairClaim, pairOf, personsByLinks, planLinks } from './components.ts';
import type { LinkClaim, PeopleHouse } from './shapes.ts';
import { allotIdentities, instantOf } from './identities.ts';
import { keyOf } from './keys.ts';
import { memoryOf } from './memory.ts';
import { publishPeople } from './publish.ts';
import type { LinkState } from './vocabulary.ts';
import { movePersons, selectPersonNos, selectWithUser, updatePersonNos } from './records/identities.ts';
import {
  lockPeople,
  markUndone,
  selectLink,
  selectLinks,
  selectMembers,
  selectStates,
  upsertLinks,
} from './records/links.ts';
import { settlePersons } from './settle.ts';

interface DatedClaim extends PairClaim {
  readonly at: Date;
}

interface Claim extends DatedClaim {
  /** Its key in the memory of what is settled. */
  readonly remembered: string;
}

/**
 * Joins the persons of each claim's two identities (allotting them where they are new), and makes the change visible
 * to every later query of the facts. A claim that would give one person two user ids is kept as `declined`, unless it is
 * an `alias` from one user id to another; one that a member took apart stays apart.
 */
export async function linkIdentities(
  house: PeopleHouse,
  workspaceId: string,
  claims: readonly LinkClaim[],
  source: string,
): Promise<{ linked: number; declined: number }> {
  const { settled } = memoryOf(house);
  const group = `${workspaceId}\n${source}`;
  const spelled = (c: LinkClaim) => `${c.reason}\n${keyOf(c.a)}\n${keyOf(c.b)}`;
  const open = new Map(claims.map((c) => [spelled(c), c]));
  for (const key of open.keys()) if (settled.get(group, key) === true) open.delete(key);
  if (open.size === 0) return { linked: 0, declined: 0 };

  const keys = [...open.values()].flatMap((c) => [
    { ...c.a, at: c.at },
    { ...c.b, at: c.at },
  ]);
  const numbers = await allotIdentities(house, workspaceId, keys, source);
  const pairs: Claim[] = [];
  for (const [remembered, c] of open) {
    const [x, y] = [numbers.get(keyOf(c.a)), numbers.get(keyOf(c.b))];
    if (x === undefined || y === undefined || x === y) continue;
    pairs.push({
      aNo: Math.min(x, y),
      bNo: Math.max(x, y),
      reason: c.reason,
      namesUsers: c.a.kind === 'user' && c.b.kind === 'user',
      at: instantOf(c.at),
      remembered,
    });
  }
  const states = await linkPairs(house, workspaceId, pairs, source);
  const outcomes = pairs.map((p) => ({ ...p, state: states.get(pairOf(p.aNo, p.bNo)) }));
  for (const p of outcomes) if (p.state !== 'declined') settled.set(group, p.remembered, true);
  return {
    linked: outcomes.filter((p) => p.state === 'active').length,
    declined: outcomes.filter((p) => p.state === 'declined').length,
  };
}

/** Decides and records claims over numbers, and makes the outcome visible. Returns each pair's state, by `pairOf`. */
export async function linkPairs(
  house: PeopleHouse,
  workspaceId: string,
  pairs: readonly DatedClaim[],
  source: string,
): Promise<Map<string, LinkState>> {
  const states = await house.records.transaction((tx) => link(house, tx, workspaceId, source, pairs));
  await publishPeople(house);
  return states;
}

async function link(house: PeopleHouse, tx: Db, workspaceId: string, source: string, claims: readonly DatedClaim[]) {
  await lockPeople(tx, workspaceId);
  const nos = [...new Set(claims.flatMap((c) => [c.aNo, c.bNo]))];
  const personOf = await selectPersonNos(tx, workspaceId, nos);
  const withUser = await selectWithUser(tx, workspaceId, [...new Set(personOf.values())]);
  const before = { personOf, withUser, states: await selectStates(tx, workspaceId, claims) };
  const plan = planLinks(claims, before);
  await upsertLinks(
    tx,
    workspaceId,
    source,
    claims.map((c) => ({
      id: newId('link', house.clock),
      aNo: c.aNo,
      bNo: c.bNo,
      reason: c.reason,
      at: c.at,
      state: plan.states.get(pairOf(c.aNo, c.bNo)) ?? 'declined',
    })),
  );
  await movePersons(tx, workspaceId, plan.moves);
  await settlePersons(house, tx, workspaceId, [...plan.moves.keys(), ...plan.moves.values()]);
  return plan.states;
}

/**
 * Takes persons apart where no link that still holds keeps them together: each identity's person is again the lowest
 * number it can reach.
 */
export async function partPersons(
  house: PeopleHouse,
  tx: Db,
  workspaceId: string,
  personNos: readonly number[],
): Promise<void> {
  const members = await selectMembers(tx, workspaceId, personNos);
  const links = await selectLinks(tx, workspaceId, members);
  const now = personsByLinks(
    members,
    links.filter((l) => l.state === 'active').map((l) => [l.a_no, l.b_no] as const),
  );
  await updatePersonNos(tx, workspaceId, now);
  await settlePersons(house, tx, workspaceId, [...personNos, ...now.values()]);
}

export interface Parted {
  /** False: another link still joins them. */
  readonly parted: boolean;
  /** The persons at the two ends now; the same where they are still joined. */
  readonly personNos: readonly [number, number];
}

/** Undoes a link, for good: only a member makes it again. Throws Problem `not-found`. */
export async function unlink(house: PeopleHouse, workspaceId: string, linkId: string, by: string): Promise<Parted> {
  const parted = await house.records.transaction(async (tx) => {
    await lockPeople(tx, workspaceId);
    const link = await selectLink(tx, workspaceId, linkId);
    if (link === undefined) throw notFound('link');
    const ends = [link.a_no, link.b_no];
    if (link.state !== 'undone') await markUndone(tx, workspaceId, linkId, by, house.clock.now());
    if (link.state === 'active') {
      const before = await selectPersonNos(tx, workspaceId, ends);
      await partPersons(house, tx, workspaceId, [...new Set(before.values())]);
    }
    const now = await selectPersonNos(tx, workspaceId, ends);
    const [a, b] = [now.get(link.a_no) ?? link.a_no, now.get(link.b_no) ?? link.b_no];
    return { parted: a !== b, personNos: [a, b] as const };
  });
  await publishPeople(house);
  return parted;
}
