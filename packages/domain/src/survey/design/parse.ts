import { PredicateError, parseTree } from '../../predicate/index.ts';
import { DOCUMENT_LIMITS as LIMITS, type SurveyDocument } from '../document.ts';
import { RESERVED } from '../fields.ts';
import { type DocumentProblem, type TypeOf, check } from './node.ts';
import { DEFS, DOCUMENT } from './schema.ts';
import { choiceLists, conditionsOf } from './places.ts';

export type Parsed =
  | { readonly document: SurveyDocument; readonly problems: readonly [] }
  | { readonly document: undefined; readonly problems: readonly DocumentProblem[] };

/**
 * A document from outside: of the right shape, each id once, no larger than it may be. That all it refers to is there,
 * and that every way through it ends well, is `analyse`'s to say: a draft need not be finished to be kept.
 */
export function parseSurvey(value: unknown): Parsed {
  const size = new TextEncoder().encode(stringOf(value)).length;
  if (size > LIMITS.bytes) return refused([{ at: '', reason: `is larger than ${LIMITS.bytes} bytes` }]);
  const problems = check(DOCUMENT, value, DEFS);
  if (problems.length > 0 || !isDocument(value)) return refused(problems);
  const more = [...oddConditions(value), ...oddIds(value), ...tooMany(value)];
  return more.length > 0 ? refused(more.slice(0, 50)) : { document: value, problems: [] };
}

function refused(problems: readonly DocumentProblem[]): Parsed {
  return { document: undefined, problems };
}

function stringOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // It holds itself, and is refused where it does.
    return '';
  }
}

/** Asked of what the schema let through; that it describes this type is the compiler's to see. */
function isDocument(value: unknown): value is TypeOf<typeof DOCUMENT> {
  return value !== undefined;
}

function oddConditions(document: SurveyDocument): DocumentProblem[] {
  return conditionsOf(document).flatMap(({ at, condition }) => {
    try {
      parseTree(condition);
      return [];
    } catch (error) {
      if (!(error instanceof PredicateError)) throw error;
      return [{ at: error.at === '' ? at : `${at}.${error.at}`, reason: error.reason }];
    }
  });
}

interface Named {
  readonly at: string;
  readonly id: string;
}

function oddIds(document: SurveyDocument): DocumentProblem[] {
  const named = (at: string, list: readonly { readonly id: string }[] = []): Named[] =>
    list.map(({ id }, i) => ({ at: `${at}[${i}].id`, id }));
  const twice = (all: readonly Named[]): DocumentProblem[] => {
    const seen = new Map<string, string>();
    return all.flatMap(({ at, id }) => {
      const first = seen.get(id);
      seen.set(id, first ?? at);
      return first === undefined ? [] : [{ at, reason: `"${id}" stands at ${first} already` }];
    });
  };
  const questions = document.pages.flatMap((page, i) => named(`pages[${i}].questions`, page.questions));
  const within = document.pages.flatMap((page, i) =>
    page.questions.flatMap((question, k) =>
      choiceLists(question).map(([name, list]) => named(`pages[${i}].questions[${k}].${name}`, list)),
    ),
  );
  const items = (document.loops ?? []).map((loop, i) =>
    'items' in loop ? named(`loops[${i}].items`, loop.items) : [],
  );
  const lists = (['loops', 'hidden', 'quotas', 'scores'] as const).map((name) => named(name, document[name]));
  return [
    ...questions
      .filter(({ id }) => RESERVED.includes(id))
      .map(({ at, id }) => ({ at, reason: `"${id}" means something else in conditions` })),
    ...[
      [...named('pages', document.pages), ...named('endings', document.endings), ...questions],
      ...within,
      ...items,
      ...lists,
    ].flatMap(twice),
    ...twice(document.languages.map((id, i) => ({ at: `languages[${i}]`, id }))),
  ];
}

function tooMany(document: SurveyDocument): DocumentProblem[] {
  const questions = document.pages.flatMap((page) => page.questions);
  const choices = questions.flatMap((question) => choiceLists(question).map(([, list]) => list.length));
  const items = (document.loops ?? []).map((loop) => ('items' in loop ? loop.items.length : 0));
  const all = [...choices, ...items].reduce((sum, n) => sum + n, 0);
  return [
    ...(questions.length > LIMITS.questions
      ? [{ at: 'pages', reason: `holds more than ${LIMITS.questions} questions` }]
      : []),
    ...(all > LIMITS.choices
      ? [{ at: 'pages', reason: `holds more than ${LIMITS.choices} choices, rows and columns` }]
      : []),
  ];
}
