import { createHash } from 'node:crypto';
import type { House, Route, RouteContext } from '../../platform/house/house.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { readStep } from '@touchstone/sdk/survey';
import { isWorked } from './begun.ts';
import { type Form, Forms, type Handed as Came } from './forms.ts';
import { Guarding } from './guarding.ts';
import {
  type Asked,
  assetOf,
  busyPage,
  endPage,
  framePage,
  noticePage,
  reachable,
  stepPage,
  type Typed,
  withQuery,
} from './pages.ts';
import type { Arrival, Barred, Sitting, Taking } from './taking.ts';
import { putAway } from './uploading.ts';
import { LINK, type Suspicion } from './vocabulary.ts';

/** Names of an address that are ours; all others are hidden fields, and `a.q1` the answer of a question. */
const OWN = new Set(['r', 'p', 'c', 'at', 'lang', 'to']);

/** So long an ending is shown again to who loads it anew: what it repeats of the answers is not for who finds the address later. */
const SHOWN_AGAIN_MS = 3_600_000;

/** What a code of ours says. A `c` that others add to an address, for a campaign, say, is none. */
function codeIn(query: URLSearchParams): string | undefined {
  const said = query.get('c') ?? '';
  return /^[\w-]+\.[\w-]+$/.test(said) ? said : undefined;
}

const STATUS: Readonly<Record<Barred, number>> = {
  missing: 404,
  closed: 410,
  forged: 403,
  expired: 410,
  answered: 409,
};

/** The pages on which surveys are answered. They are whole without a script, and give away nothing about anybody. */
export function surveyRoutes(house: House, taking: Taking): readonly Route[] {
  const guarding = new Guarding(house.clock);
  const forms = new Forms();
  const common = {
    path: '/s/:slug',
    permission: 'public',
    rateLimit: { perMinute: 240, by: 'ip' },
    refused: kindly,
  } as const;
  const secure = house.config.publicUrl.startsWith('https:');

  const arrivalOf = (
    request: Request,
    query: URLSearchParams,
    token: string | undefined,
    begun: string | undefined,
  ): Arrival => {
    const isOurs = (name: string): boolean => OWN.has(name) && (name !== 'c' || codeIn(query) !== undefined);
    const plain = [...query].filter(([name, value]) => !isOurs(name) && value !== '').slice(0, LINK.values);
    return {
      token,
      begun,
      signed: query.get('p') ?? undefined,
      code: codeIn(query),
      languages: languagesOf(query, request),
      chosen: query.get('lang') ?? undefined,
      hidden: Object.fromEntries(plain.filter(([name]) => !name.startsWith('a.'))),
      answers: Object.fromEntries(
        plain.filter(([name]) => name.startsWith('a.')).map(([name, value]) => [name.slice(2), value]),
      ),
    };
  };
  const told = (request: Request, query: URLSearchParams, barred: Barred, typed: Typed = []): Response =>
    noticePage(barred, languagesOf(query, request)[0] ?? 'en', STATUS[barred], typed);
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

  const show = async (request: Request, { params, ip }: RouteContext): Promise<Response> => {
    const { searchParams: query } = new URL(request.url);
    const slug = params.slug ?? '';
    const asked = askedOf(slug, request);
    const sitting = await taking.sit(slug, arrivalOf(request, query, query.get('r') ?? asked.seen, undefined));
    if (typeof sitting === 'string') return told(request, query, sitting);
    const { state, endedAt } = sitting.row;
    if (state !== 'open') {
      const long = house.clock.now().getTime() - (endedAt?.getTime() ?? 0) > SHOWN_AGAIN_MS;
      return long ? told(request, query, 'answered') : endPage(asked, sitting);
    }
    const at = query.get('at') ?? undefined;
    // What answers are gone on with stands in no address once the browser keeps it: addresses are shown to others.
    if (query.has('r') && asked.seen === sitting.token) return seeOther(asked, sitting, at);
    const step = reachable(sitting, at);
    if (step === undefined) return endPage(asked, sitting);
    if (sitting.kept) return remember(stepPage(asked, sitting, step), asked, sitting);
    const bits = guarding.bitsFor(ip);
    return stepPage(asked, sitting, step, { begun: taking.beginning(sitting, bits), bits });
  };

  const take = async (request: Request, { ip }: RouteContext, slug: string, came: Came): Promise<Response> => {
    const { fields, files } = came;
    const { searchParams: query } = new URL(request.url);
    const asked = askedOf(slug, request);
    const one = (name: string): string | undefined => fields.get(name)?.[0];
    const arrived = await taking.sit(slug, arrivalOf(request, query, one('r'), one('b')));
    if (typeof arrived === 'string') return told(request, query, arrived, typedIn(fields));
    if (arrived.row.state !== 'open') {
      return noticePage('answered', arrived.found.context.language, 409, typedIn(fields));
    }
    const sitting = suspected(arrived, suspicionsOf(arrived, fields, ip));
    const step = sitting.found.steps.find(({ key }) => key === one('at'));
    if (step === undefined && sitting.found.steps.length > 0) {
      // The page is there no more: another was answered otherwise meanwhile. Nothing of it is taken for another's.
      return seeOther(asked, sitting, reachable(sitting, undefined)?.key);
    }
    const kept = step === undefined || files.size === 0 ? undefined : await putAway(house, sitting.row, step, files);
    const given = step === undefined ? {} : readStep(step, fields, kept);
    const to = one('to') === 'back' ? 'back' : one('to') === 'stay' ? 'stay' : 'next';
    const handed = await taking.hand(sitting, step?.key ?? '', given, to);
    if (handed.at === 'end') return remember(seeOther(asked, handed.sitting), asked, handed.sitting);
    const next = handed.step;
    if (handed.told || to === 'stay') {
      return remember(stepPage(asked, handed.sitting, next, { told: handed.told }), asked, handed.sitting);
    }
    return remember(seeOther(asked, handed.sitting, next.key), asked, handed.sitting);
  };

  /** Why what is handed in may be none of a person. Throws Problem where too many are begun at one address. */
  const suspicionsOf = ({ kept, begun }: Sitting, fields: Form, ip: string): Suspicion[] => {
    const found: Suspicion[] = [];
    // A field that no person sees.
    if ((fields.get('leave_empty')?.[0] ?? '') !== '') found.push('trap');
    if (kept) return found;
    if (begun === null) found.push('form');
    const [field = '', work = ''] = [fields.get('b')?.[0], fields.get('w')?.[0]];
    if (guarding.begin(ip, begun !== null && isWorked(field, work, begun.bits))) found.push('many');
    return found;
  };

  const handIn = async (request: Request, context: RouteContext): Promise<Response> => {
    const came = await forms.read(request, context.ip);
    try {
      guarding.take(context.ip, came.bytes);
      return await take(request, context, context.params.slug ?? '', came);
    } catch (error) {
      return kindly(request, error, came.fields);
    }
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
    {
      ...common,
      method: 'GET',
      handle: (request, context) => show(request, context).catch((error: unknown) => kindly(request, error)),
    },
    {
      ...common,
      method: 'POST',
      audit: { none: 'Answers of customers: they are kept as what they are.' },
      handle: handIn,
    },
  ];
}

