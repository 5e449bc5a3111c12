import { z } from 'zod';
import { instant, operation, pageInput, pageOf } from '../../platform/kernel/contract.ts';
import { columnProblem, counts, formatShape, importKind, importState, mappingShape } from './vocabulary.ts';

const rowProblem = z.object({
  /** A stable word: `not-a-date`, `out-of-scale` … */
  reason: z.string(),
  column: z.string(),
  value: z.string(),
  expected: z.string().optional(),
});

const previewRow = z.object({
  line: z.number().int(),
  /** Under the kind's field names and the properties' names. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  problems: z.array(rowProblem),
});

const previewShape = z.object({
  uploadId: z.string(),
  fileName: z.string(),
  bytes: z.number().int(),
  format: formatShape,
  /** The kind asked for, or the surest; null when none fits. */
  kind: importKind.nullable(),
  kinds: z.array(z.object({ kind: importKind, score: z.number() })),
  columns: z.array(
    z.object({
      name: z.string(),
      looksLike: z.string(),
      samples: z.array(z.string()),
      filled: z.number(),
      problem: columnProblem.nullable(),
    }),
  ),
  mapping: mappingShape.nullable(),
  /** Whether the mapping was saved by an earlier import of a file with these columns. */
  saved: z.boolean(),
  /** Lists of fields of which one is needed and none is mapped. */
  missing: z.array(z.array(z.string())),
  /** Sampled rows whose key an earlier, different row has. */
  repeatedKeys: z.number().int(),
  rows: z.array(previewRow),
});
export type Preview = z.infer<typeof previewShape>;

const importShape = z.object({
  id: z.string(),
  kind: importKind,
  fileName: z.string(),
  state: importState,
  /** Set once it has failed. */
  problem: z.string().nullable(),
  counts,
  bytes: z.number().int(),
  bytesRead: z.number().int(),
  /** What is left to read at the pace so far, in seconds. */
  secondsLeft: z.number().nullable(),
  mapping: mappingShape,
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** When content of its rows left by the workspace's retention: it cannot be undone any more. */
  rowsLeftAt: instant.nullable(),
  /** Whether its file is still there: `GET /api/v1/imports/{importId}/file`. */
  fileKept: z.boolean(),
});
export type ImportView = z.infer<typeof importShape>;

const badRow = z.object({ line: z.number().int(), problems: z.array(rowProblem), cells: z.array(z.string()) });

const byId = z.object({ importId: z.string().max(60) });
const read = { permission: 'imports:read' } as const;
const write = { permission: 'imports:write' } as const;

export const importsContract = {
  preview: operation({
    ...write,
    method: 'POST',
    path: '/imports/preview',
    audit: { look: 'uploaded file', id: 'uploadId' },
    summary: 'What a file holds: its kind, mapping and first rows',
    description: 'Without a kind it is guessed; without a mapping a saved one for these columns is taken, or a guess.',
  })
    .input(z.object({ uploadId: z.string().max(60), kind: importKind.optional(), mapping: mappingShape.optional() }))
    .output(previewShape),
  create: operation({
    ...write,
    method: 'POST',
    path: '/imports',
    audit: { change: 'import', id: 'id' },
    status: 201,
    summary: 'Prepare an import of an uploaded file',
    description: 'The mapping is saved for the next file with the same columns.',
  })
    .input(z.object({ uploadId: z.string().max(60), kind: importKind, mapping: mappingShape.optional() }))
    .output(importShape),
  start: operation({
    ...write,
    method: 'POST',
    path: '/imports/{importId}/start',
    audit: { change: 'import', id: 'importId' },
    status: 202,
    summary: 'Start an import',
  })
    .input(byId)
    .output(importShape),
  cancel: operation({
    ...write,
    method: 'POST',
    path: '/imports/{importId}/cancel',
    audit: { change: 'import', id: 'importId' },
    status: 202,
    summary: 'Stop an import; rows that are in stay in until it is undone',
  })
    .input(byId)
    .output(importShape),
  undo: operation({
    ...write,
    method: 'POST',
    path: '/imports/{importId}/undo',
    audit: { change: 'import', id: 'importId' },
    status: 202,
    summary: 'Take out what an import brought',
    description:
      'Rows it added are gone; of rows it changed the version before counts again. A row that a later file only repeated goes with the import that brought it. Not possible once retention has deleted the content of its rows, or of what was there before them.',
  })
    .input(byId)
    .output(importShape),
  list: operation({
    ...read,
    method: 'GET',
    path: '/imports',
    audit: { none: 'Names of files and counts.' },
    summary: 'Imports, newest first',
  })
    .input(z.object(pageInput))
    .output(pageOf(importShape)),
  get: operation({
    ...read,
    method: 'GET',
    path: '/imports/{importId}',
    audit: { none: 'The name of a file and counts.' },
    summary: 'One import and how far it is',
  })
    .input(byId)
    .output(importShape),
  errors: operation({
    ...read,
    method: 'GET',
    path: '/imports/{importId}/errors',
    audit: { look: 'rows of an import', id: 'importId' },
    summary: 'Rows that did not go in, by line',
    description: 'All of them as a file: GET /api/v1/imports/{importId}/errors.csv, .ndjson, .xlsx or .parquet',
  })
    .input(z.object({ ...byId.shape, ...pageInput }))
    .output(pageOf(badRow)),
};
