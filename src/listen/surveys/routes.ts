import { createHash } from 'node:crypto';
import type { House, Route, RouteContext } from '../../platform/house/house.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { readStep } from '@touchstone/sdk/survey';
import { readForm } from './forms.ts';
import { type Asked, assetOf, endPage, framePage, noticePage, reachable, stepPage } from './pages.ts';
import type { Arrival, Barred, Sitting, Taking } from './taking.ts';
import { LINK } from './vocabulary.ts';

/** Names of an address that are ours; all others are hidden fields, and `a.q1` the answer of a question. */
const OWN = new Set(['r', 'p', 'at', 'lang', 'to']);

const STATUS: Readonly<Record<Barred, number>> = {
  missing: 404,
  closed: 410,
  forged: 403,
  expired: 410,
  answered: 409,
};

/** The pages on which surveys are answered. They are whole without a script, and give away nothing about anybody. */
export function surveyRoutes(house: House, taking: Taking): readonly Route[] {
  const common = { path: '/s/:slug', permission: 'public', rateLimit: { perMinute: 240, by: 'ip' } } as const;
  const secure = house.config.publicUrl.startsWith('https:');

  const arrivalOf = (
    request: Request,
    query: URLSearchParams,
    token: string | undefined,
    handing: boolean,
  ): Arrival => {
    const plain = [...query].filter(([name, value]) => !OWN.has(name) && value !== '').slice(0, LINK.values);
    return {
      token,
      handing,
      signed: query.get('p') ?? undefined,
      languages: languagesOf(query, request),
      chosen: query.get('lang') ?? undefined,
      hidden: Object.fromEntries(plain.filter(([name]) => !name.startsWith('a.'))),
      answers: Object.fromEntries(
        plain.filter(([name]) => name.startsWith('a.')).map(([name, value]) => [name.slice(2), value]),
      ),
    };
  };
  const told = (request: Request, query: URLSearchParams, barred: Barred): Response =>
    noticePage(barred, languagesOf(query, request)[0] ?? 'en', STATUS[barred]);
  /** Kept for the browser until it has ended; then forgotten, so that whoever comes next begins anew. */
  const remember = (response: Response, asked: Asked, sitting: Sitting): Response => {
    if (!sitting.kept) return response;
    const left = sitting.row.dueAt.getTime() - house.clock.now().getTime();
    const seconds = sitting.row.state === 'open' ? Math.max(0, Math.floor(left / 1_000)) : 0;
    const value = seconds === 0 ? '' : sitting.token;
    const parts = [
      `${cookieFor(asked)}=${value}`,
      `Path=${asked.path}`,
      `Max-Age=${seconds}`,
      'HttpOnly',
      'SameSite=Lax',
    ];
    response.headers.append('set-cookie', [...parts, ...(secure ? ['Secure'] : [])].join('; '));
    return response;
  };

  const show = async (request: Request, { params }: RouteContext): Promise<Response> => {
    const url = new URL(request.url);
    const slug = params.slug ?? '';
    const asked = askedOf(slug, url.searchParams);
    const token = url.searchParams.get('r') ?? cookieOf(request, asked);
    const sitting = await taking.sit(slug, arrivalOf(request, url.searchParams, token, false));
    if (typeof sitting === 'string') return told(request, url.searchParams, sitting);
    if (sitting.row.state !== 'open') return endPage(asked, sitting);
    const step = reachable(sitting, url.searchParams.get('at') ?? undefined);
    return step === undefined
      ? endPage(asked, sitting)
      : remember(stepPage(asked, sitting, step, false), asked, sitting);
  };

  const take = async (request: Request, { params }: RouteContext): Promise<Response> => {
    const { searchParams: query } = new URL(request.url);
    const slug = params.slug ?? '';
    const asked = askedOf(slug, query);
    const fields = await readForm(request);
    const one = (name: string): string | undefined => fields.get(name)?.[0];
    const sitting = await taking.sit(slug, arrivalOf(request, query, one('r'), true));
    if (typeof sitting === 'string') return told(request, query, sitting);
    if (sitting.row.state !== 'open') return noticePage('answered', sitting.found.context.language, 409);
    // A field that no person sees: what fills it in is told what it wants to hear.
    if ((one('leave_empty') ?? '') !== '') return endPage(asked, sitting);
    const step = sitting.found.steps.find(({ key }) => key === one('at'));
    if (step === undefined && sitting.found.steps.length > 0) {
      // The page is there no more: another was answered otherwise meanwhile. Nothing of it is taken for another's.
      return seeOther(asked, sitting, reachable(sitting, undefined)?.key);
    }
    const given = step === undefined ? {} : readStep(step, fields);
    const to = one('to') === 'back' ? 'back' : one('to') === 'stay' ? 'stay' : 'next';
    const handed = await taking.hand(sitting, step?.key ?? '', given, to);
    if (handed.at === 'end') return remember(seeOther(asked, handed.sitting), asked, handed.sitting);
    const next = handed.step;
    if (handed.told || to === 'stay') {
      return remember(stepPage(asked, handed.sitting, next, handed.told), asked, handed.sitting);
    }
    return remember(seeOther(asked, handed.sitting, next.key), asked, handed.sitting);
  };

  return [
    {
      method: 'GET',
      path: '/s/-/:file',
      permission: 'public',
      rateLimit: 'none, and why',
      why: 'Files of the program that everybody gets alike.',
      handle: (_request, { params }) => {
        const asset = params.file === 'frame' ? framePage() : assetOf(params.file ?? '');
        if (asset === null) throw new Problem('not-found', 'There is nothing here.');
        return asset;
      },
    },
    { ...common, method: 'GET', handle: (request, context) => kindly(request, () => show(request, context)) },
    {
      ...common,
      method: 'POST',
      audit: { none: 'Answers of customers: they are kept as what they are.' },
      handle: (request, context) => kindly(request, () => take(request, context)),
    },
  ];
}

