import type { ImportKind } from '@touchstone/domain/tabular';
import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { createImport } from './create.ts';
import { workOnImport } from './jobs.ts';
import { deleteUpload, moveImport, selectStates } from './records.ts';
import { fileOf } from './source.ts';
import { takeUpload } from './uploads.ts';
import type { MappingShape } from './vocabulary.ts';

/** A file that comes by itself. */
export interface ComingFile {
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly part: string | undefined;
  readonly kind: ImportKind;
  /** Saved or guessed where there is none. */
  readonly mapping: MappingShape | undefined;
  /** Asked when the whole of it is there: false lets go of it. */
  readonly wanted: () => boolean;
  /** `source src_…` */
  readonly createdBy: string;
}

/**
 * Takes a file in and starts its import; null where it is not wanted after all. Throws Problem as an upload or a new import
 * does; nothing of the file stays then.
 */
export async function importFile(house: House, workspace: Workspace, file: ComingFile): Promise<string | null> {
  const { fileName, bytes: source, part, kind, mapping, createdBy } = file;
  const upload = await takeUpload(house, { workspaceId: workspace.id, fileName, source, saidBytes: 0, part });
  const forget = async (): Promise<void> => {
    await house.files.remove(fileOf(upload.id));
    await deleteUpload(house.records.db, upload.id);
  };
  if (!file.wanted()) {
    await forget();
    return null;
  }
  try {
    const importId = await createImport(house, workspace, { uploadId: upload.id, kind, mapping }, createdBy);
    await house.records.transaction(async (tx) => {
      await moveImport(tx, importId, ['ready'], { state: 'queued' });
      await house.jobs.send(workOnImport, { importId }, { tx });
    });
    return importId;
  } catch (error) {
    await forget();
    throw error;
  }
}

/** Of imports those whose rows are not there: failed, cancelled or undone. */
export async function importsWithoutRows(
  house: House,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await selectStates(house.records.db, workspaceId, ids);
  return new Set(rows.filter(({ state }) => ['failed', 'cancelled', 'undone'].includes(state)).map(({ id }) => id));
}
