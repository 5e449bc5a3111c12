import { z } from 'zod';
import { SUSPICIONS } from './vocabulary.ts';

/** As one text they were kept at first. */
export const onceMarks = z.union([z.array(z.string()), z.string().transform((mark) => [mark])]).nullable();

const values = z.record(z.string(), z.string());

/** Who somebody is and what it is about, as a signed link said it. */
export const personSaid = z.object({
  userId: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  orderId: z.string().optional(),
  caseId: z.string().optional(),
  locationId: z.string().optional(),
  staffId: z.string().optional(),
  traits: values.default({}),
});
export type PersonSaid = z.infer<typeof personSaid>;

/** What a code stands for: where it hangs, or what it lies in. */
export const hung = z.object({
  touchpoint: z.string().optional(),
  locationId: z.string().optional(),
  /** A table, a door, a shelf: in words. */
  place: z.string().optional(),
  orderId: z.string().optional(),
});
export type Hung = z.infer<typeof hung>;

/** The hidden fields that a code fills, and what of it each holds. */
const STAMPS = {
  touchpoint: 'touchpoint',
  location_id: 'locationId',
  place: 'place',
  order_id: 'orderId',
} as const satisfies Readonly<Record<string, keyof Hung>>;

/** What a code says, as the hidden fields it fills. */
export function stampOf(said: Hung = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(STAMPS).flatMap(([field, name]) => (said[name] === undefined ? [] : [[field, said[name]]])),
  );
}

/** Without what only a signature may say: anybody writes an address. */
export function unsigned(hidden: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(hidden).filter(([field]) => !Object.hasOwn(STAMPS, field)));
}

/** What a response knows beside its answers. */
export const around = z.object({
  language: z.string(),
  /** What its shuffles are made of. */
  seed: z.string(),
  hidden: values,
  /** Null where nobody is known, and always in an anonymous survey. */
  person: personSaid.nullable(),
  /** Of who may answer once, until it has ended: the marks it will leave, one for each name they came with. */
  once: onceMarks,
  /** Why somebody may want to look at it: filled in by a program, perhaps. */
  suspect: z.array(z.enum(SUSPICIONS)).default([]),
  /** Where the code hung by which they came: as its signature said. */
  hung: hung.nullable().default(null),
});
export type Around = z.infer<typeof around>;
