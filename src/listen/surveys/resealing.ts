import type { House } from '../../platform/house/house.ts';
import { selectSecrets, updateSecret } from './records/surveys.ts';
import { resealed } from './secrets.ts';

/** Seals every survey's secret by the present key. Answers how many. */
export async function resealSurveys({ records }: House, vault: House['vault']): Promise<number> {
  const kept = await selectSecrets(records.db);
  for (const one of kept) await updateSecret(records.db, one.id, resealed(vault, one));
  return kept.length;
}
