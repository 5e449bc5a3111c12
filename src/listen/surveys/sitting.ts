import { dayAt } from '@touchstone/domain/calendar';
import { type Answers, type Context, type Survey, type Walk, walk } from '@touchstone/domain/survey';
import type { House } from '../../platform/house/house.ts';
import { findWorkspace } from '../../platform/workspaces/facade.ts';
import { type Arrival, filledIn, freshRow, hashed, newToken, spoken } from './arriving.ts';
import { type Begun, readBegun, signBegun } from './begun.ts';
import { readCode } from './codes/signing.ts';
import type { Published, PublishedSurveys } from './published.ts';
import { hasMark, selectByToken, selectQuotas, type ResponseRow } from './records/responses.ts';
import { notNow } from './saving.ts';
import { type Claims, type Refused, verify } from './signing.ts';

/** Why nothing can be answered here, in words that the page has. */
export type Barred = 'missing' | 'closed' | Refused | 'answered';

/** A respondent before a page of a survey. */
export interface Sitting {
  readonly published: Published;
  readonly survey: Survey;
  readonly row: ResponseRow;
  /** Whether any of it is kept yet. */
  readonly kept: boolean;
  /** It was taken for one of which nothing is kept, and not looked for. */
  readonly unread: boolean;
  readonly token: string;
  readonly found: Walk;
  /** Of a form that is handed in before anything is kept: how it was begun; null where that was not signed by us. */
  readonly begun: Begun | null;
  /** Answers the address brings: shown where nothing is kept, and kept only when their page is handed in. */
  readonly filled: Answers;
}

const TOKEN = /^[A-Za-z0-9_-]{22,64}$/;

/** Finds out who answers what, as far as it is known. Nothing is kept by looking. */
export class Seating {
  readonly #house: House;
  readonly #published: PublishedSurveys;

  constructor(house: House, published: PublishedSurveys) {
    this.#house = house;
    this.#published = published;
  }

  /**
   * `trusting`: who brings a beginning that we signed is taken for one of whom nothing is kept, without looking; whoever
   * writes that finds out. Where they are barred, it is looked.
   */
  async sit(slug: string, arrival: Arrival, trusting: boolean): Promise<Sitting | Barred> {
    const published = await this.#published.bySlug(slug);
    if (published === null) return 'missing';
    const given = arrival.token !== undefined && TOKEN.test(arrival.token) ? arrival.token : undefined;
    const said = arrival.signed === undefined ? undefined : this.#claims(published, arrival.signed);
    const begun =
      given === undefined || arrival.begun === undefined
        ? null
        : readBegun(published.secret, given, arrival.begun, this.#house.clock.now());
    if (trusting && begun !== null) {
      const sitting = await this.#begin(published, arrival, said, begun);
      if (typeof sitting === 'object') return { ...sitting, unread: true };
    }
    const kept =
      given === undefined ? null : await selectByToken(this.#house.records.db, published.row.id, hashed(given));
    if (given === undefined || kept === null) return this.#begin(published, arrival, said, begun);
    const survey = await this.#published.version(kept.surveyId, kept.version);
    if (survey === null) return 'missing';
    // Whoever had begun may end it; what was ended is shown as it ended.
    if (kept.state === 'open' && kept.dueAt <= this.#house.clock.now()) return 'closed';
    return withFilled(
      await this.#sitting(published, survey, spoken(kept, survey, arrival), given, true),
      arrival,
      said,
    );
  }

  /** What a form says that is shown before anything of it is kept. */
  beginning({ published, row, token }: Sitting, bits: number): string {
    return signBegun(published.secret, { token, at: this.#house.clock.now(), version: row.version, bits });
  }

  /** As it stands by now, in whatever window. */
  async again({ published, row: { surveyId }, token }: Sitting): Promise<Sitting> {
    const row = await selectByToken(this.#house.records.db, surveyId, hashed(token));
    const survey = row === null ? null : await this.#published.version(surveyId, row.version);
    // The survey was deleted, or the response could be read and not written: whoever sends it again is told which.
    if (row === null || survey === null) return notNow();
    return this.#sitting(published, survey, row, token, true);
  }

  /** The same with quotas as they are by now. */
  anew({ published, survey, row, token }: Sitting): Promise<Sitting> {
    return this.#sitting(published, survey, row, token, true);
  }

  async #begin(
    published: Published,
    arrival: Arrival,
    said: Claims | Refused | undefined,
    begun: Begun | null,
  ): Promise<Sitting | Barred> {
    if (this.#isClosed(published)) return 'closed';
    if (said === 'forged' || said === 'expired') return said;
    const hung = arrival.code === undefined ? undefined : readCode(published.secret, arrival.code);
    if (hung === null) return 'forged';
    // A token of somebody else's address is none of this respondent's: who made it up could read what they answer.
    const token = begun?.token ?? newToken();
    // Answers keep the version they were begun with, from the page that was shown on.
    const shown = begun === null ? null : await this.#published.version(published.row.id, begun.version);
    const of = begun === null || shown === null ? published : { ...published, version: begun.version, survey: shown };
    const row = freshRow(this.#house.clock, of, token, arrival, { said, hung, at: begun?.at });
    const { once } = row.around;
    if (once !== null && (await hasMark(this.#house.records.db, row.surveyId, once))) return 'answered';
    const sitting = await this.#sitting(published, of.survey, row, token, false);
    return withFilled({ ...sitting, begun }, arrival, said);
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
    const found = walk(survey, row.answers, context);
    return { published, survey, row, kept, unread: false, token, found, begun: null, filled: {} };
  }

  #isClosed({ row }: Published): boolean {
    const closesAt = row.settings.closesAt === null ? Infinity : Date.parse(row.settings.closesAt);
    return row.state !== 'open' || closesAt <= this.#house.clock.now().getTime();
  }

  #claims({ secret }: Published, signed: string): Claims | Refused {
    return verify(secret, signed, this.#house.clock.now());
  }
}

function withFilled(sitting: Sitting, arrival: Arrival, said: Claims | Refused | undefined): Sitting {
  const signed = typeof said === 'object' ? said.answers : {};
  return { ...sitting, filled: filledIn(sitting.found, { ...arrival.answers, ...signed }) };
}
