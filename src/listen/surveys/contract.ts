import { LANGUAGES } from '@touchstone/domain/languages';
import type { SurveyDocument } from '@touchstone/domain/survey';
import type { Imported, LeftOut } from '@touchstone/domain/survey/import';
import { z } from 'zod';
import { instant, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';
import {
  LINK,
  MOST_LOGO_LETTERS,
  MOST_NAME_LETTERS,
  RESPONSE_STATES,
  RESUME_DAYS,
  SURVEY_STATES,
  SUSPICIONS,
} from './vocabulary.ts';

/** Whole characters only: the records keep no half of one, and no zero. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\ud800-\udfff\0]*$/u, 'whole characters');
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as #0f766e');
const logo = z
  .string()
  .max(MOST_LOGO_LETTERS)
  .regex(
    /^(https:\/\/[^\s<>"]+|data:image\/(png|jpeg|gif|webp|svg\+xml)[;,][A-Za-z0-9+/=%;,:._~!()*-]+)$/,
    'an address that begins with https://, or a small picture itself as a data: address',
  );

const settingsParts = {
  /** Nothing is kept that says who answered: no names, no order, no answer that is personal. */
  anonymous: z.boolean(),
  /** Days within which a response may be gone on with. */
  resumeDays: z.number().int().min(1).max(RESUME_DAYS.most),
  /** One response of each person who comes by a signed link. */
  oncePerPerson: z.boolean(),
  /** Responses that may be a program's are listed and kept out of all figures. Else they count, and say so. */
  suspectsApart: z.boolean(),
  /** Takes no more answers from then on. */
  closesAt: instant.nullable(),
  /** Where it is asked, as the catalogue calls it: `web`, `email`. */
  channel: text(60),
  theme: z.strictObject({
    /** Of buttons and of what is chosen. */
    accent: colour.default('#0f766e'),
    background: colour.default('#faf8f4'),
    /** Above every page; it is not read out. Whoever answers fetches it from its address. */
    logo: logo.nullable().default(null),
  }),
};

export const surveySettings = z.strictObject({
  anonymous: settingsParts.anonymous.default(false),
  resumeDays: settingsParts.resumeDays.default(RESUME_DAYS.usual),
  oncePerPerson: settingsParts.oncePerPerson.default(false),
  suspectsApart: settingsParts.suspectsApart.default(false),
  closesAt: settingsParts.closesAt.default(null),
  channel: settingsParts.channel.default('web'),
  theme: settingsParts.theme.prefault({}),
});
export type SurveySettings = z.infer<typeof surveySettings>;

/**
 * A survey's document: decisions/0019 and `GET /api/v1/surveys/schema` say what may stand in it. It is read by the
 * domain's parser, which names what is wrong and where.
 */
const document = z
  .custom<SurveyDocument>((value) => typeof value === 'object' && value !== null)
  .meta({
    type: 'object',
    description: 'A survey document, as the schema of /api/v1/surveys/schema says.',
  });

/** Something that is wrong: where it stands, and which words say it. */
export const surveyIssue = z.object({
  /** `error`: cannot be published. */
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  /** What it is about, as a path of the document: `pages[2].questions[0].showIf`. */
  at: z.string(),
  /** A field, an id, a language it speaks of. */
  what: z.string().nullable(),
  /** Paths that together make it so, none of which could be left out. */
  because: z.array(z.string()),
  /** The way that leads there: ids of steps. */
  path: z.array(z.string()),
});
export type SurveyIssue = z.infer<typeof surveyIssue>;

const summary = {
  id: z.string(),
  name: z.string(),
  state: z.enum(SURVEY_STATES),
  /** Where it is answered. */
  address: z.url(),
  /** The last that was published; null: none was. */
  version: z.number().int().nullable(),
  /** Whether the draft is other than what was published last. */
  changed: z.boolean(),
  createdAt: instant,
  changedAt: instant,
};

export const surveyShape = z.object({
  ...summary,
  document,
  revision: z.number().int(),
  settings: surveySettings,
  issues: z.array(surveyIssue),
});
export type Survey = z.infer<typeof surveyShape>;

export const surveyListed = z.object({
  ...summary,
  /** Of all versions. */
  complete: z.number().int(),
  begun: z.number().int(),
  lastAt: instant.nullable(),
});
export type SurveyListed = z.infer<typeof surveyListed>;

