import {
  type Answers,
  type Context,
  countedAnswers,
  isPersonal,
  nextStep,
  previousStep,
  type Step,
  stepAt,
  type Survey,
  unfinishedStep,
  type Walk,
  walk,
} from '@touchstone/domain/survey';
import { readStep } from '@touchstone/sdk/survey';
import { createHash, randomBytes } from 'node:crypto';
import { dayAt } from '@touchstone/domain/calendar';
import type { House } from '../../platform/house/house.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { findWorkspace } from '../../platform/workspaces/facade.ts';
import { type Around, type Hung, stampOf, unsigned } from './around.ts';
import { type Begun, readBegun, signBegun } from './begun.ts';
import { readCode } from './codes/signing.ts';
import type { Published, PublishedSurveys } from './published.ts';
import { hasMark, selectByToken, selectQuotas, type ResponseRow, WAITING } from './records/responses.ts';
import { ended, notNow, type SavingResponses } from './saving.ts';
import { type Claims, marksOf, type Refused, verify } from './signing.ts';
import { GUARD, LINK, RESPONSE_BYTES } from './vocabulary.ts';

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

/** Why nothing can be answered here, in words that the page has. */
export type Barred = 'missing' | 'closed' | Refused | 'answered';

/** A respondent before a page of a survey. */
export interface Sitting {
  readonly published: Published;
  readonly survey: Survey;
  readonly row: ResponseRow;
  /** Whether any of it is kept yet. */
  readonly kept: boolean;
  readonly token: string;
  readonly found: Walk;
  /** Of a form that is handed in before anything is kept: how it was begun; null where that was not signed by us. */
  readonly begun: Begun | null;
  /** Answers the address brings: shown where nothing is kept, and kept only when their page is handed in. */
  readonly filled: Answers;
}

/** Where a respondent stands after a page was handed in. */
export type Handed =
  | { readonly at: 'step'; readonly sitting: Sitting; readonly step: Step; readonly told: boolean }
  | { readonly at: 'end'; readonly sitting: Sitting };

type To = 'next' | 'back' | 'stay';

/** How often what was handed in is put beside what another window kept, before whoever sent it is asked to send it again. */
const TRIES = 5;

const TOKEN = /^[A-Za-z0-9_-]{22,64}$/;

/** Takes answers: from the first look at a page to what is handed in. Knows nothing of HTTP or of HTML. */
export class Taking {
  readonly #house: House;
  readonly #published: PublishedSurveys;
  readonly #saving: SavingResponses;

  constructor(house: House, published: PublishedSurveys, saving: SavingResponses) {
    this.#house = house;
    this.#published = published;
    this.#saving = saving;
  }

