import type { HotRequest, House, PlainAnswer, Route } from '../../platform/house/house.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { readStep } from '@touchstone/sdk/survey';
import { isWorked } from './begun.ts';
import { type Form, Forms, type Handed as Came } from './forms.ts';
import { Guarding } from './guarding.ts';
import {
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
import type { Barred, Sitting } from './sitting.ts';
import type { Taking } from './taking.ts';
import { putAway } from './uploading.ts';
import { type Asked, arrivalOf, cookieFor, languagesOf, queryOf, type Visit, visitOf } from './visit.ts';
import type { Suspicion } from './vocabulary.ts';

/** So long an ending is shown again to who loads it anew: what it repeats of the answers is not for who finds the address later. */
const SHOWN_AGAIN_MS = 3_600_000;

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

  const told = ({ languages }: Visit, barred: Barred, typed: Typed = []): PlainAnswer =>
    noticePage(barred, languages[0] ?? 'en', STATUS[barred], typed);
  /** Kept for the browser until it has ended; then forgotten, so that whoever comes next begins anew. */
  const remember = (answer: PlainAnswer, asked: Asked, sitting: Sitting): PlainAnswer => {
    if (!sitting.kept) return answer;
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
    const cookie = [...parts, ...(secure ? ['Secure'] : [])].join('; ');
    return { ...answer, headers: [...answer.headers, 'set-cookie', cookie] };
  };

  const show = async (request: HotRequest, slug: string): Promise<PlainAnswer> => {
    const visit = visitOf(request, slug);
    const { asked, query } = visit;
    const sitting = await taking.sit(slug, arrivalOf(visit, query.get('r') ?? asked.seen, undefined));
    if (typeof sitting === 'string') return told(visit, sitting);
    const { state, endedAt } = sitting.row;
    if (state !== 'open') {
      const long = house.clock.now().getTime() - (endedAt?.getTime() ?? 0) > SHOWN_AGAIN_MS;
      return long ? told(visit, 'answered') : endPage(asked, sitting);
    }
    const at = query.get('at') ?? undefined;
    // What answers are gone on with stands in no address once the browser keeps it: addresses are shown to others.
    if (query.has('r') && asked.seen === sitting.token) return seeOther(asked, sitting, at);
    const step = reachable(sitting, at);
    if (step === undefined) return endPage(asked, sitting);
    if (sitting.kept) return remember(stepPage(asked, sitting, step), asked, sitting);
    const bits = guarding.bitsFor(request.address());
    return stepPage(asked, sitting, step, { begun: taking.beginning(sitting, bits), bits });
  };

  const take = async (visit: Visit, ip: string, came: Came, trusting: boolean): Promise<PlainAnswer> => {
    const { fields, files } = came;
    const { asked } = visit;
    const one = (name: string): string | undefined => fields.get(name)?.[0];
    const arrived = await taking.sit(visit.slug, arrivalOf(visit, one('r'), one('b')), trusting);
    if (typeof arrived === 'string') return told(visit, arrived, typedIn(fields));
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
    if (handed === 'unread') return take(visit, ip, came, false);
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

  const handIn = async (request: HotRequest, slug: string): Promise<PlainAnswer> => {
    const ip = request.address();
    const came = await forms.read(request, ip);
    try {
      guarding.take(ip, came.bytes);
      const visit = visitOf(request, slug);
      // Files are put away with what they belong to; and what the browser goes on with by itself is kept.
      const trusting = came.files.size === 0 && visit.asked.seen === undefined;
      return await take(visit, ip, came, trusting);
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
      answer: show,
    },
    {
      ...common,
      method: 'POST',
      audit: { none: 'Answers of customers: they are kept as what they are.' },
      answer: handIn,
    },
  ];
}

/** Problems as pages: whoever answers a survey is no developer. What was typed can be sent again from there. */
function kindly(request: HotRequest, error: unknown, fields?: Form): PlainAnswer {
  if (!(error instanceof Problem)) throw error;
  const language = languagesOf(queryOf(request.url), request)[0] ?? 'en';
  if (error.type === 'conflict') return noticePage('answered', language, 409, fields && typedIn(fields));
  if (error.type === 'too-large') return noticePage('large', language, 413);
  if (error.status !== 429 && error.status !== 503) throw error;
  const page = busyPage(language, error.status, request.url, fields);
  return { ...page, headers: [...page.headers, 'retry-after', String(error.details.retryAfterSeconds ?? 5)] };
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
function seeOther({ path, query, seen }: Asked, { token, row }: Sitting, at?: string): PlainAnswer {
  const next = new URLSearchParams(query);
  // Who has no cookie of it, or none any more, goes on by the address.
  if (seen !== token || row.state !== 'open') next.set('r', token);
  if (at !== undefined) next.set('at', at);
  return { status: 303, headers: ['location', withQuery(path, next), 'cache-control', 'no-store'], body: '' };
}
