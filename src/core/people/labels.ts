import { selectLabels } from './records/reading.ts';
import type { PeopleHouse, PersonLabel } from './shapes.ts';

/** Labels of persons by number; unknown numbers are left out. */
export async function personLabels(
  house: PeopleHouse,
  workspaceId: string,
  personNos: readonly number[],
): Promise<Map<number, PersonLabel>> {
  const rows = await selectLabels(house.records.db, workspaceId, personNos);
  return new Map(rows.map((r) => [r.person_no, { id: r.id, label: r.label }]));
}