  /** Who answers what, as far as it is known. Nothing is kept by looking. */
  async sit(slug: string, arrival: Arrival): Promise<Sitting | Barred> {
    const published = await this.#published.bySlug(slug);
    if (published === null) return 'missing';
    const { db } = this.#house.records;
    const given = arrival.token !== undefined && TOKEN.test(arrival.token) ? arrival.token : undefined;
    const kept = given === undefined ? null : await selectByToken(db, published.row.id, hashed(given));
    const said = arrival.signed === undefined ? undefined : this.#claims(published, arrival.signed);
    if (given !== undefined && kept !== null) {
      const survey = await this.#published.version(kept.surveyId, kept.version);
      if (survey === null) return 'missing';
      // Whoever had begun may end it; what was ended is shown as it ended.
      if (kept.state === 'open' && kept.dueAt <= this.#house.clock.now()) return 'closed';
      return this.#filled(
        await this.#sitting(published, survey, spoken(kept, survey, arrival), given, true),
        arrival,
        said,
      );
    }
    if (this.#isClosed(published)) return 'closed';
    if (said === 'forged' || said === 'expired') return said;
    // A token of somebody else's address is none of this respondent's: who made it up could read what they answer.
    const { secret } = published;
    const hung = arrival.code === undefined ? undefined : readCode(secret, arrival.code);
    if (hung === null) return 'forged';
    const begun =
      given === undefined || arrival.begun === undefined
        ? null
        : readBegun(secret, given, arrival.begun, this.#house.clock.now());
    const token = begun?.token ?? newToken();
    // Answers keep the version they were begun with, from the page that was shown on.
    const shown = begun === null ? null : await this.#published.version(published.row.id, begun.version);
    const of = begun === null || shown === null ? published : { ...published, version: begun.version, survey: shown };
    const row = this.#fresh(of, token, arrival, said, { hung, at: begun?.at });
    if (row.around.once !== null && (await hasMark(db, row.surveyId, row.around.once))) return 'answered';
    const sitting = await this.#sitting(published, of.survey, row, token, false);
    return this.#filled({ ...sitting, begun }, arrival, said);
  }

  /** What a form says that is shown before anything of it is kept. */
  beginning({ published, row, token }: Sitting, bits: number): string {
    return signBegun(published.secret, { token, at: this.#house.clock.now(), version: row.version, bits });
  }

  #filled(sitting: Sitting, arrival: Arrival, said: Claims | Refused | undefined): Sitting {
    const signed = typeof said === 'object' ? said.answers : {};
    return { ...sitting, filled: filledIn(sitting.found, { ...arrival.answers, ...signed }) };
  }

  /**
   * Keeps what was handed in with a page and goes on. `answers` replaces all answers of the page's questions: what is not
   * among them was left open. Where another window was faster, it is put beside what that one kept. Throws Problem
   * `conflict` where the response has ended meanwhile.
   */
  async hand(sitting: Sitting, stepKey: string, given: Answers, to: To): Promise<Handed> {
    let now = sitting;
    for (let tries = 0; tries < TRIES; tries++) {
      if (now.row.state !== 'open') return { at: 'end', sitting: now };
      const handed = await this.#hand(now, stepKey, given, to);
      if (handed !== 'overtaken') return handed;
      now = await this.#again(now);
      if (now.row.state !== 'open') throw ended();
      const step = now.found.steps.find(({ key }) => key === stepKey);
      // What was only being typed is sent once more with its page; written now, it might put back what was handed in since.
      if (step === undefined || to === 'stay') {
        const at = step ?? unfinishedStep(now.found) ?? now.found.steps.at(-1);
        if (at !== undefined) return { at: 'step', sitting: now, step: at, told: false };
      }
    }
    return notNow();
  }

  async #hand(sitting: Sitting, stepKey: string, given: Answers, to: To): Promise<Handed | 'overtaken'> {
    const { row, found } = sitting;
    const step = stepAt(found, stepKey);
    if (step === undefined) return this.#end(sitting);
    const answers = merged(
      row.answers,
      step,
      sitting.published.row.settings.anonymous ? impersonal(step, given) : given,
    );
    if (Buffer.byteLength(JSON.stringify(answers)) > RESPONSE_BYTES) {
      throw new Problem('too-large', 'These answers are longer than a response may be.', {
        mend: 'Shorten what you wrote.',
      });
    }
    const now = this.#house.clock.now();
    const next = await this.#sitting(
      sitting.published,
      sitting.survey,
      { ...row, answers, changedAt: now },
      sitting.token,
      true,
    );
    if (to !== 'next') {
      const at = (to === 'back' ? previousStep(next.found, step.key) : stepAt(next.found, step.key)) ?? step;
      return this.#keepAt(next, at, false);
    }
    const again = stepAt(next.found, step.key);
    const before = new Set(step.questions.map(({ key }) => key));
    // An answer may bring up another question on the same page: it is shown before one goes on.
    if (again?.key === step.key && again.questions.some(({ key }) => !before.has(key))) {
      return this.#keepAt(next, again, false);
    }
    const onward = nextStep(next.found, step.key);
    return onward === 'end' ? this.#end(next) : this.#keepAt(next, onward, onward.key === step.key);
  }

  async #end(sitting: Sitting): Promise<Handed | 'overtaken'> {
    const { found, row } = sitting;
    const open = found.outcome === 'complete' ? unfinishedStep(found) : undefined;
    if (open !== undefined) return this.#keepAt(sitting, open, true);
    const now = this.#house.clock.now();
    const suspect = isFast(found, now.getTime() - row.startedAt.getTime())
      ? [...new Set([...row.around.suspect, 'fast' as const])]
      : row.around.suspect;
    const apart = suspect.length > 0 && sitting.published.row.settings.suspectsApart;
    const last: ResponseRow = {
      ...row,
      state: found.outcome,
      around: { ...row.around, once: null, suspect },
      changedAt: now,
      endedAt: now,
      ending: found.ending?.id ?? null,
      // Who says so wants no figure of what a program may have answered.
      batch: apart ? null : WAITING,
    };
    // Nor does it take anybody's place.
    const how = await this.#saving.end(last, apart ? [] : found.counts, apart ? [] : (row.around.once ?? []));
    if (how === 'overtaken') return how;
    // Somebody else took the last place while this page was filled in: the way is walked again, past the full quota.
    if (how === 'full') {
      return this.#end(await this.#sitting(sitting.published, sitting.survey, row, sitting.token, true));
    }
    return { at: 'end', sitting: { ...sitting, row: last, kept: true } };
  }

