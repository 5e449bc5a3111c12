import { createHash } from 'node:crypto';
import {
  guessKinds,
  guessMapping,
  type ImportKind,
  type Mapping,
  REQUIRED,
  repeated,
  RowMapper,
} from '@touchstone/domain/tabular';
import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { badInput, notFound } from '../../platform/kernel/problem.ts';
import type { Preview } from './contract.ts';
import { selectMapping, selectUpload, type UploadRow } from './records.ts';
import { fileOf, inspect, type Inspected } from './source.ts';
import type { MappingShape } from './vocabulary.ts';

const PREVIEW_ROWS = 20;
const DAY_MS = 86_400_000;

/** Columns under one name, whatever their order. */
export function fingerprintOf(columns: readonly string[]): string {
  return createHash('sha256').update(columns.toSorted().join('\u0000')).digest('hex');
}

export interface Prepared {
  readonly upload: UploadRow;
  readonly inspected: Inspected;
  readonly kind: ImportKind | null;
  readonly mapping: MappingShape | null;
  readonly preview: Preview;
}

/** Looks at an upload: as asked, or as saved, or as guessed. Throws Problem for one that is not there or cannot be read. */
export async function prepare(
  house: House,
  workspace: Workspace,
  wanted: {
    readonly uploadId: string;
    readonly kind?: ImportKind | undefined;
    readonly mapping?: MappingShape | undefined;
  },
): Promise<Prepared> {
  const upload = await selectUpload(house.records.db, workspace.id, wanted.uploadId);
  if (upload === null) throw notFound('upload');
  const inspected = await inspect(house.files, fileOf(upload.id), preferOf(workspace), upload.origin);
  const { format, profiles, rows } = inspected;
  const cells = rows.map((r) => r.cells);
  const kinds = guessKinds(profiles, upload.fileName);
  const kind = wanted.kind ?? kinds[0]?.kind ?? null;
  const guess = kind === null ? null : guessMapping(kind, profiles, cells);
  const saved =
    kind === null || wanted.mapping !== undefined
      ? null
      : await selectMapping(house.records.db, workspace.id, kind, fingerprintOf(format.columns));
  const mapping = wanted.mapping ?? saved ?? (guess === null ? null : shapeOf(guess.mapping));
  if (mapping !== null) refuseUnknownColumns(mapping, format.columns);
  const fields = new Set(Object.values(mapping?.columns ?? {}).map((plan) => plan.field));
  const missing = kind === null ? [] : REQUIRED[kind].filter((any) => !any.some((f) => fields.has(f)));
  const preview: Preview = {
    uploadId: upload.id,
    fileName: upload.fileName,
    bytes: upload.bytes,
    format,
    kind,
    kinds,
    columns: profiles.map((p) => ({
      name: p.name,
      looksLike: p.kind,
      samples: p.samples.map((s) => s.slice(0, 120)),
      filled: p.filled,
      problem: guess?.problems[p.name] ?? null,
    })),
    mapping,
    saved: saved !== null,
    missing: missing.map((any) => [...any]),
    repeatedKeys: mapping === null ? 0 : repeated(mapping.key, profiles, cells),
    rows:
      kind === null || mapping === null
        ? []
        : withoutMissing(
            previewRows(inspected, kind, mapping, workspace.zone, house.clock.now().getTime() + DAY_MS),
            missing.map((any) => any.join(', ')),
          ),
  };
  return { upload, inspected, kind, mapping, preview };
}

function shapeOf(mapping: Mapping): MappingShape {
  const { instrument } = mapping;
  const known = (['nps', 'csat', 'ces', 'rating', 'choice', 'text'] as const).find((i) => i === instrument);
  return {
    columns: { ...mapping.columns },
    key: [...mapping.key],
    ...(known === undefined ? {} : { instrument: known }),
    ...(mapping.scale === undefined ? {} : { scale: mapping.scale }),
  };
}

/** Where people write the month first. */
function preferOf(workspace: Workspace): 'dmy' | 'mdy' {
  return workspace.locale === 'en-US' || workspace.currency === 'USD' ? 'mdy' : 'dmy';
}

function refuseUnknownColumns(mapping: MappingShape, columns: readonly string[]): void {
  const known = new Set(columns);
  const named = [...Object.keys(mapping.columns), ...mapping.key];
  const unknown = named.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw badInput(
      'mapping',
      unknown,
      'The file has no such column.',
      `Its columns are: ${columns.slice(0, 30).join(', ')}.`,
    );
  }
}

function previewRows(
  { format, rows }: Inspected,
  kind: ImportKind,
  mapping: MappingShape,
  zone: string,
  latestMs: number,
): Preview['rows'] {
  const mapper = new RowMapper(kind, mapping, format.columns, { zone, latestMs });
  return rows.slice(0, PREVIEW_ROWS).map(({ line, cells }) => {
    const mapped = mapper.map(cells);
    return 'fields' in mapped
      ? { line, values: { ...mapped.props, ...mapped.fields }, problems: [] }
      : { line, values: {}, problems: mapped.map((p) => ({ ...p })) };
  });
}

/** What no column is mapped to is told of once, not at every row. `missing`: as the mapper names it. */
export function withoutMissing(rows: Preview['rows'], missing: readonly string[]): Preview['rows'] {
  return rows.map((row) => ({
    ...row,
    problems: row.problems.filter((p) => p.reason !== 'missing' || !missing.includes(p.column)),
  }));
}
