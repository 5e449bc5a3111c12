import type { Localized, SurveyDocument } from '@touchstone/domain/survey';
import { textsOf } from '@touchstone/domain/survey/design';
import { expect, test } from 'vitest';
import { EVERY_KIND_SURVEY } from '../../../../../../../packages/sdk/src/survey/test-data/every-kind.ts';
import { addLanguage, csvCells, doneOf, keyOf, readTable, removeLanguage, setText, tableOf } from './texts.ts';

const DOCUMENT: SurveyDocument = {
  ...EVERY_KIND_SURVEY,
  languages: ['en', 'fa', 'pl'],
  loops: [{ id: 'brands', items: [{ id: 'acme', text: { en: 'Acme' } }] }],
  scores: [{ id: 'ease', name: { en: 'Ease' }, how: 'mean', of: [] }],
};
const textAt = (document: SurveyDocument, at: string): Localized | undefined =>
  textsOf(document).find((one) => one.at === at)?.text;

test('[SQ43] every text of every kind of question is found, set and taken away, and nothing else changes', () => {
  const texts = textsOf(DOCUMENT);
  expect(texts.length).toBeGreaterThan(60);
  let full = DOCUMENT;
  for (const { at, text } of texts) {
    const next = setText(DOCUMENT, at, 'pl', `po polsku: ${at}`);
    expect(textAt(next, at)).toEqual({ ...text, pl: `po polsku: ${at}` });
    // Only what leads there is another object.
    expect(textsOf(next).filter((one, i) => one.text !== texts[i]?.text)).toHaveLength(1);
    full = setText(full, at, 'pl', at);
  }
  const { all } = doneOf(DOCUMENT, 'pl');
  expect(doneOf(DOCUMENT, 'pl').done).toBe(0);
  expect(doneOf(full, 'pl')).toEqual({ done: all, all });
  expect(doneOf(full, 'en')).toEqual({ done: all, all });
  expect(removeLanguage(full, 'pl')).toEqual({ ...DOCUMENT, languages: ['en', 'fa'] });
  expect(removeLanguage(full, 'en')).toBe(full);
  expect(addLanguage(DOCUMENT, 'sl').languages).toEqual(['en', 'fa', 'pl', 'sl']);
  expect(setText(setText(DOCUMENT, 'title', 'pl', 'x'), 'title', 'pl', '')).toEqual(DOCUMENT);
  expect(setText(DOCUMENT, 'pages[999].title', 'pl', 'x')).toBe(DOCUMENT);
});

test('[SQ43] texts leave as a table that no spreadsheet runs, and come back from it whatever the order', () => {
  const [question] = DOCUMENT.pages[0]?.questions ?? [];
  const odd = '=1+1,"x"\nnext\u00a0line';
  const written = setText(DOCUMENT, 'pages[0].questions[0].title', 'pl', odd);
  const table = tableOf(written);
  const key = keyOf(written, 'pages[0].questions[0].title');
  expect(key).toBe(`questions.${question?.id ?? ''}.title`);
  expect(table).toContain(`"'=1+1,""x""\nnext\u00a0line"`);
  expect(readTable(removeLanguage(written, 'pl'), table).isOther).toBe(false);
  // What was written comes back, whatever the order of lines and columns, and with semicolons.
  const lines = csvCells(table.slice(1));
  const turned = [lines[0] ?? [], ...lines.slice(1).reverse()]
    .map((cells) =>
      [...cells]
        .reverse()
        .map((cell) => `"${cell.replaceAll('"', '""')}"`)
        .join(';'),
    )
    .join('\n');
  const before = { ...removeLanguage(written, 'pl'), languages: written.languages };
  expect(readTable(before, turned)).toEqual({ document: written, changed: 1, unknown: [], long: [], isOther: false });
  // What is not there, too long or empty changes nothing and is told.
  const bad = `text,pl\nquestions.gone.title,x\n${key},${'x'.repeat(10_001)}\n${key},\n`;
  expect(readTable(written, bad)).toEqual({
    document: written,
    changed: 0,
    unknown: ['questions.gone.title'],
    long: [key],
    isOther: false,
  });
  expect(readTable(written, 'a,b\n1,2').isOther).toBe(true);
  expect(readTable(written, '').isOther).toBe(true);
  expect(csvCells('a,"b ""c""\nd",\r\n,e')).toEqual([
    ['a', 'b "c"\nd', ''],
    ['', 'e'],
  ]);
});
