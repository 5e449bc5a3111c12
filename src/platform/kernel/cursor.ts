import { fromFactsTimeMs } from '@touchstone/domain/calendar';
import { z } from 'zod';
import { badInput } from './problem.ts';

/** A moment within a cursor, as the facts store writes and takes it: `2026-11-22 10:00:00.000`. */
export const cursorMoment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3}$/)
  .refine((text) => !Number.isNaN(fromFactsTimeMs(text)));

/** Where a page ended, as text for the next request. */
export function writeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Throws Problem `bad-input` when it is no cursor of this listing. */
export function readCursor<T>(shape: z.ZodType<T>, cursor: string): T {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw badInput('cursor', cursor, 'This is no cursor of this listing.', 'Take nextCursor of the page before.');
  }
}
