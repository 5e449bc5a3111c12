import { factsTimeToInstant } from '@touchstone/domain/calendar';
import type { House } from '../../platform/house/house.ts';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { notFound } from '../../platform/kernel/problem.ts';
import type { Person, PersonLink } from './contract.ts';
import { sumCounts } from './counts.ts';
import { type OrderOfPerson, selectCounts, selectLastScore, selectOrders, selectSpent } from './facts/reading.ts';
import { whoseFacts } from './facts/whose.ts';
import { grouped } from './grouped.ts';
import { type StoredLink, selectLinkEvidence, selectLinks } from './records/links.ts';
import {
  type FoundPerson,
  type StoredIdentity,
  selectClaimsOf,
  selectEvidence,
  selectIdentities,
  selectIdentitiesOf,
  selectLabels,
  selectPerson,
} from './records/reading.ts';
import { IDENTITY_KINDS } from './vocabulary.ts';

const LATEST_ORDERS = 20;

/** The person an id stands for, and their identities. Throws Problem `not-found`. */
export async function findPerson(
  house: House,
  workspaceId: string,
  id: string,
): Promise<{ person: FoundPerson; identities: StoredIdentity[] }> {
  const person = await selectPerson(house.records.db, workspaceId, id);
  if (person === undefined) throw notFound('person');
  return { person, identities: await selectIdentitiesOf(house.records.db, workspaceId, [person.person_no]) };
}

export async function getPerson(house: House, context: RequestContext, id: string): Promise<Person> {
  const { id: workspaceId, zone } = context.workspace;
  const { db } = house.records;
  const { person, identities } = await findPerson(house, workspaceId, id);
  const nos = identities.map((i) => i.identity_no);
  const whose = whoseFacts(workspaceId, [person.person_no], nos);
  const mayOrders = context.permissions.has('orders:read');
  const [counted, score, orders, spent, evidence, links, traits] = await Promise.all([
    selectCounts(house.facts, whose),
    selectLastScore(house.facts, whose),
    mayOrders ? selectOrders(house.facts, whose, zone, LATEST_ORDERS) : null,
    mayOrders ? selectSpent(house.facts, whose) : null,
    selectEvidence(db, workspaceId, nos),
    linksOf(house, workspaceId, person.person_no, identities),
    traitsOf(house, workspaceId, nos),
  ]);
  const counts = sumCounts(counted);
  const evidenceOf = grouped(evidence, (e) => e.identity_no);
  return {
    id: person.id,
    label: person.label,
    name: person.name,
    email: person.email,
    firstSeen: counts.first === null ? null : factsTimeToInstant(counts.first),
    lastSeen: counts.last === null ? null : factsTimeToInstant(counts.last),
    events: counts.events,
    answers: counts.answers,
    orders: counts.orders,
    ...(spent === null ? {} : { spent }),
    lastScore:
      score === undefined
        ? null
        : {
            score: score.score,
            scaleMin: score.scale_min,
            scaleMax: score.scale_max,
            instrument: score.instrument,
            at: factsTimeToInstant(score.at),
          },
    traits,
    identities: [...identities]
      .sort((a, b) => IDENTITY_KINDS.indexOf(a.kind) - IDENTITY_KINDS.indexOf(b.kind))
      .map((i) => ({
        kind: i.kind,
        value: i.value,
        firstSeen: i.first_seen.toISOString(),
        evidence: (evidenceOf.get(i.identity_no) ?? []).map((e) => ({ source: e.source, at: e.at.toISOString() })),
      })),
    links,
    ...(orders === null ? {} : { latestOrders: orders.map(orderOf) }),
  };
}

function orderOf(row: OrderOfPerson) {
  const at = (stored: string | null) => (stored === null ? null : factsTimeToInstant(stored));
  return {
    orderId: row.order_id,
    placed: at(row.placed),
    promised: row.promised,
    delivered: at(row.delivered),
    late: row.late === null ? null : row.late === 1,
    status: row.status,
    value: row.value,
    currency: row.currency,
  };
}

/** What holds of each trait and who said it last. */
async function traitsOf(house: House, workspaceId: string, identityNos: readonly number[]): Promise<Person['traits']> {
  const holding = new Map<string, { value: unknown; source: string; at: number }>();
  for (const row of await selectClaimsOf(house.records.db, workspaceId, identityNos)) {
    for (const [key, [value, at]] of Object.entries(row.traits)) {
      const other = holding.get(key);
      const spelled = (v: unknown) => JSON.stringify(v) ?? '';
      if (other === undefined || at > other.at || (at === other.at && spelled(value) > spelled(other.value))) {
        holding.set(key, { value, source: row.source, at });
      }
    }
  }
  return [...holding]
    .filter(([, t]) => t.value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, t]) => ({ key, value: t.value, source: t.source, at: new Date(t.at).toISOString() }));
}

async function linksOf(
  house: House,
  workspaceId: string,
  personNo: number,
  identities: readonly StoredIdentity[],
): Promise<PersonLink[]> {
  const { db } = house.records;
  const links = await selectLinks(
    db,
    workspaceId,
    identities.map((i) => i.identity_no),
  );
  const own = new Map(identities.map((i) => [i.identity_no, i]));
  const others = await selectIdentities(
    db,
    workspaceId,
    links.flatMap((l) => [l.a_no, l.b_no]).filter((no) => !own.has(no)),
  );
  const known = new Map([...own, ...others.map((i) => [i.identity_no, i] as const)]);
  const labels = new Map(
    (
      await selectLabels(
        db,
        workspaceId,
        others.map((i) => i.person_no),
      )
    ).map((l) => [l.person_no, l]),
  );
  const linkIds = links.map((l) => l.id);
  const evidence = grouped(await selectLinkEvidence(db, workspaceId, linkIds), (e) => e.link_id);
  return links.flatMap((link): PersonLink[] => {
    const [a, b] = [known.get(link.a_no), known.get(link.b_no)];
    if (a === undefined || b === undefined) return [];
    const other = [a, b].find((i) => i.person_no !== personNo);
    const label = other === undefined ? undefined : labels.get(other.person_no);
    return [
      {
        id: link.id,
        a: { kind: a.kind, value: a.value },
        b: { kind: b.kind, value: b.value },
        ...stateOf(link),
        evidence: (evidence.get(link.id) ?? []).map((e) => ({
          reason: e.reason,
          source: e.source,
          at: e.at.toISOString(),
        })),
        ...(label === undefined ? {} : { otherPerson: { id: label.id, label: label.label } }),
      },
    ];
  });
}

function stateOf(link: StoredLink) {
  return { state: link.state, at: link.at.toISOString(), undoneAt: link.undone_at?.toISOString() ?? null };
}
