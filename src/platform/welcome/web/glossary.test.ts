import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LANGUAGES } from '@touchstone/domain/languages';
import { describe, expect, test } from 'vitest';
import { METRIC_KEYS } from '../../../measure/metrics/vocabulary.ts';
import { CONCEPTS, conceptOfMetric } from '../../web/ui/help/concepts.ts';
import { sourceOf } from '../../web/ui/help/sources.ts';
import { foundIn } from './glossary.ts';

type Book = Readonly<Record<string, string>>;

function book(path: string): Book {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

describe('the glossary', () => {
  test.each(LANGUAGES)('[WE6] names and explains every concept in %s', (language) => {
    const names = book(`../messages.${language}.json`);
    const texts = book(`../../web/ui/help/texts/messages.${language}.json`);
    for (const concept of CONCEPTS) {
      expect(names[`welcome.term.${concept}`]?.length ?? 0, concept).toBeGreaterThan(1);
      const text = texts[`help.${concept}`] ?? '';
      expect(text.length, concept).toBeGreaterThan(40);
      // It is read beside what it explains: a few sentences, no page.
      expect(text.length, concept).toBeLessThan(420);
    }
    expect(Object.keys(texts)).toHaveLength(CONCEPTS.length);
    const terms = CONCEPTS.map((concept) => names[`welcome.term.${concept}`]);
    expect(new Set(terms).size).toBe(terms.length);
  });

  test('[WE6] every metric has a concept, and each cited source says who, when and where', () => {
    expect(METRIC_KEYS.filter((key) => conceptOfMetric(key) === undefined)).toEqual([]);
    const sources = CONCEPTS.flatMap((concept) => sourceOf(concept) ?? []);
    expect(sources.length).toBeGreaterThan(6);
    for (const source of sources) expect(source).toMatch(/\d{4}|Segment/);
  });

  test('[WE6] every concept is explained beside where a page speaks of it', () => {
    const src = fileURLToPath(new URL('../../../', import.meta.url));
    const pages = readdirSync(src, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.tsx') && !/\/(?:gallery|help)\/|glossary/u.test(name))
      .map((name) => readFileSync(`${src}${name}`, 'utf8'))
      .filter((text) => /help=|<Help|help: /u.test(text));
    const ofMetrics = new Set(METRIC_KEYS.map(conceptOfMetric));
    const said = (concept: string): boolean => pages.some((text) => text.includes(`'${concept}'`) || text.includes(`"${concept}"`)); // prettier-ignore
    expect(pages.some((text) => text.includes('conceptOfMetric'))).toBe(true);
    expect(CONCEPTS.filter((concept) => !ofMetrics.has(concept) && !said(concept))).toEqual([]);
  });

  test('[WE6] a term is found by its words in any order, case and accents', () => {
    const all = ['Przedział ufności (95%)', 'Mało odpowiedzi', 'Kazalnik števila', 'نقطه‌ی تماس'];
    const find = (words: string) => foundIn(all, words, (text) => text);
    expect(find('UFNOSCI przedzial')).toEqual([all[0]]);
    expect(find('malo')).toEqual([all[1]]);
    expect(find('stevila')).toEqual([all[2]]);
    expect(find('نقطهی')).toEqual([all[3]]);
    expect(find('')).toEqual(all);
    expect(find('nothing of that')).toEqual([]);
  });
});
