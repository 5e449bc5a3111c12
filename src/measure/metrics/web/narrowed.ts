import { both, parseText, printText, PredicateError, type Predicate } from '@touchstone/domain/predicate';

/** A filter and one more condition. A filter that cannot be read stays as it is: whoever is asked with it says what is wrong. */
export function narrowed(filter: string, own: Predicate | string): string {
  try {
    return printText(both(parseText(filter), typeof own === 'string' ? parseText(own) : own));
  } catch (error) {
    if (error instanceof PredicateError) return filter;
    throw error;
  }
}
