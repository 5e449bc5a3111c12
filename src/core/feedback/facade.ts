import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import type { FeedbackSource, Instrument } from './vocabulary.ts';

/** One typed answer on its way in. Times are `YYYY-MM-DD hh:mm:ss.mmm` in UTC. */
export interface FeedbackInput {
  /** The same key in a workspace is the same answer for ever: its id is the UUIDv5 of both. `reviews\n<review id>\n<order id>`, say. */
  readonly key: string;
  readonly at: string;
  readonly source: FeedbackSource;
  readonly instrument: Instrument;
  readonly score?: number;
  /** The scale's ends; the instrument's own where left out. */
  readonly scaleMin?: number;
  readonly scaleMax?: number;
  readonly choices?: readonly string[];
  readonly text?: string;
  /** BCP 47. */
  readonly language?: string;
  /** Where known already; else allotted from the first of user id, e-mail, phone, anonymous id. With none, the order tells whose it is. */
  readonly identityNo?: number;
  readonly userId?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly anonymousId?: string;
  readonly orderId?: string;
  readonly responseId?: string;
  readonly surveyId?: string;
  readonly surveyVersion?: number;
  readonly questionId?: string;
  readonly itemId?: string;
  readonly loopKey?: string;
  readonly caseId?: string;
  readonly locationId?: string;
  readonly staffId?: string;
  readonly channel?: string;
  readonly props?: Readonly<Record<string, unknown>>;
  readonly weight?: number;
  readonly verified?: boolean;
  readonly journalSeq?: number;
}

/** An event of the table `events`, as the journal inserts it; `props` is JSON text or what it says. */
export interface AnswerEvent {
  readonly event_id: string;
  readonly identity_no: number;
  readonly user_id: string;
  readonly name: string;
  readonly at: string;
  readonly order_id: string;
  readonly case_id: string;
  readonly location_id: string;
  readonly staff_id: string;
  readonly channel: string;
  readonly props: string | Readonly<Record<string, unknown>>;
  readonly journal_seq: number | string;
}

type Stores = Pick<House, 'facts' | 'records' | 'clock'>;

export interface PutFeedback {
  /** `http`, or the id of the import that brings them. */
  readonly origin: string;
  /** The same token inserts once (`imp_…:12`): a chunk that is repeated after a crash changes nothing. */
  readonly token: string;
}

/** The id an answer has for ever. */
export declare function feedbackId(workspaceId: string, key: string): string;

/**
 * Writes answers: allots identities, finds touchpoint and stage by the catalogue's rules, and joins those without a person
 * to their order's. An answer that stood there with the same key from another origin is replaced.
 */
export declare function putFeedback(
  house: Stores,
  workspace: Pick<Workspace, 'id'>,
  rows: readonly FeedbackInput[],
  options: PutFeedback,
): Promise<void>;

/** Writes the answers that events carry (ANSWER_EVENTS; others are passed over). Returns how many there were. */
export declare function putAnswerEvents(
  house: Stores,
  workspace: Pick<Workspace, 'id'>,
  events: readonly AnswerEvent[],
  options: PutFeedback,
): Promise<number>;

/** Takes away all that one import brought, or these keys of it. To make earlier versions current again, put them with a new token. */
export declare function removeFeedback(
  house: Stores,
  workspace: Pick<Workspace, 'id'>,
  what: { readonly origin: string; readonly keys?: readonly string[] },
): Promise<void>;
