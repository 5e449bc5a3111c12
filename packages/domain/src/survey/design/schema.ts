import type { Scalar } from '../../predicate/index.ts';
import { LIMITS as PREDICATE, OPS } from '../../predicate/index.ts';
import { type Condition, DOCUMENT_LIMITS as LIMITS, FORMAT } from '../document.ts';
import {
  type JsonSchema,
  type Node,
  type TypeOf,
  exactly,
  flag,
  list,
  number,
  object,
  oneOf,
  record,
  ref,
  text,
  union,
  whole,
  yes,
} from './node.ts';

const id = text(LIMITS.idLength, {
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
  description: 'letters, digits, _ and -, the first a letter or digit',
});
const tag = text(35, {
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  description: 'a language tag such as en or pt-BR',
});
const texts = record(tag, text(LIMITS.textLength), LIMITS.languages);
const address = text(2_000, { pattern: '^https://[^\\s<>"]+$', description: 'an address that begins with https://' });
const picture = text(60_000, {
  pattern: '^(https://[^\\s<>"]+|data:image/(png|jpeg|gif|webp|svg\\+xml)[;,][A-Za-z0-9+/=%;,:._~!()*-]+)$',
  description: 'an address that begins with https://, or a small picture itself as a data: address',
});
const day = text(10, { pattern: '^(\\d{4}-\\d\\d-\\d\\d|today)$', description: 'a day such as 2026-01-31, or today' });
const name = text(200);
const condition = ref<Condition>('condition');
const far = 1e12;

const choice = object(
  { id, text: texts },
  {
    picture,
    showIf: condition,
    exclusive: yes,
    words: yes,
    fixed: yes,
    group: id,
    value: number(-1e6, 1e6),
  },
);
const choices = list(ref<TypeOf<typeof choice>>('choice'), LIMITS.choices);
const carried = object({ question: id, take: oneOf('chosen', 'unchosen') }, {});
const skips = list(object({ to: id }, { if: condition }), LIMITS.skips);
const look = oneOf('numbers', 'stars', 'smileys');

const base = {
  help: texts,
  required: yes,
  showIf: condition,
  skips,
  instrument: text(40, { pattern: '^[a-z][a-z0-9_]*$', description: 'small letters, digits and _' }),
  name,
  personal: flag,
} as const;
const ends = { low: texts, high: texts, none: texts } as const;
const choosing = {
  carried,
  groups: list(object({ id, text: texts }, {}), 100),
  order: oneOf('random', 'flip'),
} as const;
const counted = { least: whole(0, LIMITS.choices), most: whole(1, LIMITS.choices) } as const;
const placeholder = texts;
const lengths = { minLength: whole(0, 10_000), maxLength: whole(1, 10_000), placeholder } as const;
const shared = { id, title: texts } as const;

const question = union(
  object({ kind: exactly('nps'), ...shared }, { ...base, ...ends }),
  object({ kind: exactly('csat'), ...shared }, { ...base, ...ends, look, points: whole(2, 10) }),
  object({ kind: exactly('ces'), ...shared }, { ...base, ...ends }),
  object(
    { kind: exactly('rating'), ...shared, from: whole(-100, 100), to: whole(-100, 100) },
    { ...base, ...ends, look },
  ),
  object(
    { kind: exactly('slider'), ...shared, from: number(-far, far), to: number(-far, far) },
    { ...base, ...ends, step: number(1e-6, far), unit: texts },
  ),
  object({ kind: exactly('single'), ...shared, choices }, { ...base, ...choosing }),
  object({ kind: exactly('dropdown'), ...shared, choices }, { ...base, ...choosing }),
  object({ kind: exactly('multiple'), ...shared, choices }, { ...base, ...choosing, ...counted }),
  object({ kind: exactly('picture'), ...shared, choices }, { ...base, ...choosing, ...counted, multiple: yes }),
  object({ kind: exactly('ranking'), ...shared, choices }, { ...base, ...choosing, most: whole(1, LIMITS.choices) }),
  object(
    { kind: exactly('constantSum'), ...shared, choices, total: whole(1, 1e9) },
    { ...base, ...choosing, unit: texts },
  ),
  object(
    { kind: exactly('maxdiff'), ...shared, choices: list(ref<TypeOf<typeof choice>>('choice'), 100) },
    { ...base, ...choosing, perSet: whole(2, 10), sets: whole(1, 100), best: texts, worst: texts },
  ),
  object(
    { kind: exactly('matrix'), ...shared, rows: choices, columns: choices },
    { ...base, carried, multiple: yes, order: oneOf('random', 'flip') },
  ),
  object({ kind: exactly('shortText'), ...shared }, { ...base, ...lengths, pattern: text(500), patternHint: texts }),
  object({ kind: exactly('longText'), ...shared }, { ...base, ...lengths }),
  object({ kind: exactly('email'), ...shared }, { ...base, placeholder }),
  object({ kind: exactly('phone'), ...shared }, { ...base, placeholder }),
  object(
    { kind: exactly('number'), ...shared },
    { ...base, min: number(-far, far), max: number(-far, far), decimals: whole(0, 6), unit: texts },
  ),
  object({ kind: exactly('date'), ...shared }, { ...base, min: day, max: day }),
  object(
    { kind: exactly('file'), ...shared },
    {
      ...base,
      accept: list(
        text(100, { pattern: '^[a-z]+/([a-zA-Z0-9.+-]+|\\*)$', description: 'a media type such as image/*' }),
        20,
      ),
      most: whole(1, 20),
      maxBytes: whole(1, 100_000_000),
    },
  ),
  object({ kind: exactly('consent'), ...shared, label: texts }, { ...base, link: address }),
  object({ kind: exactly('statement'), ...shared }, { ...base, picture }),
);

