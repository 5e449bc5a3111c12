import { z } from 'zod';
import { instant, operation } from '../../platform/kernel/contract.ts';
import { CATALOGUE_SETS, FACT_KINDS, RUN_STATES } from './vocabulary.ts';

/** Ids of things that are new may be anything not yet taken: the answer has the ones they were given. */
const id = z.string().regex(/^[\w-]{1,64}$/u, 'letters, digits, - and _, at most 64');
const name = z.string().trim().min(1).max(80);

const factKind = z.enum(FACT_KINDS);

/** A predicate of the filter grammar, as a JSON tree. */
const predicate = z.record(z.string(), z.unknown());

export const named = z.object({ id, name });

export const touchpoint = named.extend({
  stageId: id,
  channelId: id.nullable(),
  /** The team that owns it. */
  teamId: id.nullable(),
});

export const rule = z.object({
  id,
  on: factKind,
  when: predicate,
  touchpointId: id,
});

/** The whole catalogue, each list in its order. Rules are asked in order; the first that matches a fact decides. */
export const catalogueBody = z.object({
  stages: z.array(named).min(1).max(30),
  channels: z.array(named).max(50),
  teams: z.array(named).max(100),
  touchpoints: z.array(touchpoint).max(300),
  rules: z.array(rule).max(300),
});

export const run = z.object({
  state: z.enum(RUN_STATES),
  /** Facts to look at, those looked at so far, and those whose place changed. */
  total: z.number().int(),
  done: z.number().int(),
  changed: z.number().int(),
  startedAt: instant,
  finishedAt: instant.nullable(),
});

export const catalogue = catalogueBody.extend({
  /** Rises with every save; send it back with the next. */
  version: z.number().int(),
  savedAt: instant,
  /** How far the past has been given the places of these rules; null while there was nothing to do. */
  run: run.nullable(),
});

const sampleRow = z.object({
  id: z.string(),
  at: instant,
  /** An event's name, what an answer was asked with, an order's id. */
  what: z.string(),
  /** Its address, words or status. */
  detail: z.string(),
  /** Touchpoints, "" for none: as it stands, and as the draft would have it. */
  before: z.string(),
  after: z.string(),
});

export const preview = z.object({
  /** Facts of the rule's kind. */
  facts: z.number().int(),
  /** Those its predicate matches. */
  matches: z.number().int(),
  /** Those it decides: no rule before it matches. */
  decides: z.number().int(),
  /** Facts of this kind whose touchpoint or stage the whole draft would change. */
  changes: z.number().int(),
  /** The latest it matches. */
  sample: z.array(sampleRow),
});

export type Catalogue = z.infer<typeof catalogue>;
export type CatalogueBody = z.infer<typeof catalogueBody>;
export type CatalogueRule = z.infer<typeof rule>;
export type CatalogueTouchpoint = z.infer<typeof touchpoint>;
export type CatalogueRun = z.infer<typeof run>;
export type RulePreview = z.infer<typeof preview>;

export const catalogueContract = {
  get: operation({
    method: 'GET',
    path: '/catalogue',
    permission: 'catalogue:read',
    summary: 'Stages, channels, teams, touchpoints and rules',
  }).output(catalogue),

  save: operation({
    method: 'PUT',
    path: '/catalogue',
    audit: { change: 'catalogue' },
    permission: 'catalogue:write',
    summary: 'Save the whole catalogue',
    description:
      'Answers 409 when somebody else saved since `version`. When rules or the stages of touchpoints changed, facts of the past are given their new places by a job; see `run`.',
  })
    .input(catalogueBody.extend({ version: z.number().int() }))
    .output(catalogue),

  preview: operation({
    method: 'POST',
    path: '/catalogue/preview',
    audit: { none: 'Counts of what a change would do.' },
    permission: 'catalogue:write',
    summary: 'What a rule of a draft matches, and what the draft would change',
    perMinute: 120,
  })
    .input(z.object({ draft: catalogueBody, ruleId: id }))
    .output(preview),

  set: operation({
    method: 'GET',
    path: '/catalogue/sets/{set}',
    permission: 'catalogue:read',
    summary: 'A set to begin with, for shops, services or subscriptions',
  })
    .input(z.object({ set: z.enum(CATALOGUE_SETS) }))
    .output(catalogueBody),
};
