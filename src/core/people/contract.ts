import { z } from 'zod';
import { day, decimal, instant, isoCurrency, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';
import { filterText } from '../fields/vocabulary.ts';
import {
  ASKED_OF,
  IDENTITY_KINDS,
  LINK_REASONS,
  LINK_STATES,
  MOMENTS,
  PEOPLE_SORTS,
  TIMELINE_KINDS,
} from './vocabulary.ts';

const identityKind = z.enum(IDENTITY_KINDS);

/** A person in a list. */
export const personItem = z.object({
  id: z.string(),
  /** The name, or the best there is: an e-mail address, a user id, any other identity. */
  label: z.string(),
  email: z.string(),
  /** How this person was found by `q`, where not by name or e-mail. */
  matched: z.object({ kind: identityKind, value: z.string() }).optional(),
  /** Of all that is known to have happened; null before anything did. */
  lastSeen: instant.nullable(),
  events: z.number().int(),
  answers: z.number().int(),
  orders: z.number().int(),
});

const identityRef = z.object({ kind: identityKind, value: z.string() });

export const personLink = z.object({
  id: z.string(),
  a: identityRef,
  b: identityRef,
  state: z.enum(LINK_STATES),
  at: instant,
  evidence: z.array(z.object({ reason: z.enum(LINK_REASONS), source: z.string(), at: instant })),
  undoneAt: instant.nullable(),
  /** The other end's person, where it is not this one. */
  otherPerson: z.object({ id: z.string(), label: z.string() }).optional(),
});

const personOrder = z.object({
  orderId: z.string(),
  placed: instant.nullable(),
  promised: day.nullable(),
  delivered: instant.nullable(),
  /** Delivered on a later day than promised; null where either is unknown. */
  late: z.boolean().nullable(),
  status: z.string(),
  value: decimal.nullable(),
  currency: z.string(),
});

export const person = z.object({
  id: z.string(),
  label: z.string(),
  name: z.string(),
  email: z.string(),
  firstSeen: instant.nullable(),
  lastSeen: instant.nullable(),
  events: z.number().int(),
  answers: z.number().int(),
  orders: z.number().int(),
  /** What orders were worth, cancelled ones left out, by currency. Left out without `orders:read`. */
  spent: z.array(z.object({ currency: isoCurrency.or(z.literal('')), value: decimal })).optional(),
  /** The latest score given. */
  lastScore: z
    .object({
      score: z.number(),
      scaleMin: z.number().nullable(),
      scaleMax: z.number().nullable(),
      instrument: z.string(),
      at: instant,
    })
    .nullable(),
  traits: z.array(z.object({ key: z.string(), value: z.unknown(), source: z.string(), at: instant })),
  identities: z.array(
    identityRef.extend({
      firstSeen: instant,
      evidence: z.array(z.object({ source: z.string(), at: instant })),
    }),
  ),
  links: z.array(personLink),
  /** The latest twenty. Left out without `orders:read`. */
  latestOrders: z.array(personOrder).optional(),
});

const common = { id: z.string(), at: instant, touchpointId: z.string().optional(), stageId: z.string().optional() };

export const timelineItem = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('event'),
    name: z.string(),
    orderId: z.string().optional(),
    channel: z.string().optional(),
    url: z.string().optional(),
    value: decimal.optional(),
    currency: z.string().optional(),
    props: z.record(z.string(), z.unknown()),
  }),
  z.object({
    ...common,
    kind: z.literal('answer'),
    source: z.string(),
    instrument: z.string(),
    score: z.number().optional(),
    scaleMin: z.number().optional(),
    scaleMax: z.number().optional(),
    text: z.string(),
    language: z.string().optional(),
    choices: z.array(z.string()),
    orderId: z.string().optional(),
    itemId: z.string().optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('order'),
    orderId: z.string(),
    moment: z.enum(MOMENTS),
    status: z.string(),
    value: decimal.optional(),
    currency: z.string().optional(),
    /** Of a delivery: whether it was late. */
    late: z.boolean().optional(),
  }),
]);

