import type { z } from 'zod';
import { badInput } from '../../platform/kernel/problem.ts';

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

/** `2026-11-22 10:00:00.000` of the facts store as RFC 3339. */
export function instant(stored: string): string {
  return `${stored.replace(' ', 'T')}Z`;
}