const COOKIE = 'touchstone_response';

/** Problems as pages: whoever answers a survey is no developer. What was typed can be sent again from there. */
function kindly(request: Request, error: unknown, fields?: Form): Response {
  if (!(error instanceof Problem)) throw error;
  const { pathname, search, searchParams } = new URL(request.url);
  const language = languagesOf(searchParams, request)[0] ?? 'en';
  if (error.type === 'conflict') return noticePage('answered', language, 409, fields && typedIn(fields));
  if (error.type === 'too-large') return noticePage('large', language, 413);
  if (error.status !== 429 && error.status !== 503) throw error;
  const response = busyPage(language, error.status, `${pathname}${search}`, fields);
  response.headers.set('retry-after', String(error.details.retryAfterSeconds ?? 5));
  return response;
}

function askedOf(slug: string, request: Request): Asked {
  const query = new URLSearchParams(new URL(request.url).searchParams);
  for (const name of ['r', 'at', 'to']) query.delete(name);
  const asked = { path: `/s/${slug}`, query };
  return { ...asked, seen: cookieOf(request, asked) };
}

function suspected(sitting: Sitting, found: readonly Suspicion[]): Sitting {
  const { row } = sitting;
  const suspect = [...new Set([...row.around.suspect, ...found])];
  return { ...sitting, row: { ...row, around: { ...row.around, suspect } } };
}

/** What somebody wrote in words of their own, as they wrote it: where it is not taken, it is given back. */
function typedIn(fields: Form): Typed {
  const written = [...fields].filter(([name]) => name.startsWith('q.')).flatMap(([, values]) => values);
  return written.filter((value) => /\S\s+\S/.test(value));
}

/** After a form was taken: an address of its own, so that going back or loading anew sends nothing twice. */
function seeOther({ path, query, seen }: Asked, { token, row }: Sitting, at?: string): Response {
  const next = new URLSearchParams(query);
  // Who has no cookie of it, or none any more, goes on by the address.
  if (seen !== token || row.state !== 'open') next.set('r', token);
  if (at !== undefined) next.set('at', at);
  return new Response(null, {
    status: 303,
    headers: { location: withQuery(path, next), 'cache-control': 'no-store' },
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

/** Its own for each signed link and each code: what was begun by one person's is not gone on with by another's. */
function cookieFor({ query }: Pick<Asked, 'query'>): string {
  const signed = ['p', 'c'].flatMap((name) => query.get(name) ?? []).join(' ');
  return signed === '' ? COOKIE : `${COOKIE}_${createHash('sha256').update(signed).digest('hex').slice(0, 16)}`;
}

function cookieOf(request: Request, asked: Pick<Asked, 'query'>): string | undefined {
  const cookies = request.headers.get('cookie') ?? '';
  return new RegExp(`(?:^|;\\s*)${cookieFor(asked)}=([A-Za-z0-9_-]{1,64})(?:;|$)`).exec(cookies)?.[1];
}
