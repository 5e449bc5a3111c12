import { z } from 'zod';

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

/** What a response knows beside its answers. */
export const around = z.object({
  language: z.string(),
  /** What its shuffles are made of. */
  seed: z.string(),
  hidden: values,
  /** Null where nobody is known, and always in an anonymous survey. */
  person: personSaid.nullable(),
  /** Of who may answer once, until it has ended: the mark it will leave. */
  once: z.string().nullable(),
});
export type Around = z.infer<typeof around>;
