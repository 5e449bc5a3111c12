import { implement } from '@orpc/server';
import type { House } from '../../platform/house/house.ts';
import { type RequestContext, callerId } from '../../platform/kernel/context.ts';
import { badInput, notFound } from '../../platform/kernel/problem.ts';
import { peopleContract } from './contract.ts';
import { personLabels } from './labels.ts';
import { linkPairs, unlink } from './linking.ts';
import { peopleAsked } from './finding.ts';
import { listPeople } from './listing.ts';
import { findPerson, getPerson } from './profile.ts';
import { selectLink } from './records/links.ts';
import { countPeople, selectLinkId } from './records/reading.ts';
import { readTimeline } from './timeline.ts';

export function peopleHandlers(house: House) {
  const os = implement(peopleContract).$context<RequestContext>();
  return os.router({
    list: os.list.handler(({ input, context }) => listPeople(house, peopleAsked(input, context), input)),

    summary: os.summary.handler(({ context }) => countPeople(house.records.db, context.workspace.id)),

    get: os.get.handler(({ input, context }) => getPerson(house, context, input.personId)),

    timeline: os.timeline.handler(({ input, context }) => readTimeline(house, context, input)),

    link: os.link.handler(async ({ input, context }) => {
      const workspaceId = context.workspace.id;
      const one = await findPerson(house, workspaceId, input.personId);
      const other = await findPerson(house, workspaceId, input.otherPersonId);
      const [a] = one.identities;
      const [b] = other.identities;
      if (a === undefined || b === undefined) throw notFound('person');
      if (one.person.person_no === other.person.person_no) {
        throw badInput('otherPersonId', input.otherPersonId, 'These are one person already.', undefined, {
          code: 'one-person-already',
        });
      }
      const pair = {
        aNo: Math.min(a.identity_no, b.identity_no),
        bNo: Math.max(a.identity_no, b.identity_no),
        reason: 'member',
        namesUsers: false,
        at: house.clock.now(),
      } as const;
      await linkPairs(house, workspaceId, [pair], callerId(context.caller));
      const linkId = await selectLinkId(house.records.db, workspaceId, pair.aNo, pair.bNo);
      const { person } = await findPerson(house, workspaceId, input.personId);
      if (linkId === undefined) throw notFound('link');
      return { linkId, personId: person.id };
    }),

    unlink: os.unlink.handler(async ({ input, context }) => {
      const workspaceId = context.workspace.id;
      const { identities } = await findPerson(house, workspaceId, input.personId);
      const link = await selectLink(house.records.db, workspaceId, input.linkId);
      const own = new Set(identities.map((i) => i.identity_no));
      if (link === undefined || !(own.has(link.a_no) || own.has(link.b_no))) throw notFound('link');
      const { parted, personNos } = await unlink(house, workspaceId, input.linkId, callerId(context.caller));
      const labels = await personLabels(house, workspaceId, personNos);
      return { parted, personIds: [...new Set(personNos)].flatMap((no) => labels.get(no)?.id ?? []) };
    }),
  });
}
