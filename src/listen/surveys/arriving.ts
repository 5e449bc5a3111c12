import type { Answers, Survey, Walk } from '@touchstone/domain/survey';
import { readStep } from '@touchstone/sdk/survey';
import { hash, randomBytes } from 'node:crypto';
import type { Clock } from '../../platform/kernel/clock.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { type Around, type Hung, stampOf, unsigned } from './around.ts';
import type { Published } from './published.ts';
import type { ResponseRow } from './records/responses.ts';
import { type Claims, marksOf } from './signing.ts';
import { LINK } from './vocabulary.ts';

/** What a respondent came with. */
export interface Arrival {
  /** What they go on with; undefined at first. */
  readonly token: string | undefined;
  /** Of a form that is handed in: how it was begun, as `signBegun` wrote it. */
  readonly begun?: string | undefined;
  /** A signed link's claims. */
  readonly signed: string | undefined;
  /** Of a QR code: what it stands for, as `signCode` wrote it. */
  readonly code: string | undefined;
  /** Language wanted, best first. */
  readonly languages: readonly string[];
  /** The one that was chosen on the page itself: it holds for what is kept, too. */
  readonly chosen: string | undefined;
  /** Hidden fields of the address, by name. */
  readonly hidden: Readonly<Record<string, string>>;
  /** Answers of the address, by question: filled in, and kept only when the page is handed in. */
  readonly answers: Readonly<Record<string, string>>;
}

/** A response that is not kept yet. `said`: by a signed link; `hung`: by a code; `at`: when its first page was shown. */
export function freshRow(
  clock: Clock,
  { row, version, survey, secret }: Published,
  token: string,
  arrival: Arrival,
  {
    said,
    hung,
    at,
  }: { readonly said: Claims | undefined; readonly hung: Hung | undefined; readonly at: Date | undefined },
): ResponseRow {
  const now = clock.now();
  const { anonymous, resumeDays, oncePerPerson } = row.settings;
  const person = anonymous ? null : (said?.person ?? null);
  const marks = oncePerPerson ? marksOf(secret, { ...hung, ...said?.person }) : [];
  const around: Around = {
    language: languageFor(survey, arrival.languages),
    seed: hash('sha256', `seed ${token}`, 'base64url'),
    hidden: hiddenOf(survey, anonymous, { ...unsigned(arrival.hidden), ...said?.hidden, ...stampOf(hung) }),
    person,
    once: marks.length === 0 ? null : marks,
    suspect: [],
    hung: hung === undefined ? null : anonymous ? { ...hung, orderId: undefined } : hung,
  };
  return {
    id: newId('response', clock),
    token: hashed(token),
    workspaceId: row.workspaceId,
    surveyId: row.id,
    version,
    state: 'open',
    revision: 0,
    answers: {},
    around,
    startedAt: at ?? now,
    changedAt: now,
    dueAt: new Date(now.getTime() + resumeDays * 86_400_000),
    endedAt: null,
    ending: null,
    batch: null,
  };
}

export function newToken(): string {
  return randomBytes(18).toString('base64url');
}

export function hashed(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Answers that an address brings, as if they had been typed. */
export function filledIn(found: Walk, given: Readonly<Record<string, string>>): Answers {
  const fields = new Map(Object.entries(given).map(([id, value]) => [`q.${id}`, [value]] as const));
  if (fields.size === 0) return {};
  return Object.assign({}, ...found.steps.map((step) => readStep(step, fields)));
}

/** A response in the language that was chosen since, where the survey has it. */
export function spoken(row: ResponseRow, { document }: Survey, { chosen }: Arrival): ResponseRow {
  if (row.state !== 'open' || chosen === undefined || !document.languages.includes(chosen)) return row;
  return { ...row, around: { ...row.around, language: chosen } };
}

/** The survey's language that is wanted most: the same tag, else the same language of elsewhere; else its first. */
function languageFor({ document }: Survey, wanted: readonly string[]): string {
  for (const tag of wanted.map((one) => one.toLowerCase())) {
    const same = document.languages.find((one) => one.toLowerCase() === tag);
    const near = same ?? document.languages.find((one) => main(one) === main(tag));
    if (near !== undefined) return near;
  }
  return document.languages[0] ?? 'en';
}

function main(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

/**
 * What of an address the survey has a field for. Where nobody is to be known, only fields that list their values: what may
 * be anything may be a name.
 */
function hiddenOf(
  { document }: Survey,
  anonymous: boolean,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const hidden: Record<string, string> = {};
  for (const { id, values } of document.hidden ?? []) {
    const value = Object.hasOwn(given, id) ? given[id] : undefined;
    if (values === undefined ? anonymous : value === undefined || !values.includes(value)) continue;
    if (value !== undefined && value !== '')
      hidden[id] = [...value]
        .slice(0, LINK.letters)
        .join('')
        .replace(/[\ud800-\udfff]/gu, '\ufffd');
  }
  return hidden;
}