  async #keepAt(sitting: Sitting, step: Step, told: boolean): Promise<Handed | 'overtaken'> {
    if (!(await this.#saving.save(sitting.row))) return 'overtaken';
    const row = { ...sitting.row, revision: sitting.row.revision + 1 };
    return { at: 'step', sitting: { ...sitting, row, kept: true }, step, told };
  }

  /** As it stands by now, in whatever window. */
  async #again({ published, row: { surveyId }, token }: Sitting): Promise<Sitting> {
    const row = await selectByToken(this.#house.records.db, surveyId, hashed(token));
    const survey = row === null ? null : await this.#published.version(surveyId, row.version);
    // The survey was deleted, or the response could be read and not written: whoever sends it again is told which.
    if (row === null || survey === null) return notNow();
    return this.#sitting(published, survey, row, token, true);
  }

  async #sitting(
    published: Published,
    survey: Survey,
    row: ResponseRow,
    token: string,
    kept: boolean,
  ): Promise<Sitting> {
    const quotas = survey.document.quotas ?? [];
    const counts =
      quotas.length === 0 ? new Map<string, number>() : await selectQuotas(this.#house.records.db, row.surveyId);
    const full = quotas.filter((quota) => (counts.get(quota.id) ?? 0) >= quota.limit).map((quota) => quota.id);
    const workspace = await findWorkspace(this.#house, row.workspaceId);
    const { person, language, seed, hidden } = row.around;
    const context: Context = {
      language,
      seed,
      hidden,
      person: person?.traits ?? {},
      full,
      today: dayAt(this.#house.clock.now().getTime(), workspace?.zone ?? 'UTC'),
    };
    return { published, survey, row, kept, token, found: walk(survey, row.answers, context), begun: null, filled: {} };
  }

  #isClosed({ row }: Published): boolean {
    const closesAt = row.settings.closesAt === null ? Infinity : Date.parse(row.settings.closesAt);
    return row.state !== 'open' || closesAt <= this.#house.clock.now().getTime();
  }

  #claims({ secret }: Published, signed: string): Claims | Refused {
    return verify(secret, signed, this.#house.clock.now());
  }

  #fresh(
    { row, version, survey, secret }: Published,
    token: string,
    arrival: Arrival,
    said: Claims | undefined,
    { hung, at }: { readonly hung: Hung | undefined; readonly at: Date | undefined },
  ): ResponseRow {
    const now = this.#house.clock.now();
    const { anonymous, resumeDays, oncePerPerson } = row.settings;
    const person = anonymous ? null : (said?.person ?? null);
    const marks = oncePerPerson ? marksOf(secret, { ...hung, ...said?.person }) : [];
    const around: Around = {
      language: languageFor(survey, arrival.languages),
      seed: createHash('sha256').update(`seed ${token}`).digest('base64url'),
      hidden: hiddenOf(survey, anonymous, { ...unsigned(arrival.hidden), ...said?.hidden, ...stampOf(hung) }),
      person,
      once: marks.length === 0 ? null : marks,
      suspect: [],
      hung: hung === undefined ? null : anonymous ? { ...hung, orderId: undefined } : hung,
    };
    return {
      id: newId('response', this.#house.clock),
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
}

export function newToken(): string {
  return randomBytes(18).toString('base64url');
}

/** Whether so many questions were answered faster than anybody reads them. */
function isFast(found: Walk, ms: number): boolean {
  const answered = Object.keys(countedAnswers(found)).length;
  return answered > 0 && ms < GUARD.fastMs.first + (answered - 1) * GUARD.fastMs.each;
}

function hashed(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Answers that an address brings, as if they had been typed. */
function filledIn(found: Walk, given: Readonly<Record<string, string>>): Answers {
  const fields = new Map(Object.entries(given).map(([id, value]) => [`q.${id}`, [value]] as const));
  if (fields.size === 0) return {};
  return Object.assign({}, ...found.steps.map((step) => readStep(step, fields)));
}

/** A response in the language that was chosen since, where the survey has it. */
function spoken(row: ResponseRow, { document }: Survey, { chosen }: Arrival): ResponseRow {
  if (row.state !== 'open' || chosen === undefined || !document.languages.includes(chosen)) return row;
  return { ...row, around: { ...row.around, language: chosen } };
}

/** What a page's answers become: those of its questions are replaced, all others stay. */
function merged(before: Answers, step: Step, given: Answers): Answers {
  const answers = { ...before };
  for (const { key } of step.questions) {
    const answer = given[key];
    if (answer === undefined) delete answers[key];
    else answers[key] = answer;
  }
  return answers;
}

/** Without what says who somebody is. */
function impersonal(step: Step, given: Answers): Answers {
  const personal = new Set(step.questions.filter(({ question }) => isPersonal(question)).map(({ key }) => key));
  return Object.fromEntries(Object.entries(given).filter(([key]) => !personal.has(key)));
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
