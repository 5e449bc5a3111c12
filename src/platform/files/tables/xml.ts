/** What every part of XML begins with. */
export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The same rows make the same bytes: no part of an archive tells when it was written. */
export const AS_EVER = { mtime: new Date(Date.UTC(2000, 0, 1)), mode: 0o100_644, forceDosTimestamp: true };

/** What XML has no letter for, `_x000D_`, and what could be taken for that. */
const UNWRITABLE = /(?![\t\n])[\p{Cc}\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text in XML, in or between elements, as ECMA-376 spells what XML has no letter for (22.4.2.4, `ST_Xstring`). */
export function xmlText(text: string): string {
  return text
    .replaceAll(UNWRITABLE, (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll(/[&<>"]/g, (c) => ENTITIES[c] ?? c);
}