export type PersonItem = z.infer<typeof personItem>;
export type Person = z.infer<typeof person>;
export type PersonLink = z.infer<typeof personLink>;
export type TimelineItem = z.infer<typeof timelineItem>;

const personId = z.string().max(64);

/** What narrows a listing and an export alike, beside the period. */
export const peopleFilter = { q: z.string().max(200).optional(), filter: filterText.optional() };

export const peopleContract = {
  list: operation({
    method: 'GET',
    path: '/people',
    audit: { look: 'people' },
    permission: 'people:read',
    summary: 'People, the latest known first',
    description:
      '`q` finds people by the beginning of words of their name or e-mail, or of a user id, phone, anonymous id or order id. `from` and `to` (days of the workspace, `to` exclusive) and `filter` (the grammar of metrics) leave those of whom something in the period satisfies the filter: an answer where it asks about answers, any moment of an order where about orders, else any answer, order or event; what somebody is satisfies a filter of all time by itself. `of` says which it was; null: nobody was left out. `sort`: by what is known to have happened of all time, `-` before it for the most and the latest first; of whom nothing is known to have happened, nothing is listed. `total`: how many there are, told with the first page, and not where `q` looks for some.',
  })
    .input(
      z.object({
        ...pageInput,
        ...peopleFilter,
        from: day.optional(),
        to: day.optional(),
        sort: z.enum(PEOPLE_SORTS).optional(),
      }),
    )
    .output(pageOf(personItem).extend({ total: z.number().int().nullable(), of: z.enum(ASKED_OF).nullable() })),

  summary: operation({
    method: 'GET',
    path: '/people/summary',
    audit: { none: 'Two counts of all people.' },
    permission: 'people:read',
    summary: 'How many people are known, and how many of them by name or e-mail',
  }).output(z.object({ people: z.number().int(), named: z.number().int() })),

  get: operation({
    method: 'GET',
    path: '/people/{personId}',
    audit: { look: 'person', id: 'personId' },
    permission: 'people:read',
    summary: 'One person: facts, traits, identities and why they are held to be one',
    description: 'The id of a person who was joined to another answers with the person they are now.',
  })
    .input(z.object({ personId }))
    .output(person),

  timeline: operation({
    method: 'GET',
    path: '/people/{personId}/timeline',
    audit: { look: 'person', id: 'personId' },
    permission: 'people:read',
    summary: 'All that a person did, said and ordered, newest first',
    description:
      'Answers want `comments:read` to show their words, orders `orders:read`, events `events:read`; kinds one may not read are left out. An event that an order or an answer was made of is shown as that.',
  })
    .input(
      z.object({
        personId,
        ...pageInput,
        /** Kinds to show, parted by commas; all unless said. */
        kinds: z
          .string()
          .regex(new RegExp(`^(${TIMELINE_KINDS.join('|')})(,(${TIMELINE_KINDS.join('|')}))*$`), {
            error: `some of ${TIMELINE_KINDS.join(', ')}, parted by commas`,
          })
          .optional(),
      }),
    )
    .output(pageOf(timelineItem)),

  link: operation({
    method: 'POST',
    path: '/people/{personId}/links',
    audit: { change: 'person', id: 'personId' },
    permission: 'people:write',
    summary: 'Join this person with another: they are one',
    status: 201,
  })
    .input(z.object({ personId, otherPersonId: z.string().max(64) }))
    .output(z.object({ linkId: z.string(), personId: z.string() })),

  unlink: operation({
    method: 'DELETE',
    path: '/people/{personId}/links/{linkId}',
    audit: { change: 'person', id: 'personId' },
    permission: 'people:write',
    summary: 'Undo a link: the two identities are not one person',
    description:
      'Every figure is again as it was without the link. Machines do not make it again. `parted` is false where another link still joins them.',
  })
    .input(z.object({ personId, linkId: z.string().max(64) }))
    .output(z.object({ parted: z.boolean(), personIds: z.array(z.string()) })),
};