export const responseShape = z.object({
  id: z.string(),
  state: z.enum(RESPONSE_STATES),
  version: z.number().int(),
  language: z.string(),
  startedAt: instant,
  changedAt: instant,
  endedAt: instant.nullable(),
  /** By question, as they were given; nothing of questions that were not shown in the end. */
  answers: z.record(z.string(), z.unknown()),
  hidden: z.record(z.string(), z.string()),
  /** Null for who may not see people, and where nobody is known. */
  userId: z.string().nullable(),
  orderId: z.string().nullable(),
  /** What the QR code says by which they came; `orderId` for who may see people. Null where they came without one. */
  hung: z
    .object({
      touchpoint: z.string().optional(),
      locationId: z.string().optional(),
      place: z.string().optional(),
      orderId: z.string().optional(),
    })
    .nullable(),
  /**
   * Why it may be none of a person: `trap` a field nobody sees was filled in, `fast` it was handed in faster than anybody
   * reads, `form` its form was none of ours, `many` it came in a crowd from one address, without the work asked of it.
   */
  suspect: z.array(z.enum(SUSPICIONS)),
});
export type SurveyResponse = z.infer<typeof responseShape>;

/** A survey that is ready to be asked. Texts are in the language asked for, citations as they were published. */
export const instrumentShape = z.object({
  id: z.string(),
  name: z.string(),
  measures: z.string(),
  when: z.string(),
  /** Whose structure it is. */
  structure: z.string(),
  sources: z.array(z.string()),
  /** Whose trademark a name of it is. */
  trademark: z.string().nullable(),
  questions: z.number().int(),
  /** It takes about so many seconds: whoever leaves open what they may, and all of it. */
  seconds: z.object({ shortest: z.number().int(), longest: z.number().int() }),
  anonymous: z.boolean(),
});
export type ReadyInstrument = z.infer<typeof instrumentShape>;

/** What `POST /api/v1/surveys/import` answers: a survey read from a file, to be looked at and made. Nothing of it is kept. */
export interface SurveyRead {
  readonly from: Imported['from'] | 'touchstone';
  readonly name: string;
  readonly document: SurveyDocument;
  readonly settings: SurveySettings;
  /** What of the file the document does not have. */
  readonly left: readonly LeftOut[];
  readonly issues: readonly SurveyIssue[];
}

const language = z.enum(LANGUAGES);
const byId = z.object({ surveyId: z.string().max(60) });
const name = text(MOST_NAME_LETTERS).trim().min(1);
const value = text(LINK.letters);

const linkWanted = byId.extend({
  userId: value.optional(),
  email: value.optional(),
  phone: value.optional(),
  orderId: value.optional(),
  caseId: value.optional(),
  locationId: value.optional(),
  staffId: value.optional(),
  traits: z.record(text(60), value).default({}),
  hidden: z.record(text(60), value).default({}),
  answers: z.record(text(60), value).default({}),
  expiresAt: instant.optional(),
});
export type LinkWanted = z.infer<typeof linkWanted>;

/** A QR code: what it is called, and what it says of where it hangs or what it lies in. */
export const codeWanted = z.strictObject({
  /** Stands beneath it. */
  name: text(120).trim().min(1),
  /** Of the catalogue. */
  touchpoint: text(64).min(1).optional(),
  locationId: text(100).min(1).optional(),
  /** A table, a door, a shelf, in words. */
  place: text(100).min(1).optional(),
  /** Of a parcel: the order that is in it. */
  orderId: text(100).min(1).optional(),
});
export type CodeWanted = z.infer<typeof codeWanted>;
export const codesWanted = z.array(codeWanted).min(1).max(200);

