import { z } from 'zod';
import { download } from '../../../platform/files/serving.ts';
import type { House, Route, RouteContext } from '../../../platform/house/house.ts';
import { badInput, notFound } from '../../../platform/kernel/problem.ts';
import { codesWanted, type CodeWanted, codeWanted } from '../contract.ts';
import { selectSurvey, type SurveyRow } from '../records/surveys.ts';
import { pngOfCode, sheetOf, svgOf } from './drawing.ts';
import { codeOf } from './making.ts';

const NONE = { none: 'A picture of an address: nothing is kept or changed by it.' } as const;

/** What a code may stand for. */
const HANGINGS = ['touchpoint', 'locationId', 'place', 'orderId'] as const;
/** `workspace` is how a page names its own. */
const pictureWanted = codeWanted.extend({ as: z.enum(['svg', 'png']), workspace: z.string().optional() });

/** QR codes as pictures, and several of them on a page to print. */
export function codeRoutes(house: House): readonly Route[] {
  const surveyOf = async ({ workspace, params }: RouteContext): Promise<SurveyRow> => {
    const survey = await selectSurvey(house.records.db, workspace.id, params['surveyId'] ?? '');
    if (survey === null) throw notFound('survey');
    return survey;
  };
  const common = { permission: 'surveys:write', rateLimit: { perMinute: 600, by: 'caller' }, audit: NONE } as const;
  return [
    {
      ...common,
      method: 'GET',
      path: '/api/v1/surveys/:surveyId/code',
      handle: async (request, context) => {
        const {
          as,
          workspace: _workspace,
          ...said
        } = read(pictureWanted, Object.fromEntries(new URL(request.url).searchParams));
        const { name, url } = codeOf(house, await surveyOf(context), said);
        const isPng = as === 'png';
        const [type, content] = isPng ? ['image/png', pngOfCode(url)] : ['image/svg+xml', svgOf(url, name)];
        return download(`${name}.${isPng ? 'png' : 'svg'}`, type, once(content));
      },
    },
    {
      ...common,
      method: 'GET',
      path: '/api/v1/surveys/:surveyId/codes/sheet',
      handle: async (request, context) => {
        const { searchParams: query } = new URL(request.url);
        const as = read(z.enum(HANGINGS), query.get('as'));
        const wanted = read(codesWanted, query.getAll('code').map((line) => ofLine(line, as))); // prettier-ignore
        const survey = await surveyOf(context);
        const codes = wanted.map((one) => codeOf(house, survey, one));
        return new Response(sheetOf(survey.name, (query.get('call') ?? '').slice(0, 120), codes), {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'cache-control': 'no-store',
            'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
          },
        });
      },
    },
  ];
}

/** `7=Table 7`: what it stands for, and its name where that is another. */
function ofLine(line: string, as: (typeof HANGINGS)[number]): CodeWanted {
  const [value = '', ...name] = line.split('=');
  return { name: name.join('=') || value, [as]: value };
}

function read<T>(shape: z.ZodType<T>, given: unknown): T {
  const found = shape.safeParse(given);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw badInput(
    issue?.path.join('.') || 'code',
    undefined,
    issue?.message ?? 'This is no code.',
    'See the reference of surveys.',
  );
}

async function* once(content: Buffer | string): AsyncGenerator<Buffer | string> {
  yield content;
}
