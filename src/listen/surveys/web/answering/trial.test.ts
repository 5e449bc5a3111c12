import { prepare, type SurveyDocument } from '@touchstone/domain/survey';
import { expect, test } from 'vitest';
import { BEGUN, handed, shownOf, type Trying } from './trial.ts';

const DOCUMENT: SurveyDocument = {
  format: 1,
  languages: ['en', 'fa'],
  title: { en: 'Your parcel', fa: 'بستهٔ شما' },
  pages: [
    {
      id: 'p1',
      questions: [
        { id: 'nps', kind: 'nps', required: true, title: { en: 'How likely?', fa: 'چقدر؟' } },
        {
          id: 'why',
          kind: 'longText',
          title: { en: 'What went wrong?' },
          showIf: { field: 'nps', op: 'lt', value: 7 },
        },
      ],
    },
    { id: 'p2', questions: [{ id: 'mail', kind: 'email', title: { en: 'Your address, {{person.name|you}}' } }] },
  ],
  endings: [{ id: 'thanks', title: { en: 'Thank you', fa: 'سپاس' } }],
};
const trying = (language = 'en', anonymous = false): Trying => ({
  survey: prepare(DOCUMENT),
  context: { language, seed: 's', person: { name: 'Ada <b>' } },
  theme: { accent: '#0f766e', background: '#faf8f4', logo: 'https://example.test/logo.svg' },
  anonymous,
});
const fields = (given: Readonly<Record<string, string>>) =>
  new Map(Object.entries(given).map(([name, value]) => [name, [value]] as const));

test('[SQ40] a trial goes through the survey as a respondent would, and keeps what it gathers to itself', () => {
  const first = shownOf(trying(), BEGUN);
  expect(first.html).toContain('How likely?');
  expect(first.html).toContain('src="https://example.test/logo.svg"');
  expect(first.html).not.toContain('<script');
  // What has to be answered is said, and nothing goes on.
  const open = handed(trying(), BEGUN, fields({}), 'next');
  expect(open).toMatchObject({ at: 'p1', telling: true, ended: false });
  expect(shownOf(trying(), open).html).toContain('Please answer this question.');
  // An answer that brings up another question shows it before one goes on.
  const low = handed(trying(), open, fields({ 'q.nps': '3' }), 'next');
  expect(low).toMatchObject({ at: 'p1', telling: false });
  expect(shownOf(trying(), low).html).toContain('What went wrong?');
  const second = handed(trying(), low, fields({ 'q.nps': '3', 'q.why': 'late' }), 'next');
  expect(shownOf(trying(), second).html).toContain('Your address, Ada &lt;b&gt;');
  const back = handed(trying(), second, fields({ 'q.mail': 'half' }), 'back');
  expect(back.at).toBe('p1');
  expect(shownOf(trying(), back).html).toContain('late');
  const wrong = handed(trying(), second, fields({ 'q.mail': 'half' }), 'next');
  expect(wrong).toMatchObject({ at: 'p2', telling: true, ended: false });
  const end = handed(trying(), wrong, fields({ 'q.mail': 'ada@example.test' }), 'next');
  expect(end).toMatchObject({ ended: true, answers: { nps: 3, why: 'late', mail: 'ada@example.test' } });
  expect(shownOf(trying('fa'), end).html).toMatch(/dir="rtl"[\s\S]*سپاس/);
  // Where nobody is to be known, who somebody is stays out.
  const unnamed = handed(trying('en', true), second, fields({ 'q.mail': 'ada@example.test' }), 'next');
  expect(unnamed.answers).toEqual({ nps: 3, why: 'late' });
});

test('[SQ40] files of a trial are known by what they are called, and can be taken back', () => {
  const survey = prepare({
    ...DOCUMENT,
    pages: [{ id: 'p', questions: [{ id: 'bill', kind: 'file', required: true, most: 3, title: { en: 'The bill' } }] }],
  });
  const file = (id: string) => ({ id, name: `<b>${id}.pdf`, bytes: 3, type: 'application/pdf' });
  const files = new Map([['q.bill', [file('one'), file('two')]]]);
  const open = handed({ ...trying(), survey }, BEGUN, fields({}), 'next');
  expect(open).toMatchObject({ telling: true, ended: false });
  const end = handed({ ...trying(), survey }, open, fields({}), 'next', files);
  expect(end).toMatchObject({ ended: true, answers: { bill: [file('one'), file('two')] } });
  expect(shownOf({ ...trying(), survey }, { ...end, ended: false }).html).toContain('&lt;b&gt;one.pdf');
  const kept = new Map([['q.bill.keep', ['one', 'two']]]);
  expect(handed({ ...trying(), survey }, { ...end, ended: false }, kept, 'next').answers).toEqual(end.answers);
  const less = new Map([['q.bill.keep', ['two']]]);
  expect(handed({ ...trying(), survey }, { ...end, ended: false }, less, 'next').answers).toEqual({
    bill: [file('two')],
  });
});
