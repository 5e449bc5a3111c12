import { randomUUID } from 'node:crypto';
import { integer, seeded } from '@touchstone/domain/random';

/** What people do in a shop: names with how often of a hundred each is. */
const NAMES: readonly (readonly [name: string, share: number])[] = [
  ['Product Viewed', 58],
  ['Product List Viewed', 20],
  ['Product Added', 12],
  ['Checkout Started', 5],
  ['Cart Viewed', 3],
  ['Order Completed', 2],
];
const HUNDRED = NAMES.flatMap(([name, share]) => Array.from({ length: share }, () => name));
const PEOPLE = 50_000;

const random = seeded(20261122);
let made = 0;

interface Made {
  readonly n: number;
  readonly name: string;
  readonly user: number;
  readonly at: string;
}

function next(): Made {
  const n = made++;
  return {
    n,
    name: HUNDRED[integer(random, 0, 99)] ?? 'Product Viewed',
    user: integer(random, 1, PEOPLE),
    at: new Date().toISOString(),
  };
}

function propertiesOf({ n, name, user }: Made): string {
  if (name === 'Order Completed') {
    return `{"order_id":"order-${n}","revenue":${(user % 200) + 0.5},"currency":"EUR","payment_type":"card","products":[{"product_id":"p${user % 900}","quantity":1,"price":${(user % 200) + 0.5}}]}`;
  }
  return `{"product_id":"p${user % 900}","sku":"SKU-${user % 900}","category":"Lamps","name":"Desk lamp, oak and brass","brand":"Lark","price":${(user % 200) + 0.5},"position":${n % 24}}`;
}

function message(event: Made): string {
  return `{"type":"track","event":"${event.name}","userId":"user-${event.user}","messageId":"${randomUUID()}","timestamp":"${event.at}","context":{"library":{"name":"bench","version":"1.0.0"},"locale":"en-GB","page":{"url":"https://shop.example/p/${event.user % 900}"}},"properties":${propertiesOf(event)}}`;
}

export function batchBody(size: number): string {
  let body = '{"batch":[';
  for (let i = 0; i < size; i++) body += i === 0 ? message(next()) : `,${message(next())}`;
  return `${body}],"sentAt":"${new Date().toISOString()}"}`;
}

export function singleBody(): string {
  return message(next());
}

/** The same event as a row of the table, as the drain writes it. */
export function eventLine(): string {
  const event = next();
  const at = event.at.slice(0, 23).replace('T', ' ');
  return `{"workspace":"ws_bench","event_id":"${randomUUID()}","name":"${event.name}","at":"${at}","received_at":"${at}","source":"http","user_id":"user-${event.user}","channel":"web","url":"https://shop.example/p/${event.user % 900}","props":${propertiesOf(event)},"identity_no":${event.user},"journal_seq":${event.n},"rules_version":1,"touchpoint":"tp_0123456789abcdef0123456789abcdef","stage":"stg_0123456789abcdef0123456789abcdef"}`;
}
