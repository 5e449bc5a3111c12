import type { Localized, SurveyDocument } from '../document.ts';

/** A document in some of its languages, the first of which everything is written in. What is no text stays as it is. */
export function inLanguages(document: SurveyDocument, languages: readonly [string, ...string[]]): SurveyDocument {
  const known = new Set(document.languages);
  const isText = (value: object): value is Localized =>
    !Array.isArray(value) && Object.keys(value).length > 0 && Object.keys(value).every((tag) => known.has(tag));
  const only = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value;
    const made: unknown = Array.isArray(value)
      ? value.map((one: unknown) => only(one))
      : Object.fromEntries(
          isText(value)
            ? languages.flatMap((tag) => (Object.hasOwn(value, tag) ? [[tag, value[tag]]] : []))
            : Object.entries(value).map(([name, one]: [string, unknown]) => [name, only(one)]),
        );
    return made as T;
  };
  return { ...only(document), languages };
}
