import { FIELDS, type ImportKind } from '@touchstone/domain/tabular';
import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { badInput } from '../../platform/kernel/problem.ts';
import { fingerprintOf, prepare } from './preview.ts';
import { insertImport, saveMapping } from './records.ts';
import type { MappingShape } from './vocabulary.ts';

/** Fields of the kind only, each once, a format for every time, a key that is mapped. */
function checkMapping(kind: ImportKind, mapping: MappingShape): void {
  const fields = new Map(FIELDS[kind].map((f) => [f.key, f]));
  const taken = new Set<string>();
  for (const [column, plan] of Object.entries(mapping.columns)) {
    if (plan.field === 'skip' || plan.field === 'property') continue;
    const field = fields.get(plan.field);
    const at = `mapping.columns.${column}.field`;
    if (field === undefined) {
      throw badInput(
        at,
        plan.field,
        `${kind} have no such field.`,
        `One of: ${[...fields.keys()].join(', ')}, property, skip.`,
      );
    }
    if (taken.has(plan.field))
      throw badInput(at, plan.field, 'Two columns are mapped to one field.', 'Make one a property, or skip it.', {
        code: 'field-twice',
      });
    taken.add(plan.field);
    if ((field.type === 'instant' || field.type === 'day') && plan.format === undefined) {
      throw badInput(
        `mapping.columns.${column}.format`,
        column,
        'The column writes its times in several ways, and no way is that of more than half of its cells.',
        'Say which one to read; rows that write otherwise are listed.',
        { code: 'times-mixed', values: { column } },
      );
    }
  }
  const { scale } = mapping;
  if (scale !== undefined && scale.min >= scale.max) {
    throw badInput('mapping.scale', `${scale.min}–${scale.max}`, 'The scale ends before it begins.', undefined, {
      code: 'scale-backwards',
    });
  }
}

/**
 * Prepares an import of an upload, by the mapping given, saved or guessed, which is saved for the next file like it. Gives
 * its id. Throws Problem for a mapping that cannot be.
 */
export async function createImport(
  house: House,
  workspace: Workspace,
  input: { readonly uploadId: string; readonly kind: ImportKind; readonly mapping?: MappingShape | undefined },
  createdBy: string,
): Promise<string> {
  const { upload, inspected, mapping, preview } = await prepare(house, workspace, input);
  if (mapping === null) throw badInput('mapping', null, 'The file cannot be mapped.');
  if (preview.missing.length > 0) {
    const wanted = preview.missing.map((any) => any.join(' or ')).join('; ');
    throw badInput('mapping', wanted, `No column is mapped to ${wanted}.`, 'Map one, or choose another kind.', {
      code: 'columns-missing',
    });
  }
  checkMapping(input.kind, mapping);
  const now = house.clock.now();
  const id = newId('import', house.clock);
  const workspaceId = workspace.id;
  await house.records.transaction(async (tx) => {
    await insertImport(tx, {
      id,
      workspaceId,
      uploadId: upload.id,
      kind: input.kind,
      fileName: upload.fileName,
      state: 'ready',
      mapping,
      format: inspected.format,
      bytes: upload.bytes,
      createdBy,
      createdAt: now,
    });
    const fingerprint = fingerprintOf(inspected.format.columns);
    await saveMapping(tx, { workspaceId, kind: input.kind, fingerprint, mapping, updatedAt: now });
  });
  return id;
}
