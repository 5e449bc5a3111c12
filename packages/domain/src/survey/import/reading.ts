import type { Localized } from '../document.ts';

export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A plain value as it is written; empty where it is none. */
export function writtenOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A number, or a text that is one, no larger than a document takes. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) <= 1e12 ? number : undefined;
}

/** A whole number within bounds. */
export function wholeOf(value: unknown, from: number, to: number): number | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isInteger(number) && number >= from && number <= to ? number : undefined;
}

/** Leaves out what is not there. */
export function present<T extends object>(of: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const found = Object.entries(of).filter(([, value]) => value !== undefined && !isEmptyText(value));
  return Object.fromEntries(found) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function isEmptyText(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 0;
}

export function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/u.test(value);
}

export function isHttps(value: unknown): value is string {
  return typeof value === 'string' && /^https:\/\/[^\s<>"{}]{1,1900}$/u.test(value);
}

/** A text that begins with a line short enough for a heading, in every language; undefined where one does not. */
export function headed(text: Localized): { readonly title: Localized; readonly text: Localized } | undefined {
  const all = Object.entries(text).map(([tag, said]): [string, string, string] => {
    const at = said.indexOf('\n');
    return at === -1 ? [tag, said, ''] : [tag, said.slice(0, at), said.slice(at + 1).trim()];
  });
  if (all.length === 0 || all.some(([, title]) => title.length > 120)) return undefined;
  return {
    title: Object.fromEntries(all.map(([tag, title]) => [tag, title])),
    text: Object.fromEntries(all.flatMap(([tag, , rest]) => (rest === '' ? [] : [[tag, rest]]))),
  };
}

/** Words that other programs have built in, by the first part of a language's tag; English for those not known. */
export function builtIn(languages: readonly string[], words: Readonly<Record<string, string>>): Localized {
  return Object.fromEntries(
    languages.map((tag) => [tag, words[tag.split('-')[0]?.toLowerCase() ?? ''] ?? words['en'] ?? '']),
  );
}

export const THANK_YOU = {
  en: 'Thank you',
  ru: 'Спасибо',
  pl: 'Dziękujemy',
  sl: 'Hvala',
  fa: 'سپاسگزاریم',
  de: 'Vielen Dank',
  fr: 'Merci',
  it: 'Grazie',
  es: 'Gracias',
};
export const YES = { en: 'Yes', ru: 'Да', pl: 'Tak', sl: 'Da', fa: 'بله', de: 'Ja', fr: 'Oui', it: 'Sì', es: 'Sí' };
export const NO = { en: 'No', ru: 'Нет', pl: 'Nie', sl: 'Ne', fa: 'نه', de: 'Nein', fr: 'Non', it: 'No', es: 'No' };
export const OTHER = {
  en: 'Other',
  ru: 'Другое',
  pl: 'Inne',
  sl: 'Drugo',
  fa: 'موارد دیگر',
  de: 'Sonstiges',
  fr: 'Autre',
  it: 'Altro',
  es: 'Otro',
};
export const NONE = {
  en: 'None of these',
  ru: 'Ничего из этого',
  pl: 'Żadne z powyższych',
  sl: 'Nič od tega',
  fa: 'هیچ‌کدام',
  de: 'Nichts davon',
  fr: 'Aucune de ces réponses',
  it: 'Nessuna di queste',
  es: 'Ninguna de estas',
};
export const COMMENT = {
  en: 'Comment',
  ru: 'Комментарий',
  pl: 'Komentarz',
  sl: 'Komentar',
  fa: 'توضیح',
  de: 'Kommentar',
  fr: 'Commentaire',
  it: 'Commento',
  es: 'Comentario',
};
