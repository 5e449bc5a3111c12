import { prepare, type Survey } from '@touchstone/domain/survey';
import type { House } from '../../platform/house/house.ts';
import { selectBySlug, selectVersion, type SurveyRow } from './records/surveys.ts';

/** A survey as whoever answers meets it. */
export interface Published {
  readonly row: SurveyRow;
  /** The version that new responses begin with. */
  readonly version: number;
  readonly survey: Survey;
}

/** How long another process's publishing or closing may go unnoticed. */
const FRESH_MS = 1_000;
const MOST_KEPT = 500;

/**
 * What was published, made ready to be walked and kept: a survey is read for each page that anybody opens, and changes
 * seldom. A version never changes; which one is open is asked again each second.
 */
export class PublishedSurveys {
  readonly #house: Pick<House, 'records' | 'clock'>;
  readonly #rows = new Map<string, { readonly row: SurveyRow | null; readonly readAt: number }>();
  readonly #versions = new Map<string, Survey>();

  constructor(house: Pick<House, 'records' | 'clock'>) {
    this.#house = house;
  }

  /** Null where there is none at this address, or none that was ever published. */
  async bySlug(slug: string): Promise<Published | null> {
    const now = this.#house.clock.now().getTime();
    let kept = this.#rows.get(slug);
    if (kept === undefined || now - kept.readAt >= FRESH_MS || now < kept.readAt) {
      kept = { row: await selectBySlug(this.#house.records.db, slug), readAt: now };
      keep(this.#rows, slug, kept);
    }
    const { row } = kept;
    if (row === null || row.version === null) return null;
    const survey = await this.version(row.id, row.version);
    return survey === null ? null : { row, version: row.version, survey };
  }

  async version(surveyId: string, version: number): Promise<Survey | null> {
    const key = `${surveyId} ${version}`;
    const kept = this.#versions.get(key);
    if (kept !== undefined) return kept;
    const document = await selectVersion(this.#house.records.db, surveyId, version);
    if (document === null) return null;
    const survey = prepare(document);
    keep(this.#versions, key, survey);
    return survey;
  }

  /** After a change made by this process. */
  forget(slug: string): void {
    this.#rows.delete(slug);
  }
}

/** The oldest leaves for the newest. */
function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key);
  kept.set(key, value);
  if (kept.size <= MOST_KEPT) return;
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}
