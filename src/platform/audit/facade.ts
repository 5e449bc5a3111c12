import type { House } from '../house/house.ts';
import { newId } from '../kernel/ids.ts';
import type { Db } from '../stores/ports.ts';
import { bookOf, type Told } from './book.ts';
import { insertEntries } from './records.ts';

export type { Told } from './book.ts';

/** Writes an entry down. Changes are written when this resolves; looks are gathered, within a second. */
export async function tell(house: House, told: Told): Promise<void> {
  const book = bookOf(house);
  try {
    await (told.kind === 'change' ? book.change(told) : book.look(told));
  } catch (error) {
    // What was done is done, and is answered so; the entry waits until the store takes it.
    house.log.error({ error: error instanceof Error ? error : undefined }, 'an audit entry waits to be written');
  }
}

/** Writes an entry of a change in the transaction that makes it: both stand, or neither. */
export async function tellWithin(tx: Db, house: Pick<House, 'clock'>, told: Told): Promise<void> {
  await insertEntries(tx, [{ ...told, id: newId('auditEntry', house.clock), times: 1 }]);
}
