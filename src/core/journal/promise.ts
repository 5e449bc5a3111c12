import { isDay } from '@touchstone/domain/calendar';
import { ORDER_EVENTS, PROMISE_KEYS } from '../orders/vocabulary.ts';
import type { Fields } from './fields.ts';
import type { Wrong } from './moment.ts';

const FIRST_DAY = '1980-01-01';
const LAST_DAY = '2149-06-06';
const SHOWN_CHARS = 40;

/**
 * What is wrong with the promise of an event about an order, where it is certain that no order can have it. The event is taken all
 * the same: what else it says is true.
 */
export function wrongPromise({ name, props }: Fields): Wrong | undefined {
  if (!Object.hasOwn(ORDER_EVENTS, name)) return undefined;
  const key = PROMISE_KEYS.find((k) => isText(props[k])) ?? PROMISE_KEYS.find((k) => isSaid(props[k]));
  if (key === undefined) return undefined;
  const said = props[key];
  const why = isText(said) ? whyNoDay(said.trim()) : 'has to be a text';
  if (why === undefined) return undefined;
  const text = typeof said === 'string' ? said : JSON.stringify(said);
  const shown = text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
  const field = `properties.${key}`;
  const reason = `${field} "${shown}" ${why}, such as 2026-11-30. The event was taken, and its order has no promise by it: send Order Updated with the right day.`;
  return { field, reason };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Why a text is surely no day of a promise. How else it may be written is the facts store's to know. */
function whyNoDay(text: string): string | undefined {
  if (!/\d/.test(text)) return 'is no day';
  const [, day = '', rest = ''] = /^(\d{4,}-\d\d-\d\d)(.*)$/s.exec(text) ?? [];
  if (day === '') return undefined;
  if (day.length === 10 && !isDay(day)) return 'is no day';
  // A time close to the border may fall on another day in the workspace's zone.
  const isBeyond = rest === '' ? day < FIRST_DAY || day > LAST_DAY : day < '1979-12-31' || day > '2149-06-07';
  return isBeyond || day.length > 10 ? `is no day from ${FIRST_DAY} to ${LAST_DAY}` : undefined;
}
