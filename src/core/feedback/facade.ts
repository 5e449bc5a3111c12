import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { NAMESPACE, uuidV5 } from '../../platform/kernel/ids.ts';
import { mapInTurns } from '../../platform/kernel/turns.ts';
import { type Classifier, compileRules, loadRules } from '../catalogue/facade.ts';
import { answerOf } from './answers.ts';
import { deleteOrigin, deleteReplaced, identitiesOfOrders, insertFeedback, settleOrderIdentities } from './facts.ts';
import { selectStanding } from './facts/standing.ts';
import { identifyRows } from './identify.ts';
import { type FeedbackSource, SCALES } from './vocabulary.ts';

export { answerKey } from './answers.ts';
export { identifyRows, type NamedRow } from './identify.ts';
export { answersOfOrder } from './items.ts';
export { searchPattern } from './search.ts';

/** One typed answer on its way in. Times are `YYYY-MM-DD hh:mm:ss.mmm` in UTC. */
export interface FeedbackInput {
  /** The same key in a workspace is the same answer for ever: its id is the UUIDv5 of both. `reviews\n<review id>\n<order id>`, say. */
  readonly key: string;
  readonly at: string;
  readonly source: FeedbackSource;
  /** Surveys have more than those that events may name. */
  readonly instrument: string;
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
  /** Where it was given, as who asked it knows: an id of the catalogue, which stands before the rules. Any other says nothing. */
  readonly touchpoint?: string;
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
type Place = Pick<Workspace, 'id'>;

export interface PutFeedback {
  /** `http`, or the id of the import that brings them. */
  readonly origin: string;
  /** The same token inserts once (`imp_…:12`): a chunk that is repeated after a crash changes nothing. */
  readonly token: string;
  /** These may have been put before, longer ago than a token is remembered: what stands there is left as it is. */
  readonly again?: boolean;
}

/** The id an answer has for ever. */
export function feedbackId(workspaceId: string, key: string): string {
  return uuidV5(NAMESPACE, `${workspaceId}\nfeedback\n${key}`);
}

/** Some shops give one id to the reviews of several orders: those were not given together. */
function responseOf({ responseId = '', orderId = '' }: FeedbackInput): string {
  return responseId === '' || orderId === '' ? responseId : `${responseId} ${orderId}`;
}

/** Under the columns' names. What is found out later is empty. */
function storedRow(workspaceId: string, row: FeedbackInput, identityNo: number, origin: string) {
  const usual = Object.hasOwn(SCALES, row.instrument) ? SCALES[row.instrument] : undefined;
  const scored = row.score !== undefined;
  return {
    workspace: workspaceId,
    feedback_id: feedbackId(workspaceId, row.key),
    response_id: responseOf(row),
    identity_no: identityNo,
    user_id: row.userId ?? '',
    at: row.at,
    source: row.source,
    origin,
    instrument: row.instrument,
    survey_id: row.surveyId ?? '',
    survey_version: row.surveyVersion ?? 0,
    question_id: row.questionId ?? '',
    item_id: row.itemId ?? '',
    loop_key: row.loopKey ?? '',
    score: row.score ?? null,
    scale_min: scored ? (row.scaleMin ?? usual?.low ?? null) : null,
    scale_max: scored ? (row.scaleMax ?? usual?.high ?? null) : null,
    choices: row.choices ?? [],
    text: row.text ?? '',
    language: row.language ?? '',
    order_id: row.orderId ?? '',
    case_id: row.caseId ?? '',
    location_id: row.locationId ?? '',
    staff_id: row.staffId ?? '',
    channel: row.channel ?? '',
    given_touchpoint: row.touchpoint ?? '',
    props: JSON.stringify(row.props ?? {}),
    weight: row.weight ?? 1,
    verified: row.verified === true ? 1 : 0,
    journal_seq: row.journalSeq ?? 0,
    order_identity_no: 0,
    touchpoint: '',
    stage: '',
    rules_version: 0,
  };
}

/** Sets what is found out of a row: where it was given, and whose its order is. In place, for there are many. */
function place(row: ReturnType<typeof storedRow>, rules: Classifier, owners: ReadonlyMap<string, number>): void {
  const { touchpoint, stage } = rules.classify('feedback', row);
  row.touchpoint = touchpoint;
  row.stage = stage;
  row.rules_version = rules.version;
  if (row.identity_no === 0) row.order_identity_no = owners.get(row.order_id) ?? 0;
}

/**
 * Writes answers: allots identities, finds touchpoint and stage, the one given or else by the catalogue's rules, and joins
 * those without a person to their order's. An answer that stood there with the same key from another origin is replaced.
 */
export async function putFeedback(
  house: Stores,
  workspace: Place,
  rows: readonly FeedbackInput[],
  options: PutFeedback,
): Promise<void> {
  if (rows.length === 0) return;
  const { origin, token, again = false } = options;
  const numbers = await identifyRows(house, workspace.id, rows, origin);
  const stored = await mapInTurns(rows, (row, i) => storedRow(workspace.id, row, numbers[i] ?? 0, origin));
  const orderIds = stored.filter((r) => r.identity_no === 0 && r.order_id !== '').map((r) => r.order_id);
  const owners = await identitiesOfOrders(house.facts, workspace.id, orderIds);
  const rules = compileRules(await loadRules(house, workspace.id));
  await mapInTurns(stored, (row) => place(row, rules, owners));
  const ids = stored.map((row) => row.feedback_id);
  await deleteReplaced(house.facts, workspace.id, ids, origin);
  const standing = again ? await selectStanding(house.facts, workspace.id, ids, origin) : new Set();
  const missing = stored.filter((row) => !standing.has(row.feedback_id));
  await insertFeedback(house.facts, missing, `${workspace.id}:${token}`);
  // An order that came between the look at owners and the insert has found nothing to settle.
  await settleOrderIdentities(house.facts, workspace.id, orderIds);
}

/** Writes the answers that events carry (ANSWER_EVENTS; others are passed over). Returns how many there were. */
export async function putAnswerEvents(
  house: Stores,
  workspace: Place,
  events: readonly AnswerEvent[],
  options: PutFeedback,
): Promise<number> {
  const rows = events.flatMap((event) => answerOf(event) ?? []);
  await putFeedback(house, workspace, rows, options);
  return rows.length;
}

/** Takes away all that one import brought, or these keys of it. To make earlier versions current again, put them with a new token. */
export function removeFeedback(
  house: Pick<House, 'facts'>,
  workspace: Place,
  what: { readonly origin: string; readonly keys?: readonly string[] },
): Promise<void> {
  const ids = what.keys?.map((key) => feedbackId(workspace.id, key));
  return deleteOrigin(house.facts, workspace.id, what.origin, ids);
}

/**
 * Gives every answer that does not itself say whose it is its order's identity, as the order stands now. `projectOrders` does
 * it; nobody else needs to.
 */
export function settleFeedback(
  house: Pick<House, 'facts'>,
  workspace: Place,
  orderIds: readonly string[] | 'all',
): Promise<void> {
  return settleOrderIdentities(house.facts, workspace.id, orderIds);
}
