import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Language } from '@touchstone/domain/languages';
import { inWords, makeFill } from '../../src/platform/web/ui/i18n/fill.ts';
import { type Format, makeFormat } from '../../src/platform/web/ui/i18n/format.ts';
import type { Translate } from '../../src/platform/web/ui/index.ts';

export interface Words {
  readonly t: Translate;
  readonly format: Format;
}

/** The words of a language as the pages have them, of capabilities by their folders: `measure/metrics`. */
export function wordsOf(language: Language, ...folders: readonly string[]): Words {
  const translation: Record<string, string> = {};
  for (const folder of folders) {
    const file = fileURLToPath(new URL(`../../src/${folder}/messages.${language}.json`, import.meta.url));
    Object.assign(translation, JSON.parse(readFileSync(file, 'utf8')));
  }
  const fill = makeFill(language, translation);
  const format = makeFormat(language);
  return {
    format,
    t: (key, values = {}) => {
      const { count } = values;
      return fill(key, typeof count === 'number' ? count : undefined, inWords(values, format.number));
    },
  };
}

/** A sentence as it is read, without its marks and the signs that keep its direction. */
export function plain(sentence: string): string {
  return sentence.replaceAll(/<\/?found>|[\u2066-\u2069\u200e]/gu, '').replaceAll('\u00a0', ' ');
}
