import { DOCUMENT_LIMITS } from '@touchstone/domain/survey';
import { parseSurvey } from '@touchstone/domain/survey/design';
import { type Imported, ImportRefused, importLimeSurvey, importSurveyJs } from '@touchstone/domain/survey/import';
import { bytesOf } from '../../platform/files/receiving.ts';
import type { Route } from '../../platform/house/house.ts';
import { Problem, type ProblemType } from '../../platform/kernel/problem.ts';
import { type SurveyRead, surveySettings } from './contract.ts';
import { issuesOf } from './issues.ts';
import { LSS, readLss } from './lss.ts';
import { IMPORT_BYTES } from './vocabulary.ts';

/** Reads the file of a survey of another program: SurveyJS JSON, or a LimeSurvey `.lss`. */
export const importRoute: Route = {
  method: 'POST',
  path: '/api/v1/surveys/import',
  permission: 'surveys:write',
  audit: { none: 'Nothing is kept: what was read is handed back to be made a survey by surveys.create.' },
  rateLimit: { perMinute: 30, by: 'caller' },
  handle: async (request) => Response.json(await readSurveyFile(await wholeOf(request))),
};

/** Throws Problem for what is no survey of a program known here, or larger than a survey may be. */
export async function readSurveyFile(bytes: Buffer): Promise<SurveyRead> {
  const text = textOf(bytes);
  try {
    if (text.startsWith('<')) return told(importLimeSurvey(await readLss(text)));
    const value = jsonOf(text);
    const own = isOurs(value) ? parseSurvey(value).document : undefined;
    if (own === undefined) return told(importSurveyJs(value));
    const name = own.title[own.languages[0] ?? ''] ?? '';
    return told({ from: 'touchstone', name, document: own, anonymous: false, left: [] });
  } catch (error) {
    if (error instanceof ImportRefused) throw REFUSED[error.code](error.most ?? 0);
    throw error;
  }
}

function told({ anonymous, ...read }: Omit<Imported, 'from'> & Pick<SurveyRead, 'from'>): SurveyRead {
  const settings = surveySettings.parse({ anonymous });
  return { ...read, settings, issues: issuesOf(read.document, settings) };
}

async function wholeOf(request: Request): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytesOf(request.body)) {
    size += piece.byteLength;
    if (size > IMPORT_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function textOf(bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trimStart();
    if (text === '') throw refused({ code: 'survey-file-empty' }, 'Nothing in the file can be asked.');
    return text;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw unknown();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (!/^[[{]/u.test(text)) throw unknown();
    throw refused({ code: 'survey-file-broken' }, 'The file is not whole: its JSON or XML cannot be read to the end.', {
      mend: 'Save it once more in the program it comes from.',
    });
  }
}

function isOurs(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && 'endings' in value;
}

const REFUSED: Readonly<Record<ImportRefused['code'], (most: number) => Problem>> = {
  unknown,
  empty: () => refused({ code: 'survey-file-empty' }, 'Nothing in the file can be asked.'),
  tooDeep: () => refused({ code: 'survey-file-too-deep' }, 'The file nests its parts too deep.'),
  tooLarge,
  tooManyQuestions: (most) =>
    refused({ code: 'survey-too-many-questions' }, `The survey asks more than ${most} questions.`, {
      values: { most },
    }),
  tooManyChoices: (most) =>
    refused({ code: 'survey-too-many-choices' }, `The survey has more than ${most} choices, rows and columns.`, {
      values: { most },
    }),
};

function unknown(): Problem {
  return refused({ code: 'survey-file-unknown' }, 'This is no survey of SurveyJS or LimeSurvey.', {
    mend: `Send the JSON of SurveyJS, or the ${LSS} file that LimeSurvey exports a survey's structure to.`,
  });
}

function tooLarge(): Problem {
  const megabytes = IMPORT_BYTES / 1e6;
  return refused(
    { code: 'survey-file-too-large' },
    `The file is larger than ${megabytes} MB, or the survey made of it than ${DOCUMENT_LIMITS.bytes / 1e6} MB.`,
    { type: 'too-large', values: { megabytes } },
  );
}

function refused(
  { code }: { readonly code: string },
  detail: string,
  more: {
    readonly type?: ProblemType;
    readonly mend?: string;
    readonly values?: Readonly<Record<string, number>>;
  } = {},
): Problem {
  const { type = 'bad-input', mend = 'Take it apart into several surveys.', values } = more;
  return new Problem(type, detail, { field: 'file', mend, code, ...(values === undefined ? {} : { values }) });
}
