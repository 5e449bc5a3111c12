/** What one condition asks of one field. */
export const OPS = ['eq', 'ne', 'in', 'lt', 'le', 'gt', 'ge', 'contains', 'startsWith', 'glob', 'exists'] as const;
export type Op = (typeof OPS)[number];

export type Scalar = string | number | boolean;

export type Condition =
  | { readonly field: string; readonly op: Exclude<Op, 'in' | 'exists'>; readonly value: Scalar }
  | { readonly field: string; readonly op: 'in'; readonly value: readonly Scalar[] }
  | { readonly field: string; readonly op: 'exists' };

/** What a fact, a person or an order satisfies or not. */
export type Predicate =
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] }
  | { readonly not: Predicate }
  | Condition;

/** The predicate that everything satisfies: an empty filter. */
export const EVERYTHING: Predicate = { all: [] };

/** How large a predicate may be. Beyond it nothing is evaluated. */
export const LIMITS = {
  depth: 8,
  conditions: 100,
  values: 500,
  valueLength: 1000,
  fieldLength: 200,
  text: 20_000,
  /** Names and values it may put into one statement: ClickHouse takes 1,000 with a request, and two filters are compared. */
  params: 480,
} as const;

/** What is wrong with a predicate, and where: `all[1].value` in a tree, `character 14` in a text. */
export class PredicateError extends Error {
  constructor(
    readonly at: string,
    readonly reason: string,
  ) {
    super(at === '' ? reason : `${at}: ${reason}`);
    this.name = 'PredicateError';
  }
}

export function isEverything(predicate: Predicate): boolean {
  return 'all' in predicate && predicate.all.length === 0;
}

/** Both at once; an empty filter adds nothing. */
export function both(a: Predicate, b: Predicate): Predicate {
  return normalise({ all: [a, b] });
}

/** The fields a predicate asks about, each once, in order of appearance. */
export function fieldsOf(predicate: Predicate): string[] {
  const found = new Set<string>();
  const walk = (p: Predicate): void => {
    if ('all' in p) p.all.forEach(walk);
    else if ('any' in p) p.any.forEach(walk);
    else if ('not' in p) walk(p.not);
    else found.add(p.field);
  };
  walk(predicate);
  return [...found];
}

/**
 * The same predicate in its plainest form: nested `all` and `any` opened up, single children lifted, double `not`
 * taken away. Evaluates the same; two spellings of one predicate print alike.
 */
export function normalise(predicate: Predicate): Predicate {
  if ('not' in predicate) {
    const inner = normalise(predicate.not);
    return 'not' in inner ? inner.not : { not: inner };
  }
  if ('all' in predicate) {
    const children = predicate.all.map(normalise).flatMap((p) => ('all' in p ? p.all : [p]));
    const [only] = children;
    return children.length === 1 && only !== undefined ? only : { all: children };
  }
  if ('any' in predicate) {
    const children = predicate.any.map(normalise).flatMap((p) => ('any' in p ? p.any : [p]));
    const [only] = children;
    return children.length === 1 && only !== undefined ? only : { any: children };
  }
  return predicate;
}
