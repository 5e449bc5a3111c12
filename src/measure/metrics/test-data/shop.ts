import { chance, integer, pick, seeded } from '@touchstone/domain/random';
import type { Facts } from '../../../platform/stores/ports.ts';

/** A delivered or undelivered order of a made-up shop; times in UTC, milliseconds since 1970. */
export interface ShopOrder {
  readonly id: string;
  readonly person: number;
  readonly placedMs: number;
  readonly promised: string | null;
  readonly deliveredMs: number | null;
  readonly returnedMs: number | null;
  readonly categories: readonly string[];
  readonly payment: string;
}

/** An answer about an order, or about none. */
export interface ShopAnswer {
  readonly id: string;
  /** 0: nobody known. */
  readonly person: number;
  readonly atMs: number;
  readonly instrument: 'rating' | 'nps' | 'csat' | 'ces' | 'text';
  readonly score: number | null;
  readonly scale: readonly [number, number] | null;
  readonly response: string;
  readonly order: string;
  readonly stage: string;
  readonly channel: string;
  readonly touchpoint: string;
  /** A property of the answer's own. */
  readonly device: string;
  readonly text: string;
}

export interface MadeUpShop {
  readonly orders: readonly ShopOrder[];
  readonly answers: readonly ShopAnswer[];
  /** State of each person. */
  readonly states: ReadonlyMap<number, string>;
}

export const FIRST_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

/** Half a year of orders and answers of 300 people; lateness costs stars. The same every time. */
export function madeUpShop(): MadeUpShop {
  const random = seeded('metrics');
  const states = new Map<number, string>();
  for (let person = 1; person <= 300; person++)
    if (chance(random, 0.9)) states.set(person, pick(random, ['SP', 'RJ', 'AM']));
  const orders: ShopOrder[] = [];
  const answers: ShopAnswer[] = [];
  for (let i = 0; i < 1200; i++) {
    const person = chance(random, 0.05) ? 0 : integer(random, 1, 300);
    const placedMs = FIRST_MS + integer(random, 0, 179) * DAY_MS + integer(random, 0, DAY_MS - 1);
    const days = integer(random, 1, 14);
    const delivered = chance(random, 0.9);
    const deliveredMs = delivered ? placedMs + days * DAY_MS + integer(random, 0, DAY_MS) : null;
    const slow = states.get(person) === 'AM' ? 7 : 11;
    const order: ShopOrder = {
      id: `o${i}`,
      person,
      placedMs,
      promised: chance(random, 0.95) ? new Date(placedMs + slow * DAY_MS).toISOString().slice(0, 10) : null,
      deliveredMs,
      returnedMs: deliveredMs !== null && chance(random, 0.08) ? deliveredMs + 3 * DAY_MS : null,
      categories: pick(random, [['toys'], ['toys', 'books'], ['books'], []]),
      payment: pick(random, ['card', 'cash', 'voucher']),
    };
    orders.push(order);
    if (!chance(random, 0.7)) continue;
    const atMs = (deliveredMs ?? placedMs) + integer(random, 0, 5 * DAY_MS);
    const late = days >= slow;
    const instrument = pick(random, ['rating', 'rating', 'rating', 'nps', 'csat', 'ces', 'text'] as const);
    const tops = { rating: 5, nps: 10, csat: 5, ces: 7, text: 1 } as const;
    const top = tops[instrument];
    const score = Math.max(instrument === 'nps' ? 0 : 1, top - integer(random, 0, late ? top - 1 : 2));
    answers.push({
      id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      person: chance(random, 0.1) ? 0 : person,
      atMs,
      instrument,
      score: instrument === 'text' || chance(random, 0.03) ? null : chance(random, 0.02) ? 99 : score,
      scale: instrument === 'nps' || chance(random, 0.5) ? null : [1, top],
      response: chance(random, 0.2) ? `r${Math.floor(i / 3)}` : '',
      order: order.id,
      stage: pick(random, ['stg_delivery', 'stg_use', '']),
      channel: pick(random, ['web', 'email']),
      touchpoint: ['tch_page', 'tch_mail', ''][i % 3] ?? '',
      device: ['phone', 'desk', '', 'phone'][i % 4] ?? '',
      text: chance(random, 0.4) ? pick(random, ['Came late, SAD', 'lovely', "it's 100% fine", 'دیر رسید']) : '',
    });
  }
  return { orders, answers, states };
}

const time = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString().slice(0, 23).replace('T', ' ');

/** Puts it straight into the facts store, as the core capabilities would. */
export async function putShop(facts: Facts, workspace: string, shop: MadeUpShop): Promise<void> {
  await facts.insert(
    'orders',
    shop.orders.map((o) => ({
      workspace,
      order_id: o.id,
      identity_no: o.person,
      placed: time(o.placedMs),
      promised: o.promised,
      delivered: time(o.deliveredMs),
      returned: time(o.returnedMs),
      status: o.deliveredMs === null ? 'shipped' : 'delivered',
      categories: o.categories,
      props: JSON.stringify({ payment_type: o.payment, payment_again: o.payment, number: o.id }),
      version: '1',
    })),
  );
  await facts.insert(
    'feedback',
    shop.answers.map((a) => ({
      workspace,
      feedback_id: a.id,
      response_id: a.response,
      identity_no: a.person,
      at: time(a.atMs),
      source: a.instrument === 'rating' ? 'review' : 'survey',
      origin: 'http',
      instrument: a.instrument,
      score: a.score,
      scale_min: a.scale?.[0] ?? null,
      scale_max: a.scale?.[1] ?? null,
      text: a.text,
      order_id: a.order,
      channel: a.channel,
      touchpoint: a.touchpoint,
      stage: a.stage,
      props: JSON.stringify(a.device === '' ? {} : { device: a.device }),
    })),
  );
  await facts.insert(
    'person_traits',
    [...shop.states].map(([person, state]) => ({
      workspace,
      person_no: person,
      traits: JSON.stringify({ state }),
      version: '1',
    })),
  );
}
