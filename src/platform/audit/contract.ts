import { z } from 'zod';
import { instant, operation, pageInput, pageOf } from '../kernel/contract.ts';
import { CALLER_KINDS, ENTRY_KINDS } from './vocabulary.ts';

export const changedField = z.object({
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const auditEntry = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum(ENTRY_KINDS),
  /** `people.get`, or a route: `GET /api/v1/journal/rejected.ndjson`. */
  operation: z.string(),
  object: z.object({ kind: z.string(), id: z.string() }),
  /** Names of the fields that were sent. */
  fields: z.array(z.string()),
  changes: z.array(changedField),
  by: z.object({ kind: z.enum(CALLER_KINDS), id: z.string(), name: z.string() }),
  address: z.string(),
  requestId: z.string(),
  times: z.number().int(),
});

/** What narrows a listing and an export alike. */
export const auditFilter = z.object({
  kind: z.enum(ENTRY_KINDS).optional(),
  /** A member's, user's or key's id, or any part of their e-mail or name. */
  by: z.string().max(254).optional(),
  objectId: z.string().max(200).optional(),
  /** The beginning of an operation's name: `people.` */
  operation: z.string().max(120).optional(),
  from: instant.optional(),
  to: instant.optional(),
});

export const auditContract = {
  list: operation({
    method: 'GET',
    path: '/audit',
    permission: 'audit:read',
    audit: { look: 'audit log' },
    summary: 'Changes and looks at persons, newest first',
    description:
      'All of them as a file: GET /api/v1/audit/entries.csv, .ndjson, .xlsx or .parquet, with the same filter',
  })
    .input(auditFilter.extend(pageInput))
    .output(pageOf(auditEntry)),
};

export type AuditEntry = z.infer<typeof auditEntry>;
export type AuditFilter = z.infer<typeof auditFilter>;
export type ChangedField = z.infer<typeof changedField>;
