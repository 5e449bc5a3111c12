import type { Db, Records } from './ports.ts';

/**
 * The store as one transaction sees it: what is read, written and called a transaction of its own belongs to that one, and
 * takes no second connection while it holds the first.
 */
export function within(records: Records, tx: Db): Records {
  return { ...records, db: tx, transaction: (work) => work(tx) };
}