const COOKIE = 'touchstone_response';

/** Problems as pages: whoever answers a survey is no developer. */
async function kindly(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const language = languagesOf(new URL(request.url).searchParams, request)[0] ?? 'en';
    if (error.type === 'conflict') return noticePage('answered', language, 409);
    if (error.type === 'too-large') return noticePage('large', language, 413);
    if (error.status !== 429 && error.status !== 503) throw error;
    const response = noticePage('busy', language, error.status);
    response.headers.set('retry-after', String(error.details.retryAfterSeconds ?? 5));
    return response;
  }
}

function askedOf(slug: string, given: URLSearchParams): Asked {
  const query = new URLSearchParams(given);
  for (const name of ['r', 'at', 'to']) query.delete(name);
  return { path: `/s/${slug}`, query };
}

/** After a form was taken: an address of its own, so that going back or loading anew sends nothing twice. */
function seeOther({ path, query }: Asked, { token }: Sitting, at?: string): Response {
  const next = new URLSearchParams(query);
  next.set('r', token);
  if (at !== undefined) next.set('at', at);
  return new Response(null, {
    status: 303,
    headers: { location: `${path}?${next.toString()}`, 'cache-control': 'no-store' },
  });
}

/** Languages wanted, the best first: the one of the address, then those of the browser. */
function languagesOf(query: URLSearchParams, request: Request): string[] {
  const asked = query.get('lang');
  const accepted = (request.headers.get('accept-language') ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => part.split(';')[0]?.trim() ?? '')
    .filter((tag) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag));
  return asked !== null && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(asked) ? [asked, ...accepted] : accepted;
}

/** Its own for each signed link: what was begun by one person's is not gone on with by another's. */
function cookieFor({ query }: Asked): string {
  const signed = query.get('p');
  return signed === null ? COOKIE : `${COOKIE}_${createHash('sha256').update(signed).digest('hex').slice(0, 16)}`;
}

function cookieOf(request: Request, asked: Asked): string | undefined {
  const cookies = request.headers.get('cookie') ?? '';
  return new RegExp(`(?:^|;\\s*)${cookieFor(asked)}=([A-Za-z0-9_-]{1,64})(?:;|$)`).exec(cookies)?.[1];
}
