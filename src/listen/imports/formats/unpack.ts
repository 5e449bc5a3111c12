import { Readable } from 'node:stream';
import { binaryKind } from '@touchstone/domain/tabular';
import { HEAD_BYTES, type FileKind, kindOf } from '../../../platform/files/kinds.ts';
import { bundled } from '../../../platform/kernel/entry.ts';
import type { Files } from '../../../platform/files/ports.ts';
import { Problem } from '../../../platform/kernel/problem.ts';
import type { Origin } from '../vocabulary.ts';
import { unwrapApart } from './apart.ts';
import { meter, metered, notTaken, type UnpackLimits } from './limits.ts';
import { peek, readPiece } from './reading.ts';
import { unwrap } from './unwrap.ts';

/** What an upload may be: text as it is, and what text is unpacked from. */
export const IMPORTABLE: readonly FileKind[] = ['text', 'gzip', 'zstd', 'zip', 'parquet'];

/** An archive in an archive in an archive. */
const MOST_LAYERS = 3;

/**
 * Makes of a packed file or a workbook the text that is read as any other: whatever it is, by its bytes, not its name.
 * What is written between, below `from`, is removed.
 * @param wanted which file of an archive or sheet of a workbook
 * @param signal ends it, with its reason
 * @returns what it was unpacked from, and the size of the text in bytes
 */
export async function unpack(
  files: Files,
  from: string,
  to: string,
  limits: UnpackLimits,
  wanted?: string,
  signal?: AbortSignal,
): Promise<{ readonly origin: Origin; readonly bytes: number }> {
  let origin: Origin = { packed: [], others: [], leftOut: [] };
  const between: string[] = [];
  let packedAt = from;
  let part = wanted;
  // Against the file as it was sent: one layer that triples the next would pass else.
  const sent = await files.size(from);
  const count = (): ((bytes: number) => void) => {
    const metre = meter(sent, limits);
    return (bytes) => {
      signal?.throwIfAborted();
      metre(bytes);
    };
  };
  let release: (() => Promise<void>) | undefined;
  try {
    for (let layer = 0; layer < MOST_LAYERS; layer++) {
      const asked = { kind: await kindOfFile(files, packedAt), sent, limits, part };
      // What is read by our own or by other people's JavaScript could take all memory, or never end. So does not zlib.
      const apart = bundled && asked.kind !== 'gzip';
      const step = apart ? await unwrapApart(files, packedAt, asked, signal) : await unwrap(files, packedAt, asked);
      origin = {
        packed: [...origin.packed, step.packed],
        others: [...origin.others, ...(step.others ?? [])],
        leftOut: [...(step.leftOut ?? [])],
        ...(origin.part === undefined ? {} : { part: origin.part }),
        ...(step.part === undefined ? {} : { part: step.part }),
        ...(step.header === undefined ? {} : { header: step.header }),
      };
      // A file that was asked for by its name is not a sheet of that name as well.
      if (step.part === part) part = undefined;
      const peeked = await peek(metered(step.text, count()), HEAD_BYTES);
      const { head, all } = peeked;
      ({ release } = peeked);
      if (head.length === 0) {
        throw new Problem('bad-input', 'The file is empty.', { field: 'file', code: 'file-empty' });
      }
      const kind = step.header === undefined ? kindOf(head) : 'text';
      if (kind === 'text') {
        const bytes = await files.put(to, Readable.from(all));
        return { origin, bytes };
      }
      if (kind === null || !IMPORTABLE.includes(kind)) {
        throw notTaken(
          `The archive holds ${binaryKind(head) ?? 'something that is no table'}.`,
          'Pack a CSV, NDJSON, XLSX or Parquet file.',
        );
      }
      packedAt = `${from}-${layer + 1}`;
      between.push(packedAt);
      await files.put(packedAt, Readable.from(all));
    }
    throw notTaken('The file is an archive of archives of archives.', 'Pack the table once.');
  } finally {
    await release?.();
    for (const name of between) await files.remove(name);
  }
}

async function kindOfFile(files: Files, name: string): Promise<FileKind | null> {
  return kindOf(await readPiece(files, name, 0, HEAD_BYTES));
}
