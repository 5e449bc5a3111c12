import { expect } from 'vitest';
import type { TestWorkspace, World } from '../../../test/support/world.ts';
import { eventId } from '../../platform/kernel/ids.ts';
import type { Db } from '../../platform/stores/ports.ts';
import type { DrainHouse } from './identities.ts';
import { storedMoment } from './moment.ts';
import { LINE_COLUMNS, type LineColumn } from './vocabulary.ts';

export { countOf, skus } from '../../../test/support/facts.ts';

export interface Message {
  readonly messageId: string;
  readonly type?: string;
  readonly event?: string;
  readonly [field: string]: unknown;
}

/** Sends a batch as an SDK would; all of it has to be taken. */
export async function send(world: World, shop: TestWorkspace, ...batch: readonly Message[]): Promise<void> {
  const response = await world.app.request('/v1/batch', {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${shop.writeKey}:`).toString('base64')}` },
    body: JSON.stringify({ batch }),
  });
  expect(await response.json()).toMatchObject({ accepted: batch.length, rejected: [] });
}

/** A message that names a product by its own id. */
export function seen(messageId: string, more: object = {}): Message {
  return { type: 'track', event: 'Product Viewed', userId: 'u1', messageId, properties: { sku: messageId }, ...more };
}

/** As the door would write it. */
export function lineOf(world: World, shop: TestWorkspace, sku: string, more: Partial<Record<LineColumn, string>> = {}) {
  const at = storedMoment(world.house.clock.now().getTime());
  const said = { workspace: shop.id, event_id: eventId(shop.id, sku), name: 'Seen', at, received_at: at, ...more };
  const columns: Partial<Record<LineColumn, string | null>> = { source: 'http', value: null, ...said };
  const head = JSON.stringify(LINE_COLUMNS.map((name) => columns[name] ?? (name === 'value' ? null : '')));
  return `t${head.slice(0, -1)}\t{"sku":"${sku}"}\n`;
}

/** The power goes: nothing after it happens. */
class Cut extends Error {}

const STATEMENTS = new Set(['select', 'selectDistinct', 'selectDistinctOn', 'insert', 'update', 'delete', 'execute']);

/**
 * A house in which the power goes before the nth statement to either store, where after an insert into the facts counts as
 * one; or, with `inserts`, after the nth insert.
 */
export function cutAt(
  house: DrainHouse,
  statement: number,
  counted: 'statements' | 'inserts' = 'statements',
): { readonly house: DrainHouse; readonly happened: boolean } {
  let count = 0;
  let happened = false;
  const tick = (what: typeof counted = 'statements') => {
    if (what === 'statements' && counted === 'inserts' && !happened) return;
    if (happened || ++count === statement) {
      happened = true;
      throw new Cut(`cut off at statement ${statement}`);
    }
  };
  const cutting = (db: Db): Db =>
    new Proxy(db, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          if (STATEMENTS.has(String(name))) tick();
          return Reflect.apply(value, target, args);
        };
      },
    });
  const { records, facts } = house;
  const before =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      tick();
      return work(...args);
    };
  return {
    get happened() {
      return happened;
    },
    house: {
      ...house,
      records: {
        ...records,
        db: cutting(records.db),
        transaction: (work) => records.transaction((tx) => work(cutting(tx))),
      },
      facts: {
        ...facts,
        query: (row, sql, params, options) => before(() => facts.query(row, sql, params, options))(),
        command: before((sql, params, options) => facts.command(sql, params, options)),
        insert: async (table, rows, options) => {
          tick();
          await facts.insert(table, rows, options);
          tick('inserts');
        },
      },
    },
  };
}
