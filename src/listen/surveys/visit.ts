import { createHash } from 'node:crypto';
import type { HotRequest } from '../../platform/house/house.ts';
import type { Arrival } from './arriving.ts';
import { LINK } from './vocabulary.ts';

/** What a page is asked with. */
export interface Asked {
  /** The survey's own path. */
  readonly path: string;
  /** The rest of the address that has to go along: link, hidden fields, language. */
  readonly query: URLSearchParams;
  /** What the browser goes on with by itself: its cookie of this survey. */
  readonly seen: string | undefined;
}

/** A request for a page of a survey, as far as its address and its headers say. */
export interface Visit {
  readonly slug: string;
  /** All of the address's query. */
  readonly query: URLSearchParams;
  readonly asked: Asked;
  /** Languages wanted, the best first: the one of the address, then those of the browser. */
  readonly languages: readonly string[];
}

/** Names of an address that are ours; all others are hidden fields, and `a.q1` the answer of a question. */
const OWN = new Set(['r', 'p', 'c', 'at', 'lang', 'to']);

const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;

export function visitOf(request: HotRequest, slug: string): Visit {
  const query = queryOf(request.url);
  const along = new URLSearchParams(query);
  for (const name of ['r', 'at', 'to']) along.delete(name);
  const asked = { path: `/s/${slug}`, query: along };
  return { slug, query, asked: { ...asked, seen: cookieOf(request, asked) }, languages: languagesOf(query, request) };
}

export function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at));
}

/** Who came: `begun` as the form says it. */
export function arrivalOf({ query, languages }: Visit, token: string | undefined, begun: string | undefined): Arrival {
  const code = codeIn(query);
  const isOurs = (name: string): boolean => OWN.has(name) && (name !== 'c' || code !== undefined);
  const plain = [...query].filter(([name, value]) => !isOurs(name) && value !== '').slice(0, LINK.values);
  return {
    token,
    begun,
    signed: query.get('p') ?? undefined,
    code,
    languages,
    chosen: query.get('lang') ?? undefined,
    hidden: Object.fromEntries(plain.filter(([name]) => !name.startsWith('a.'))),
    answers: Object.fromEntries(
      plain.filter(([name]) => name.startsWith('a.')).map(([name, value]) => [name.slice(2), value]),
    ),
  };
}

/** What a code of ours says. A `c` that others add to an address, for a campaign, say, is none. */
function codeIn(query: URLSearchParams): string | undefined {
  const said = query.get('c') ?? '';
  return /^[\w-]+\.[\w-]+$/.test(said) ? said : undefined;
}

export function languagesOf(query: URLSearchParams, request: HotRequest): string[] {
  const asked = query.get('lang');
  const said = request.header('accept-language');
  const accepted =
    said === undefined
      ? []
      : said
          .slice(0, 500)
          .split(',')
          .map((part) => part.split(';')[0]?.trim() ?? '')
          .filter((tag) => LANGUAGE.test(tag));
  return asked !== null && LANGUAGE.test(asked) ? [asked, ...accepted] : accepted;
}

const COOKIE = 'touchstone_response';

/** Its own for each signed link and each code: what was begun by one person's is not gone on with by another's. */
export function cookieFor({ query }: Pick<Asked, 'query'>): string {
  const signed = ['p', 'c'].flatMap((name) => query.get(name) ?? []).join(' ');
  return signed === '' ? COOKIE : `${COOKIE}_${createHash('sha256').update(signed).digest('hex').slice(0, 16)}`;
}

function cookieOf(request: HotRequest, asked: Pick<Asked, 'query'>): string | undefined {
  const cookies = request.header('cookie');
  if (cookies === undefined) return undefined;
  return new RegExp(`(?:^|;\\s*)${cookieFor(asked)}=([A-Za-z0-9_-]{1,64})(?:;|$)`).exec(cookies)?.[1];
}
