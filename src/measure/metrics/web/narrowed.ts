import { both, parseText, printText, PredicateError, type Predicate } from '@touchstone/domain/predicate';

/** The page's filter and one more condition; the page's alone where one of them cannot be read. */
export function narrowed(filter: string, own: Predicate | string): string {
  try {
    return printText(both(parseText(filter), typeof own === 'string' ? parseText(own) : own));
  } catch (error) {
    if (error instanceof PredicateError) return filter;
    throw error;
  }
}
