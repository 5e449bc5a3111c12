import type { Localized, SurveyDocument } from '../document.ts';

/** A survey that is ready to be asked, in every language of the product, and what one has to know of it. */
export interface Instrument {
  readonly id: string;
  readonly name: Localized;
  readonly measures: Localized;
  /** When, and of whom, to ask it. */
  readonly when: Localized;
  /** Whose structure it is. The wording of the questions is our own where the source's is not free to use. */
  readonly structure: Localized;
  /** Papers and books the structure stands in, as one cites them. */
  readonly sources: readonly string[];
  /** Whose trademark its name is; null where it is nobody's that we know of. */
  readonly trademark: Localized | null;
  /** Nobody answers it honestly where names are kept. */
  readonly anonymous?: true;
  readonly document: SurveyDocument;
}

/** A text in the five languages. */
export function t(en: string, ru: string, pl: string, sl: string, fa: string): Localized {
  return { en, ru, pl, sl, fa };
}
