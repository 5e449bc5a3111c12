import { factsTimeToInstant } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { Column } from '../../platform/files/tables/table.ts';
import { exportRoutes, periodInput } from '../../platform/house/exporting.ts';
import type { House, Route } from '../../platform/house/house.ts';
import { grouped } from './grouped.ts';
import { peopleFilter } from './contract.ts';
import { type PeopleAsked, everyone, peopleAsked } from './finding.ts';
import { type KnownPerson, knownPeople } from './listing.ts';
import { selectClaimsOf } from './records/reading.ts';
import { holding, laterOf, type SaidTraits } from './traits.ts';
import type { IdentityKind } from './vocabulary.ts';

/** So many that their identities fit into a statement: otherwise the store would look through all facts for each page. */
const PAGE = 1_000;

interface ExportedPerson extends KnownPerson {
  readonly traits: SaidTraits;
}

/** The first of a kind that a person was known by. */
function firstOf(kind: IdentityKind): (row: ExportedPerson) => string {
  return ({ identities }) => identities.find((i) => i.kind === kind)?.value ?? '';
}

const COLUMNS: readonly Column<ExportedPerson>[] = [
  { name: 'person_id', kind: 'text', of: ({ person }) => person.id },
  { name: 'label', kind: 'text', of: ({ person }) => person.label },
  { name: 'email', kind: 'text', of: ({ person }) => person.email },
  { name: 'phone', kind: 'text', of: firstOf('phone') },
  { name: 'user_id', kind: 'text', of: firstOf('user') },
  { name: 'first_seen', kind: 'moment', of: ({ counts }) => instantOf(counts.first) },
  { name: 'last_seen', kind: 'moment', of: ({ counts }) => instantOf(counts.last) },
  { name: 'events', kind: 'number', of: ({ counts }) => counts.events },
  { name: 'answers', kind: 'number', of: ({ counts }) => counts.answers },
  { name: 'orders', kind: 'number', of: ({ counts }) => counts.orders },
  { name: 'traits', kind: 'json', of: ({ traits }) => holding(traits) },
];

function instantOf(stored: string | null): string | null {
  return stored === null ? null : factsTimeToInstant(stored);
}

/** People as files, found as the listing finds them. */
export function peopleRoutes(house: House): Route[] {
  return exportRoutes({
    path: '/api/v1/people',
    permission: 'people:read',
    audit: { look: 'people' },
    filter: z.object({ ...peopleFilter, ...periodInput }),
    open: (input, context, signal) => ({
      name: 'people',
      zone: context.workspace.zone,
      columns: COLUMNS,
      rows: exported(house, peopleAsked(input, context), signal),
    }),
  });
}

async function* exported(
  house: House,
  asked: PeopleAsked,
  signal: AbortSignal,
): AsyncGenerator<readonly ExportedPerson[]> {
  const { id } = asked.workspace;
  for await (const people of everyone(house, asked, PAGE, signal)) {
    yield await withTraits(house, id, await knownPeople(house, id, people, signal));
  }
}

async function withTraits(
  house: House,
  workspaceId: string,
  people: readonly KnownPerson[],
): Promise<ExportedPerson[]> {
  const nos = people.flatMap((p) => p.identities.map((i) => i.identity_no));
  const claims = grouped(await selectClaimsOf(house.records.db, workspaceId, nos), (claim) => claim.identity_no);
  return people.map((known) => ({
    ...known,
    traits: known.identities
      .flatMap((i) => claims.get(i.identity_no) ?? [])
      .reduce<SaidTraits>((all, { traits }) => laterOf(all, traits), {}),
  }));
}
