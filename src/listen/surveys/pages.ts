import { type Step, textIn, unfinishedStep } from '@touchstone/domain/survey';
import {
  againBody,
  endingBody,
  html,
  type Html,
  noticeBody,
  stepForm,
  surveyPage,
  wordsFor,
  writtenBody,
} from '@touchstone/sdk/survey';
import { createHash, randomBytes } from 'node:crypto';
import script from '../../../packages/sdk/src/survey/enhance.mjs?raw';
import style from '../../../packages/sdk/src/survey/survey.css?raw';
import type { PlainAnswer } from '../../platform/house/house.ts';
import type { SurveySettings } from './contract.ts';
import type { Barred, Sitting } from './sitting.ts';
import type { Asked } from './visit.ts';

const ASSETS = {
  'survey.css': { text: style, type: 'text/css; charset=utf-8', mark: markOf(style) },
  'survey.mjs': { text: script, type: 'text/javascript; charset=utf-8', mark: markOf(script) },
} as const;

const USUAL: SurveySettings['theme'] = { accent: '#0f766e', background: '#faf8f4', logo: null };

/** What somebody wrote, each as they wrote it. */
export type Typed = readonly string[];

/** How a page of a survey is shown. */
interface Shown {
  /** Whether what stands in the way is told. */
  readonly told?: boolean;
  /** Before anything is kept: the beginning, signed, and how hard the work is that a script does for it. */
  readonly begun?: string;
  readonly bits?: number;
}

/** Style and script of every survey; null for any other name. */
export function assetOf(name: string): Response | null {
  const asset = Object.entries(ASSETS).find(([known]) => known === name)?.[1];
  if (asset === undefined) return null;
  return new Response(asset.text, {
    headers: { 'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable' },
  });
}

/**
 * An empty page of our own address, into which the editor puts pages of a survey: pictures may come from elsewhere there,
 * as on the page itself, and neither a script nor a form of it goes anywhere.
 */
export function framePage(): Response {
  return new Response('<!doctype html>\n<title>-</title>\n', {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'content-security-policy': [
        "default-src 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: https:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
      ].join('; '),
    },
  });
}

/** A page of the survey, with its form. */
export function stepPage(asked: Asked, sitting: Sitting, step: Step, shown: Shown = {}): PlainAnswer {
  const { found, row, token } = sitting;
  const { told = false, begun, bits } = shown;
  const form = stepForm({
    found,
    step,
    answers: told ? row.answers : { ...sitting.filled, ...row.answers },
    telling: told,
    action: withQuery(asked.path, asked.query),
    along: { r: token, ...(begun === undefined ? {} : { b: begun }) },
    canGoBack: found.survey.document.back !== false && found.steps[0]?.key !== step.key,
    last: found.steps.at(-1)?.key === step.key,
    ...(bits === undefined ? {} : { work: bits }),
  });
  const goOn = sitting.kept ? keptNote(asked, sitting) : undefined;
  return whole(asked, sitting, html`${form}${goOn}`, told ? 422 : 200);
}

/** What is shown when it has ended. Who is sent on is sent by the page itself: a form may lead nowhere else. */
export function endPage(asked: Asked, sitting: Sitting): PlainAnswer {
  const { found, row } = sitting;
  const ending = found.survey.document.endings.find((one) => one.id === row.ending) ?? found.ending;
  // Whether a quota is full by now says nothing of who was let in before.
  const sent = found.redirects && found.stopped?.ending === ending?.id;
  const away = sent && ending?.redirect !== undefined ? ending.redirect : undefined;
  return whole(asked, sitting, endingBody(found, ending), 200, away);
}

/** Why nothing can be answered, in the reader's language, and what they wrote. */
export function noticePage(what: Barred | 'large', language: string, status: number, typed: Typed = []): PlainAnswer {
  return notice(what, language, status, writtenBody(wordsFor(language), typed));
}

/** It could not be kept just now: all of it stands in a form that is sent again. */
export function busyPage(
  language: string,
  status: number,
  action: string,
  fields: ReadonlyMap<string, readonly string[]> = new Map(),
): PlainAnswer {
  const all = [...fields].flatMap(([name, values]) => values.map((value) => [name, value] as const));
  return notice('busy', language, status, all.length > 0 && againBody(wordsFor(language), action, all));
}

function notice(what: Barred | 'busy' | 'large', language: string, status: number, more: Html | false): PlainAnswer {
  const words = wordsFor(language);
  return respond(status, (nonce) =>
    surveyPage({
      ...common(nonce),
      language,
      title: words[`${what}.title`],
      theme: USUAL,
      body: html`${noticeBody(words, what)}${more}`,
    }),
  );
}

/** The furthest page that may be seen: none behind one that is not finished. */
export function reachable(sitting: Sitting, wanted: string | undefined): Step | undefined {
  const { found, row } = sitting;
  const stop = unfinishedStep(found);
  const last = stop === undefined ? found.steps.length - 1 : found.steps.indexOf(stop);
  const at = found.steps.findIndex((step) => step.key === wanted);
  if (wanted !== undefined && at >= 0) return found.steps[Math.min(at, last)];
  // Whoever comes back goes on where nothing is answered yet.
  const open = found.steps.findIndex(
    (step) =>
      step.questions.some(({ question }) => question.kind !== 'statement') &&
      step.questions.every(({ key }) => row.answers[key] === undefined),
  );
  return found.steps[!sitting.kept ? 0 : Math.min(open < 0 ? last : open, last)];
}

function keptNote(asked: Asked, sitting: Sitting): Html {
  const query = new URLSearchParams({ r: sitting.token });
  const { language } = sitting.found.context;
  return html`<p class="kept"><a href="${withQuery(asked.path, query)}">${wordsFor(language).saved}</a></p>`;
}

function whole(asked: Asked, sitting: Sitting, body: Html, status: number, away?: string): PlainAnswer {
  const { found, published } = sitting;
  const { document } = found.survey;
  const { language } = found.context;
  const languages = document.languages.map((tag) => {
    const query = new URLSearchParams(asked.query);
    query.set('lang', tag);
    if (sitting.kept && asked.seen !== sitting.token) query.set('r', sitting.token);
    return { tag, href: withQuery(asked.path, query) };
  });
  return respond(status, (nonce) =>
    surveyPage({
      ...common(nonce),
      language,
      title: textIn(document, document.title, language),
      theme: published.row.settings.theme,
      body,
      languages,
      ...(away === undefined ? {} : { away }),
    }),
  );
}

function common(nonce: string) {
  return {
    nonce,
    style: `/s/-/survey.css?v=${ASSETS['survey.css'].mark}`,
    script: `/s/-/survey.mjs?v=${ASSETS['survey.mjs'].mark}`,
  };
}

function respond(status: number, page: (nonce: string) => string): PlainAnswer {
  const nonce = randomBytes(18).toString('base64');
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const headers = ['content-type', 'text/html; charset=utf-8', 'cache-control', 'no-store'];
  return { status, headers: [...headers, 'content-security-policy', policy], body: page(nonce) };
}

export function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

function markOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}
