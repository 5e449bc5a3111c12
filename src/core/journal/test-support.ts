import type { Db } from '../../platform/stores/ports.ts';
import type { DrainHouse } from './identities.ts';

/** The power goes: nothing after it happens. */
class Cut extends Error {}

const STATEMENTS = new Set(['select', 'selectDistinct', 'selectDistinctOn', 'insert', 'update', 'delete', 'execute']);

/** A house in which the power goes before the nth statement to either store; after an insert into the facts counts as one. */
export function cutAt(
  house: DrainHouse,
  statement: number,
): { readonly house: DrainHouse; readonly happened: boolean } {
  let count = 0;
  let happened = false;
  const tick = () => {
    if (happened || ++count === statement) {
      happened = true;
      throw new Cut(`cut off at statement ${statement}`);
    }
  };
  const counted = (db: Db): Db =>
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
        db: counted(records.db),
        transaction: (work) => records.transaction((tx) => work(counted(tx))),
        ping: () => records.ping(),
      },
      facts: {
        ...facts,
        query: (row, sql, params, options) => before(() => facts.query(row, sql, params, options))(),
        command: before((sql, params, options) => facts.command(sql, params, options)),
        insert: async (table, rows, options) => {
          tick();
          await facts.insert(table, rows, options);
          tick();
        },
      },
    },
  };
}
