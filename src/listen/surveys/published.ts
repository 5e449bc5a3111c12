import { prepare, type Survey } from '@touchstone/domain/survey';
import type { House } from '../../platform/house/house.ts';
import { secretOf } from './secrets.ts';
import { selectBySlug, selectVersion, type SurveyAskedRow } from './records/surveys.ts';

/** A survey as whoever answers meets it. */
export interface Published {
  readonly row: SurveyAskedRow;
  /** The version that new responses begin with. */
  readonly version: number;
  readonly survey: Survey;
  /** What links, codes and beginnings are signed with. */
  readonly secret: string;
}

/** How long another process's publishing or closing may go unnoticed. */
const FRESH_MS = 1_000;
const MOST_ROWS = 5_000;
/** Of documents as JSON; made ready they take some times as much. */
const MOST_BYTES = 32_000_000;

/**
 * What was published, made ready to be walked and kept: a survey is read for each page that anybody opens, and changes
 * seldom. A version never changes; which one is open is asked again each second.
 */
export class PublishedSurveys {
  readonly #house: Pick<House, 'records' | 'clock' | 'vault'>;
  readonly #rows = new Map<
    string,
    { readonly row: SurveyAskedRow; readonly secret: string; readonly readAt: number }
  >();
  readonly #versions = new Map<string, { readonly survey: Survey; readonly bytes: number }>();
  #bytes = 0;

  constructor(house: Pick<House, 'records' | 'clock' | 'vault'>) {
    this.#house = house;
  }

  /** Null where there is none at this address, or none that was ever published. */
  async bySlug(slug: string): Promise<Published | null> {
    const now = this.#house.clock.now().getTime();
    let kept = this.#rows.get(slug);
    if (kept === undefined || now - kept.readAt >= FRESH_MS || now < kept.readAt) {
      this.#rows.delete(slug);
      const row = await selectBySlug(this.#house.records.db, slug);
      // Of addresses where there is nothing nothing is kept: there are as many as somebody likes to try.
      if (row === null) return null;
      kept = { row, secret: secretOf(this.#house, row), readAt: now };
      this.#rows.set(slug, kept);
      if (this.#rows.size > MOST_ROWS) this.#rows.delete(oldestOf(this.#rows) ?? slug);
    }
    const { row, secret } = kept;
    if (row.version === null) return null;
    const survey = await this.version(row.id, row.version);
    return survey === null ? null : { row, version: row.version, survey, secret };
  }

  /** Of the versions that were asked for last as many are kept as there is room for. */
  async version(surveyId: string, version: number): Promise<Survey | null> {
    const key = `${surveyId} ${version}`;
    const kept = this.#versions.get(key);
    if (kept !== undefined) {
      this.#versions.delete(key);
      this.#versions.set(key, kept);
      return kept.survey;
    }
    const document = await selectVersion(this.#house.records.db, surveyId, version);
    if (document === null) return null;
    const survey = prepare(document);
    const bytes = JSON.stringify(document).length;
    if (!this.#versions.has(key)) this.#bytes += bytes;
    this.#versions.set(key, { survey, bytes });
    while (this.#bytes > MOST_BYTES && this.#versions.size > 1) {
      const oldest = oldestOf(this.#versions) ?? '';
      this.#bytes -= this.#versions.get(oldest)?.bytes ?? 0;
      this.#versions.delete(oldest);
    }
    return survey;
  }

  /** After a change made by this process. */
  forget(slug: string): void {
    this.#rows.delete(slug);
  }
}

function oldestOf(kept: ReadonlyMap<string, unknown>): string | undefined {
  return kept.keys().next().value;
}
