import { expect, test } from 'vitest';
import { Problem } from '../../platform/kernel/problem.ts';
import { readSurveyFile } from './importing.ts';

const read = (text: string | Uint8Array) => readSurveyFile(Buffer.from(text));
const refusal = async (text: string | Uint8Array): Promise<unknown> => {
  try {
    await read(text);
    return 'taken';
  } catch (error) {
    if (error instanceof Problem) return error.details.code;
    throw error;
  }
};

const table = (name: string, rows: readonly Readonly<Record<string, string>>[]): string =>
  `<${name}><fields><fieldname>x</fieldname></fields><rows>${rows
    .map((row) => {
      const cells = Object.entries(row).map(([column, text]) =>
        text === '' ? `<${column}/>` : `<${column}><![CDATA[${text}]]></${column}>`,
      );
      return `<row>${cells.join('')}</row>`;
    })
    .join('')}</rows></${name}>`;
/** A file of our own making in the shape LimeSurvey exports. */
const lss = (before = '', type = 'Survey', question = 'Is it <b>so</b> &amp; so?'): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${before}<document><LimeSurveyDocType>${type}</LimeSurveyDocType><DBVersion>493</DBVersion>
  <languages><language>sl</language></languages>
  ${table('groups', [{ gid: '1', sid: '9', group_order: '1', grelevance: '' }])}
  ${table('group_l10ns', [{ gid: '1', group_name: 'Skupina', description: '', language: 'sl' }])}
  ${table('questions', [
    {
      qid: '5',
      parent_qid: '0',
      sid: '9',
      gid: '1',
      type: 'Y',
      title: 'yes',
      mandatory: 'Y',
      question_order: '1',
      relevance: '1',
    },
    {
      qid: '6',
      parent_qid: '0',
      sid: '9',
      gid: '1',
      type: 'T',
      title: 'why',
      question_order: '2',
      relevance: 'yes.NAOK == "N"',
    },
    { qid: '7', parent_qid: '0', sid: '9', gid: '1', type: 'I', title: 'lang', question_order: '3', relevance: '1' },
  ])}
  ${table('question_l10ns', [
    { qid: '5', question, help: '', language: 'sl' },
    { qid: '6', question: 'Zakaj?', help: '', language: 'sl' },
  ])}
  ${table('surveys', [{ sid: '9', language: 'sl', anonymized: 'Y' }])}
  ${table('surveys_languagesettings', [{ surveyls_language: 'sl', surveyls_title: 'Anketa', surveyls_endtext: '' }])}
  <themes><theme><config><options><font>noto</font></options></config></theme></themes></document>`;

test('[SQ51] a file of LimeSurvey is read, and one of our own documents', async () => {
  const found = await read(`\ufeff${lss()}`);
  expect(found).toMatchObject({
    from: 'limesurvey',
    name: 'Anketa',
    settings: { anonymous: true },
    left: [{ code: 'kind', at: 'lang', what: 'I' }],
    issues: [],
    document: {
      languages: ['sl'],
      pages: [
        {
          title: { sl: 'Skupina' },
          questions: [
            { id: 'yes', kind: 'single', required: true, title: { sl: 'Is it so & so?' } },
            { id: 'why', kind: 'longText', showIf: { field: 'yes', op: 'eq', value: 'N' } },
          ],
        },
      ],
      endings: [{ title: { sl: 'Hvala' } }],
    },
  });
  const again = await read(JSON.stringify(found.document));
  expect(again).toMatchObject({ from: 'touchstone', name: 'Anketa', document: found.document, left: [] });
});

test('[SQ52] what is no survey that can be taken is refused with the reason', async () => {
  for (const other of [
    'name;score\n1;2',
    '"text"',
    '{}',
    '[]',
    '{"SurveyEntry":{},"SurveyElements":[]}',
    '{"format":1,"endings":[]}',
    '<html><body><p>Hello</p></body></html>',
    '<?xml version="1.0"?><queXF/>',
    lss('', 'Group'),
    lss('<!DOCTYPE document [<!ENTITY a "b">]>'),
    lss('<!DOCTYPE document SYSTEM "file:///etc/passwd">'),
    new Uint8Array([0x50, 0x4b, 3, 4, 0xff, 0xfe]),
  ])
    expect(await refusal(other), String(other).slice(0, 60)).toBe('survey-file-unknown');
  expect(await refusal('  ')).toBe('survey-file-empty');
  expect(await refusal('{"pages": [')).toBe('survey-file-broken');
  expect(await refusal(lss().replace(/<questions>.*<\/questions>/su, ''))).toBe('survey-file-empty');
  expect(await refusal(`<document>${'<a>'.repeat(10_000)}`)).toBe('survey-file-too-deep');
  const text = { type: 'text', name: 'q' };
  const deep = Array.from({ length: 50 }).reduce<object>((elements) => ({ type: 'panel', elements: [elements] }), text);
  expect(await refusal(JSON.stringify({ elements: [deep] }))).toBe('survey-file-too-deep');
  const many = Array.from({ length: 501 }, () => text);
  expect(await refusal(JSON.stringify({ elements: many }))).toBe('survey-too-many-questions');
  const choices = Array.from({ length: 10_001 }, (_, i) => i);
  expect(await refusal(JSON.stringify({ elements: [{ ...text, type: 'dropdown', choices }] }))).toBe(
    'survey-too-many-choices',
  );
  const long = Array.from({ length: 200 }, (_, i) => ({ ...text, name: `q${i}`, title: 'x'.repeat(9_000) }));
  expect(await refusal(JSON.stringify({ elements: long }))).toBe('survey-file-too-large');
  // An entity nobody knows stays as it stands: nothing is looked up, nothing grows.
  const odd = await read(lss('', 'Survey', '&a;&a; <script>alert(1)</script>Really?'));
  expect(odd.document.pages[0]?.questions[0]?.title['sl']).toBe('&a;&a; Really?');
  expect(odd.left).toContainEqual({ code: 'markup', at: 'yes' });
});
