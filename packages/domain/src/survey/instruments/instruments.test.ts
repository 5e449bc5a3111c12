import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../languages/index.ts';
import { analyse, estimateSeconds, parseSurvey, textsOf } from '../design/index.ts';
import { type Answer, type Answers, type ShownQuestion, prepare, scoreOf, unfinishedStep, walk } from '../index.ts';
import { INSTRUMENT_IDS, type Instrument, inLanguages, readyInstrument } from './index.ts';

type End = 'low' | 'high';

/** Answers at one end of every scale, the first or the last choice. */
function answerAt({ question, choices, rows }: ShownQuestion, wanted: End): Answer | undefined {
  // Who finds little has expected much.
  const end = question.id === 'expectation' ? 'high' : wanted;
  const one = <T>(list: readonly T[]): T[] => list.slice(...(end === 'low' ? [0, 1] : [-1]));
  const scored = choices.filter((choice) => choice.value !== undefined);
  const { kind } = question;
  if (kind === 'nps') return end === 'low' ? 0 : 10;
  if (kind === 'ces') return end === 'low' ? 1 : 7;
  if (kind === 'csat' || kind === 'rating') return end === 'low' ? 1 : 5;
  if (kind === 'matrix') return Object.fromEntries(rows.map((row) => [row.id, one(scored).map((choice) => choice.id)]));
  if (kind === 'constantSum')
    return Object.fromEntries(choices.map((choice) => [choice.id, question.total / choices.length]));
  if (kind === 'number') return end === 'low' ? 0 : 240;
  if (kind === 'date') return '2026-01-31';
  if (kind === 'longText' || kind === 'shortText') return 'words';
  return { chosen: one(choices.filter((choice) => choice.words !== true)).map((choice) => choice.id) };
}

function goThrough(instrument: Instrument, end: End) {
  const survey = prepare(instrument.document);
  const context = { language: 'en', seed: 'r', today: '2026-02-01' };
  const answers: Record<string, Answer> = {};
  let found = walk(survey, answers, context);
  for (let before = -1; before < Object.keys(answers).length;) {
    before = Object.keys(answers).length;
    for (const shown of found.shown.values()) {
      const answer = answerAt(shown, end);
      if (answer !== undefined) answers[shown.key] = answer;
    }
    found = walk(survey, answers, context);
  }
  return found;
}

const scores = (instrument: Instrument, answers: Answers): Record<string, number | undefined> => {
  const found = walk(prepare(instrument.document), answers, { language: 'en', seed: 'r' });
  return Object.fromEntries(
    (instrument.document.scores ?? []).map((score) => [score.id, scoreOf(score, [...found.shown.values()]).value]),
  );
};

async function ready(id: string): Promise<Instrument> {
  const instrument = await readyInstrument(id);
  if (instrument === undefined) throw new Error(`no instrument ${id}`);
  return instrument;
}

describe.each(INSTRUMENT_IDS)('%s', (id) => {
  test('[SI1] can be published and answered as it is', async () => {
    const instrument = await ready(id);
    const { document } = instrument;
    expect(instrument.id).toBe(id);
    expect(document.languages).toEqual(LANGUAGES);
    expect(parseSurvey(document)).toMatchObject({ problems: [] });
    expect(analyse(document)).toEqual({ findings: [], undecided: [] });
    for (const { at, text } of textsOf(document)) {
      const said = LANGUAGES.map((tag) => text[tag] ?? '');
      expect(
        said.every((one) => one.trim() === one && one !== ''),
        at,
      ).toBe(true);
      const [, ru = '', , , fa = ''] = said;
      // Digits of a scale are the same everywhere but in Persian.
      if (/[a-z]/iu.test(said[0] ?? '')) {
        expect(ru, at).toMatch(/\p{Script=Cyrillic}/u);
        expect(fa, at).toMatch(/\p{Script=Arabic}/u);
      }
      expect(fa, at).not.toMatch(/[كي]/u);
    }
    for (const end of ['low', 'high'] as const) {
      const found = goThrough(instrument, end);
      expect(unfinishedStep(found), end).toBeUndefined();
      expect(found).toMatchObject({ outcome: 'complete', ending: { id: 'thanks' } });
    }
    const asked = (end: End): string[] => [...goThrough(instrument, end).shown.keys()];
    expect(asked('low')).not.toEqual(asked('high'));
    const { shortest, longest } = estimateSeconds(document, 'en');
    expect(shortest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(12 * 60);
    const some = inLanguages(document, ['fa', 'sl']);
    expect(some.languages).toEqual(['fa', 'sl']);
    expect(analyse(some).findings).toEqual([]);
    expect(JSON.stringify(some)).not.toMatch(/"(en|ru|pl)":/u);
  });

  test('[SI2] says what it is for and whose it is', async () => {
    const { name, measures, when, structure, sources, trademark, document } = await ready(id);
    for (const text of [name, measures, when, structure, ...(trademark === null ? [] : [trademark])])
      expect(LANGUAGES.filter((tag) => (text[tag] ?? '').trim() !== '')).toEqual(LANGUAGES);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(source).toMatch(/\b(19|20)\d\d\b/u);
    const said = JSON.stringify([name, structure, document.pages.map((page) => page.questions.map((q) => q.kind))]);
    const owners = [
      { mark: /NPS|nps/u, owner: 'Bain & Company' },
      { mark: /CES 2|"ces"/u, owner: 'Gartner' },
      { mark: /SERVQUAL/u, owner: 'Parasuraman' },
      { mark: /KPMG/u, owner: 'KPMG' },
    ];
    for (const { mark, owner } of owners) if (mark.test(said)) expect(trademark?.['en']).toContain(owner);
  });
});

test('[SI3] gaps, pillars and standards are reckoned from the answers', async () => {
  const five = await ready('five-dimensions');
  const rows = (of: Instrument, page: number) => {
    const question = of.document.pages[page]?.questions[0];
    return question?.kind === 'matrix' ? question.rows.map((row) => row.id) : [];
  };
  const all = (ids: readonly string[], column: string) => Object.fromEntries(ids.map((row) => [row, [column]]));
  const expected = { ...all(rows(five, 0), 'p6') };
  const perception = { ...all(rows(five, 0), 'p5'), reliability1: ['p3'], reliability2: ['p6'], empathy1: ['p7'] };
  const gaps = scores(five, { expectation: expected, perception });
  expect(gaps['gap-tangibles']).toBeCloseTo(-1);
  expect(gaps['gap-reliability']).toBeCloseTo(-1.5);
  expect(gaps['gap-empathy']).toBeCloseTo(0);
  expect(gaps['gap']).toBeCloseTo((-1 - 1.5 - 1 - 1 + 0) / 5);

  const six = await ready('six-pillars');
  const pillars = scores(six, {
    first: { ...all(rows(six, 0), 'a5'), integrity1: ['a3'], integrity2: ['na'] },
    second: all(rows(six, 1), 'a1'),
  });
  expect(pillars).toMatchObject({ personalisation: 100, integrity: 50, empathy: 0 });
  // Five rows at 100, one at 50, six at 0; one does not apply.
  expect(pillars['pillars']).toBeCloseTo(((5 - 1) * 100 + 50) / 11);

  const shopper = await ready('mystery-shopper');
  const kept = scores(shopper, {
    arrival: { outside: ['yes'], greeted: ['no'], orientation: ['na'] },
    advice: all(rows(shopper, 2), 'yes'),
    checkout: all(rows(shopper, 3), 'yes'),
  });
  expect(kept).toMatchObject({ arrival: 50, advice: 100, checkout: 100, standard: 90 });
});
