import type { Language } from '@touchstone/domain/languages';

/** How a member likes to read and work, beside the language. `own`: as the language has it. */
export interface Ways {
  readonly digits: 'own' | 'latin';
  readonly calendar: 'own' | 'gregorian' | 'persian';
  /** Whether single keys do something. */
  readonly keys: boolean;
}

export const USUAL_WAYS: Ways = { digits: 'own', calendar: 'own', keys: true };
export const CALENDARS = ['own', 'gregorian', 'persian'] as const satisfies readonly Ways['calendar'][];

/** What was remembered, as far as it can be read. */
export function readWays(text: string | null): Ways {
  const kept: unknown = parse(text);
  const bag: Record<string, unknown> = typeof kept === 'object' && kept !== null ? { ...kept } : {};
  return {
    digits: bag['digits'] === 'latin' ? 'latin' : 'own',
    calendar: CALENDARS.find((calendar) => calendar === bag['calendar']) ?? 'own',
    keys: bag['keys'] !== false,
  };
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

/** The tag of BCP 47 that the browser's formats take: `fa-u-ca-gregory-nu-latn`. */
export function localeOf(language: Language, { digits, calendar }: Pick<Ways, 'digits' | 'calendar'>): string {
  const ca = { own: '', gregorian: '-ca-gregory', persian: '-ca-persian' }[calendar];
  const nu = digits === 'latin' ? '-nu-latn' : '';
  return ca === '' && nu === '' ? language : `${language}-u${ca}${nu}`;
}