const page = object(
  { id, questions: list(ref<TypeOf<typeof question>>('question'), LIMITS.questions) },
  { title: texts, text: texts, showIf: condition, skips, order: exactly('random'), loop: id },
);
const ending = object(
  { id, title: texts },
  { outcome: oneOf('complete', 'screenedOut', 'overQuota'), text: texts, showIf: condition, redirect: address },
);
const round = { order: exactly('random'), most: whole(1, 100) } as const;
const loop = union(object({ id, over: carried }, round), object({ id, items: choices }, round));
const hidden = object({ id }, { values: list(text(200), 200), fallback: text(200) });
const quota = object(
  { id, name, limit: whole(0, 1e9), action: oneOf('terminate', 'redirect', 'warn') },
  { if: condition, ending: id },
);
const part = object({ question: id }, { row: id, weight: number(-1e6, 1e6), reversed: yes });
const score = object({ id, name: texts, how: oneOf('sum', 'mean', 'percent'), of: list(part, 1_000) }, {});

const document = object(
  {
    format: exactly(FORMAT),
    languages: list(tag, LIMITS.languages, 1),
    title: texts,
    pages: list(page, LIMITS.pages),
    endings: list(ending, LIMITS.endings),
  },
  {
    loops: list(loop, LIMITS.loops),
    hidden: list(hidden, LIMITS.hidden),
    quotas: list(quota, LIMITS.quotas),
    scores: list(score, LIMITS.scores),
    back: flag,
    progress: flag,
  },
  'A survey of Touchstone',
);

const scalar: Node<Scalar> = {
  anyOf: [{ type: 'string', maxLength: PREDICATE.valueLength }, { type: 'number' }, { type: 'boolean' }],
};
const predicates = list(condition, PREDICATE.conditions);

/** What is referred to by name. The predicate's own parser looks at conditions, so that there is one meaning of them. */
export const DEFS: Readonly<Record<string, JsonSchema>> = {
  choice,
  question,
  condition: {
    anyOf: [
      object({ all: predicates }, {}),
      object({ any: predicates }, {}),
      object({ not: condition }, {}),
      object({ field: text(PREDICATE.fieldLength), op: oneOf('exists') }, {}),
      object({ field: text(PREDICATE.fieldLength), op: oneOf('in'), value: list(scalar, PREDICATE.values, 1) }, {}),
      object(
        {
          field: text(PREDICATE.fieldLength),
          op: oneOf(...OPS.filter((op) => op !== 'in' && op !== 'exists')),
          value: scalar,
        },
        {},
      ),
    ],
  },
};

export const DOCUMENT = document;

/** The published JSON Schema of a survey, 2020-12. What it cannot say (ids used once, sizes in all) `parseSurvey` sees to. */
export const surveySchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Touchstone survey',
  ...document,
  $defs: DEFS,
};
