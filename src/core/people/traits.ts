import { z } from 'zod';
import { storable } from './keys.ts';

/** What one source says of one identity: trait to its value and the Unix ms it was said. Null: taken away. */
export type SaidTraits = Readonly<Record<string, readonly [value: unknown, at: number]>>;

export const saidTraits: z.ZodType<SaidTraits> = z.record(z.string(), z.tuple([z.unknown(), z.number()]).readonly());

/** Traits as they were said at a moment, in the shape they are kept. */
export function said(traits: Readonly<Record<string, unknown>>, atMs: number): SaidTraits {
  const kept: Record<string, readonly [unknown, number]> = {};
  for (const [trait, value] of Object.entries(traits)) {
    if (value !== undefined) kept[storable(trait)] = [storableValue(value), atMs];
  }
  return kept;
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(storableValue);
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [storable(k), storableValue(v)]));
}

/** Both together: per trait the later holds, and on a tie the greater value, so that order of arrival decides nothing. */
export function laterOf(a: SaidTraits, b: SaidTraits): SaidTraits {
  const kept: Record<string, readonly [unknown, number]> = { ...a };
  for (const [trait, claim] of Object.entries(b)) {
    const other = Object.hasOwn(kept, trait) ? kept[trait] : undefined;
    if (other === undefined || claim[1] > other[1] || (claim[1] === other[1] && spelled(claim) > spelled(other))) {
      kept[trait] = claim;
    }
  }
  return kept;
}

function spelled(claim: readonly [unknown, number]): string {
  return JSON.stringify(claim[0]) ?? '';
}

/** What holds once all is said, in order of name; what was taken away is gone. */
export function holding(all: SaidTraits): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, [value]]) => value !== null)
      .map(([trait, [value]]) => [trait, value] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The name a person's traits give: `name`, or first and last name in any usual spelling; '' without. */
export function nameOf(traits: Readonly<Record<string, unknown>>): string {
  const text = (...keys: readonly string[]): string => {
    const found = keys
      .map((k) => (Object.hasOwn(traits, k) ? traits[k] : ''))
      .find((v) => typeof v === 'string' && v.trim() !== '');
    return typeof found === 'string' ? found.trim() : '';
  };
  return (
    text('name', 'fullName', 'full_name') ||
    `${text('firstName', 'first_name')} ${text('lastName', 'last_name')}`.trim()
  );
}
