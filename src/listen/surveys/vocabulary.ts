import type { FileKind } from '../../platform/files/kinds.ts';

/** `open`: its address takes answers. `closed`: it took them once. */
export const SURVEY_STATES = ['draft', 'open', 'closed'] as const;
export type SurveyState = (typeof SURVEY_STATES)[number];

/**
 * How far a response is. `open`: it may be gone on with. `partial`: the time for that is over. `screenedOut` and
 * `overQuota`: the survey itself ended it.
 */
export const RESPONSE_STATES = ['open', 'complete', 'screenedOut', 'overQuota', 'partial'] as const;
export type ResponseState = (typeof RESPONSE_STATES)[number];

/** Days within which a response may be gone on with. */
export const RESUME_DAYS = { usual: 7, most: 90 } as const;

export const MOST_SURVEYS = 1_000;
export const MOST_NAME_LETTERS = 120;
/** Of answers and hidden fields of one response, as JSON. */
export const RESPONSE_BYTES = 200_000;
/** Most values a link may carry, and how long each and the whole address may be. */
export const LINK = { values: 40, letters: 500, addressLetters: 6_000 } as const;
/** Of a logo: an address, or a small picture itself as a `data:` address, which every page then carries. */
export const MOST_LOGO_LETTERS = 30_000;

/**
 * Why a response may be none of a person: a field that nobody sees was filled in; it was handed in faster than anybody
 * reads; its form was not one of ours; so many came from one address, and this one without the work that was asked of it.
 */
export const SUSPICIONS = ['trap', 'fast', 'form', 'many'] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

/** What keeps programs from answering in great numbers; all of it of one address. */
export const GUARD = {
  /** Responses begun within a minute: without work, and with it. */
  begun: { plain: 60, worked: 600 },
  /** So many within a minute are a crowd: work grows, and who did none is marked. */
  crowd: 20,
  /** Of work: 2^8 hashes take a telephone some hundredths of a second, 2^16 some seconds. */
  bits: { usual: 8, most: 16 },
  /** Of forms. */
  bytesAMinute: 8_000_000,
  /** Nobody reads and answers faster: before the first answer, and for each further one. */
  fastMs: { first: 600, each: 300 },
} as const;

/** Files of respondents: what is taken of them, whatever a question says besides. */
export const FILES = {
  /** What a telephone makes and an office writes; nothing that runs. */
  kinds: ['png', 'jpeg', 'gif', 'webp', 'pdf', 'zip', 'text'] satisfies FileKind[] as readonly FileKind[],
  /** Of one, where its question says nothing. */
  usualBytes: 10_000_000,
  /** Of a page with all its files. */
  formBytes: 32_000_000,
  /** From one address within a minute. */
  bytesAMinute: 100_000_000,
  /** Pages with files that are read at the same time. */
  atOnce: 4,
  /** Of one address among them. */
  atOnceOfOne: 2,
  /** On a page. */
  most: 50,
  /** Of a form, files and fields. */
  parts: 20_000,
  /** Until all of a form with files has to be there. */
  readMs: 120_000,
  nameLetters: 200,
  sweptAtOnce: 500,
} as const;
/** Of a survey's file of another program. */
export const IMPORT_BYTES = 8_000_000;
