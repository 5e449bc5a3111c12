import type { AnswerEvent, FeedbackInput } from './facade.ts';
import { ANSWER_EVENTS, type FeedbackSource, type Instrument, INSTRUMENTS } from './vocabulary.ts';

type Props = Readonly<Record<string, unknown>>;

function propsOf(event: AnswerEvent): Props {
  if (typeof event.props !== 'string') return event.props;
  const parsed: unknown = event.props === '' ? {} : JSON.parse(event.props);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? Object.fromEntries(Object.entries(parsed))
    : {};
}

function text(props: Props, ...keys: string[]): string | undefined {
  for (const key of keys) {
    const value = props[key];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

function number(props: Props, ...keys: string[]): number | undefined {
  for (const key of keys) {
    const value = props[key];
    const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof read === 'number' && Number.isFinite(read)) return read;
  }
  return undefined;
}

/** What its column can hold; anything else would keep the answers beside it from being written. */
function versionOf(props: Props): number | undefined {
  const version = number(props, 'survey_version', 'surveyVersion');
  return version !== undefined && Number.isInteger(version) && version >= 0 && version < 2 ** 32 ? version : undefined;
}

function choicesOf(props: Props): string[] {
  const listed = props['choices'];
  return Array.isArray(listed) ? listed.filter((c): c is string => typeof c === 'string') : [];
}

function instrumentOf(props: Props, scored: boolean, chosen: boolean): Instrument {
  const said = text(props, 'instrument')?.toLowerCase();
  const known = INSTRUMENTS.find((instrument) => instrument === said);
  if (known !== undefined) return known;
  if (scored) return 'rating';
  return chosen ? 'choice' : 'text';
}

const OWN_KEYS = new Set([
  ...['score', 'rating', 'value', 'scale_min', 'scaleMin', 'scale_max', 'scaleMax', 'instrument', 'choices'],
  ...['text', 'comment', 'review_body', 'body', 'message', 'language', 'verified', 'order_id', 'orderId'],
  ...[
    'survey_id',
    'surveyId',
    'survey_version',
    'surveyVersion',
    'question_id',
    'questionId',
    'response_id',
    'responseId',
  ],
  ...['item_id', 'itemId', 'product_id', 'productId'],
]);

/** The key of the answer an event carries. */
export function answerKey(eventId: string): string {
  return `event\n${eventId}`;
}

/**
 * The answer an event carries, under the names the Segment spec gives "Product Reviewed" (`rating`, `review_body`,
 * `product_id`) and our own; undefined where it is no answer, or says neither a score, a choice nor a word.
 */
export function answerOf(event: AnswerEvent): FeedbackInput | undefined {
  const source: FeedbackSource | undefined = ANSWER_EVENTS[event.name];
  if (source === undefined) return undefined;
  const props = propsOf(event);
  const score = number(props, 'score', 'rating', 'value');
  const choices = choicesOf(props);
  const words = text(props, 'text', 'comment', 'review_body', 'body', 'message');
  if (score === undefined && choices.length === 0 && words === undefined) return undefined;
  return {
    key: answerKey(event.event_id),
    at: event.at,
    source,
    instrument: instrumentOf(props, score !== undefined, choices.length > 0),
    choices,
    verified: props['verified'] === true,
    journalSeq: Number(event.journal_seq),
    props: Object.fromEntries(Object.entries(props).filter(([key]) => !OWN_KEYS.has(key))),
    score,
    scaleMin: number(props, 'scale_min', 'scaleMin'),
    scaleMax: number(props, 'scale_max', 'scaleMax'),
    text: words,
    language: text(props, 'language'),
    identityNo: event.identity_no === 0 ? undefined : event.identity_no,
    userId: event.user_id,
    orderId: event.order_id === '' ? text(props, 'order_id', 'orderId') : event.order_id,
    responseId: text(props, 'response_id', 'responseId'),
    surveyId: text(props, 'survey_id', 'surveyId'),
    surveyVersion: versionOf(props),
    questionId: text(props, 'question_id', 'questionId'),
    itemId: text(props, 'item_id', 'itemId', 'product_id', 'productId'),
    caseId: event.case_id,
    locationId: event.location_id,
    staffId: event.staff_id,
    channel: event.channel,
  };
}
