import type { Facts } from '../stores/ports.ts';

/** Has rows that were deleted taken off the disk, in the background of the store. */
export async function clearDeleted(facts: Facts, table: string): Promise<void> {
  await facts.command(`ALTER TABLE ${table} APPLY DELETED MASK`, {}, { settings: { mutations_sync: 0 } });
}
