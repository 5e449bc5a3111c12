import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { eventId } from '../../platform/kernel/ids.ts';
import { compileRules, loadRules } from '../catalogue/facade.ts';
import { answerKey, putAnswerEvents, removeFeedback } from '../feedback/facade.ts';
import { ANSWER_EVENTS } from '../feedback/vocabulary.ts';
import { allotIdentities, keyOf, type SeenKey } from '../people/facade.ts';
import { deleteImported, importedText, insertImported } from './facts/imported.ts';
import { deleteOrderEvents } from './facts/leaving.ts';
import { arrivalsKeptSince } from './keeping.ts';

export { arrivalsKeptSince } from './keeping.ts';

/** An event out of a file. Times are `YYYY-MM-DD hh:mm:ss.mmm` in UTC, money is a decimal string. */
export interface EventInput {
  /** The same key in a workspace is the same event for ever. */
  readonly key: string;
  readonly name: string;
  readonly at: string;
  /** By whom it is known: the best first. Nobody's where empty. */
  readonly identity?: SeenKey;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly sessionId?: string;
  readonly orderId?: string;
  readonly caseId?: string;
  readonly accountId?: string;
  readonly locationId?: string;
  readonly staffId?: string;
  readonly channel?: string;
  readonly url?: string;
  readonly value?: string;
  readonly currency?: string;
  readonly props: Readonly<Record<string, unknown>>;
}

export interface PutEvents {
  /** The id of the import that brings them. */
  readonly source: string;
  /** The same token inserts once. */
  readonly token: string;
  /** When they were received, as the facts store writes it. */
  readonly receivedAt: string;
}

type Stores = Pick<House, 'facts' | 'records' | 'clock'>;

/** The id an imported event has for ever. */
export function importedEventId(workspaceId: string, key: string): string {
  return eventId(workspaceId, `import\n${key}`);
}

/**
 * Writes events out of a file: allots identities, finds touchpoint and stage by the catalogue's rules, and writes the
 * answers some of them carry; all at once, also where they come part by part. Orders are the caller's to project. An earlier version from another import stays until
 * `removeEvents` takes it away.
 */
export async function putEvents(
  house: Stores,
  workspace: Pick<Workspace, 'id'>,
  rows: readonly EventInput[] | AsyncIterable<readonly EventInput[]>,
  { source, token, receivedAt }: PutEvents,
): Promise<void> {
  const classifier = compileRules(await loadRules(house, workspace.id));
  const lineOf = (row: EventInput, numberOf: ReadonlyMap<SeenKey, number>) => {
    const { identity } = row;
    return {
      workspace: workspace.id,
      event_id: importedEventId(workspace.id, row.key),
      identity_no: identity === undefined ? 0 : (numberOf.get(identity) ?? 0),
      user_id: row.userId ?? '',
      anonymous_id: row.anonymousId ?? '',
      name: row.name,
      at: row.at,
      received_at: receivedAt,
      session_id: row.sessionId ?? '',
      order_id: row.orderId ?? '',
      case_id: row.caseId ?? '',
      account_id: row.accountId ?? '',
      location_id: row.locationId ?? '',
      staff_id: row.staffId ?? '',
      channel: row.channel ?? '',
      url: row.url ?? '',
      value: row.value ?? null,
      currency: row.currency ?? '',
      props: row.props,
      source,
      journal_seq: 0,
    };
  };
  // Of a part that is written down only its text and its answers stay: what dies young costs next to nothing.
  const text: Buffer[] = [];
  const answers: ReturnType<typeof lineOf>[] = [];
  for await (const part of Symbol.asyncIterator in rows ? rows : [rows]) {
    const numberOf = await numbersOf(house, workspace.id, part, source);
    const lines = part.map((row) => lineOf(row, numberOf));
    text.push(...importedText(lines, (line) => classifier.classify('event', line), classifier.version));
    answers.push(...lines.filter((line) => Object.hasOwn(ANSWER_EVENTS, line.name)));
  }
  if (text.length === 0) return;
  await insertImported(house.facts, text, token);
  if (answers.length > 0) await putAnswerEvents(house, workspace, answers, { origin: source, token });
}

/** The number of each identity of the rows. Rows of one person may share it: then it is looked up once. */
async function numbersOf(
  house: Stores,
  workspaceId: string,
  rows: readonly EventInput[],
  source: string,
): Promise<Map<SeenKey, number>> {
  const seen = new Set(rows.flatMap(({ identity }) => identity ?? []));
  const numbers = await allotIdentities(house, workspaceId, [...seen], source);
  return new Map([...seen].map((key) => [key, numbers.get(keyOf(key)) ?? 0]));
}

/** Takes away the events one import brought, or these keys of it, and the answers they carried. */
export async function removeEvents(
  house: Stores,
  workspace: Pick<Workspace, 'id'>,
  what: { readonly source: string; readonly keys?: readonly string[] },
): Promise<void> {
  const ids = what.keys?.map((key) => importedEventId(workspace.id, key));
  await deleteImported(house.facts, workspace.id, what.source, ids);
  const answers = ids?.map(answerKey);
  await removeFeedback(house, workspace, { origin: what.source, ...(answers === undefined ? {} : { keys: answers }) });
}

/** Takes away the order events of orders that leave: those from before a moment that did not arrive lately. */
export function forgetOrderEvents(
  { facts, clock }: Pick<House, 'facts' | 'clock'>,
  workspaceId: string,
  orderIds: readonly string[],
  before: Date,
): Promise<void> {
  return deleteOrderEvents(facts, { workspaceId, before, arrivedBefore: arrivalsKeptSince(clock) }, orderIds);
}