const write = { permission: 'surveys:write', audit: { change: 'survey', id: 'surveyId' } } as const;
export const surveysContract = {
  list: operation({
    method: 'GET',
    path: '/surveys',
    permission: 'surveys:read',
    summary: 'Surveys, the newest first',
  })
    .input(z.object({ ...pageInput, search: z.string().max(80).default(''), state: z.enum(SURVEY_STATES).optional() }))
    .output(pageOf(surveyListed)),

  get: operation({
    method: 'GET',
    path: '/surveys/{surveyId}',
    permission: 'surveys:read',
    summary: 'A survey: its draft, its settings, and what keeps it from being published',
  })
    .input(byId)
    .output(surveyShape),

  version: operation({
    method: 'GET',
    path: '/surveys/{surveyId}/versions/{version}',
    permission: 'surveys:read',
    summary: 'A survey as it was published: its document of that version',
  })
    .input(byId.extend({ version: z.coerce.number().int().min(1).max(1_000_000) }))
    .output(z.object({ version: z.number().int(), document })),

  schema: operation({
    method: 'GET',
    path: '/surveys/schema',
    permission: 'surveys:read',
    summary: 'The JSON Schema of a survey’s document',
  })
    .input(z.object({}))
    .output(z.record(z.string(), z.unknown())),

  instruments: operation({
    method: 'GET',
    path: '/surveys/instruments',
    permission: 'surveys:read',
    summary:
      'Surveys that are ready to be asked: what each measures, when to ask it, whose structure and trademark it is',
  })
    .input(z.object({ language: language.default('en') }))
    .output(z.object({ items: z.array(instrumentShape) })),

  createReady: operation({
    ...write,
    audit: { change: 'survey', id: 'id' },
    method: 'POST',
    path: '/surveys/instruments/{instrument}',
    status: 201,
    summary: 'Make a survey of one that is ready',
    description: 'In the languages named, of which the first is the one that stands in for what is missing in others.',
  })
    .input(
      z.object({
        instrument: z.string().max(60),
        /** The name it has in the first language where it is not said. */
        name: name.optional(),
        languages: z
          .array(language)
          .min(1)
          .max(LANGUAGES.length)
          .default([...LANGUAGES]),
      }),
    )
    .output(surveyShape),

  create: operation({
    ...write,
    audit: { change: 'survey', id: 'id' },
    method: 'POST',
    path: '/surveys',
    status: 201,
    summary: 'Make a survey',
  })
    .input(z.object({ name, document, settings: surveySettings.prefault({}) }))
    .output(surveyShape),

  change: operation({
    ...write,
    method: 'PATCH',
    path: '/surveys/{surveyId}',
    summary: 'Rename a survey, change its draft or its settings',
    description:
      'With a document, `revision` is the one that was changed: where somebody else saved meanwhile the answer is 409. What is answered changes only by publishing.',
  })
    .input(
      byId.extend({
        name: name.optional(),
        /** Those that are named change; the others stay as they are. */
        settings: z.strictObject(settingsParts).partial().optional(),
        document: document.optional(),
        revision: z.number().int().optional(),
      }),
    )
    .output(surveyShape),

  check: operation({
    method: 'POST',
    path: '/surveys/check',
    permission: 'surveys:read',
    audit: { none: 'Nothing is kept.' },
    perMinute: 60,
    summary: 'What is wrong with a document: dead ends, unreachable questions, contradictions, each with the way there',
  })
    .input(z.object({ document }))
    .output(z.object({ issues: z.array(surveyIssue) })),

  publish: operation({
    ...write,
    method: 'POST',
    path: '/surveys/{surveyId}/publish',
    summary: 'Publish the draft and take answers',
    description: 'Refused where `get` tells of an error. Answers that are under way keep their version.',
  })
    .input(byId.extend({ revision: z.number().int() }))
    .output(surveyShape),

  close: operation({
    ...write,
    method: 'POST',
    path: '/surveys/{surveyId}/close',
    summary: 'Take no more answers',
  })
    .input(byId)
    .output(surveyShape),

  copy: operation({
    ...write,
    audit: { change: 'survey', id: 'id' },
    method: 'POST',
    path: '/surveys/{surveyId}/copy',
    status: 201,
    summary: 'Make another of its draft and settings',
  })
    .input(byId.extend({ name }))
    .output(surveyShape),

  remove: operation({
    ...write,
    method: 'DELETE',
    path: '/surveys/{surveyId}',
    summary: 'Delete a survey that nobody has answered',
  })
    .input(byId)
    .output(z.object({ id: z.string() })),

  link: operation({
    ...write,
    method: 'POST',
    path: '/surveys/{surveyId}/links',
    status: 201,
    summary: 'A signed link for one person',
    description:
      'Who comes by it is taken to be that person. `answers` are filled in, by question; `hidden` fields go along. Anybody who has the link may use it until it expires.',
  })
    .input(linkWanted)
    .output(z.object({ url: z.url() })),

  codes: operation({
    ...write,
    method: 'POST',
    path: '/surveys/{surveyId}/codes',
    status: 201,
    summary: 'QR codes for touchpoints, locations, tables or parcels',
    description:
      'Each stamps on the answer where it hung, signed: `touchpoint`, `location_id`, `place` and `order_id` also fill hidden fields of that name. The same code always has the same address.',
  })
    .input(byId.extend({ codes: codesWanted }))
    .output(z.object({ items: z.array(z.object({ name: z.string(), url: z.url(), svg: z.string() })) })),

  responses: operation({
    method: 'GET',
    path: '/surveys/{surveyId}/responses',
    permission: 'responses:read',
    audit: { look: 'responses', id: 'surveyId' },
    summary: 'Single responses, the newest first',
  })
    .input(byId.extend({ ...pageInput, state: z.enum(RESPONSE_STATES).optional() }))
    .output(pageOf(responseShape)),
};
