import { z } from 'zod';

/** What is kept sealed of an address: its query may hold a password as well. */
export const sealedShape = z.object({ url: z.string(), authorization: z.string().optional() });

export function sealedPlace(sourceId: string): string {
  return `import_sources/${sourceId}`;
}
