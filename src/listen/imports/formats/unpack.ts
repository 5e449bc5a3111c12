import { Readable } from 'node:stream';
import { binaryKind } from '@touchstone/domain/tabular';
import { HEAD_BYTES, type FileKind, kindOf } from '../../../platform/files/kinds.ts';
import type { Files } from '../../../platform/files/ports.ts';
import { Problem } from '../../../platform/kernel/problem.ts';
import type { Origin } from '../vocabulary.ts';
import { gunzip, unzstd } from './compressed.ts';
import { meter, metered, notTaken, type UnpackLimits } from './limits.ts';
import { parquetTable } from './parquet.ts';
import { peek, readRange } from './reading.ts';
import { sheetTable } from './sheet-table.ts';
import { openWorkbook } from './workbook.ts';
import { type Archive, openZip } from './zip.ts';

/** What an upload may be: text as it is, and what text is unpacked from. */
export const IMPORTABLE: readonly FileKind[] = ['text', 'gzip', 'zstd', 'zip', 'parquet'];

/** An archive in an archive in an archive. */
const MOST_LAYERS = 3;
const LOOKS_LIKE_TABLE = /\.(csv|tsv|tab|txt|ndjson|jsonl|json|xlsx|xlsm|parquet|gz|zst)$/i;

/** One step out of a wrapping. */
interface Unwrapped {
  readonly text: AsyncIterable<Uint8Array>;
  readonly packed: Origin['packed'][number];
  readonly part?: string;
  readonly others?: readonly string[];
  readonly leftOut?: readonly string[];
  /** Of a table: whether its first row names its columns. Absent where the bytes are the sender's own. */
  readonly header?: boolean;
}

/**
 * Makes of a packed file or a workbook the text that is read as any other: whatever it is, by its bytes, not its name.
 * What is written between, below `from`, is removed.
 * @param wanted which file of an archive or sheet of a workbook
 * @returns what it was unpacked from, and the size of the text in bytes
 */
export async function unpack(
  files: Files,
  from: string,
  to: string,
  limits: UnpackLimits,
  wanted?: string,
): Promise<{ readonly origin: Origin; readonly bytes: number }> {
  let origin: Origin = { packed: [], others: [], leftOut: [] };
  const between: string[] = [];
  let packedAt = from;
  let part = wanted;
  // Against the file as it was sent: one layer that triples the next would pass else.
  const sent = await files.size(from);
  try {
    for (let layer = 0; layer < MOST_LAYERS; layer++) {
      const step = await unwrap(files, packedAt, sent, limits, part);
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
      const { head, all } = await peek(metered(step.text, meter(sent, limits)), HEAD_BYTES);
      if (head.length === 0) {
        throw new Problem('bad-input', 'The file is empty.', { field: 'file', code: 'file-empty' });
      }
      const kind = step.header === undefined ? kindOf(head) : 'text';
      if (kind === 'text') {
        const bytes = await files.put(to, Readable.from(all));
        return { origin, bytes };
      }
      if (kind === null || !IMPORTABLE.includes(kind)) {
        await all.return(undefined);
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
    for (const name of between) await files.remove(name);
  }
}

async function unwrap(
  files: Files,
  name: string,
  sent: number,
  limits: UnpackLimits,
  part: string | undefined,
): Promise<Unwrapped> {
  const size = await files.size(name);
  const { head, all } = await peek(readRange(files, name, 0, Math.min(size, HEAD_BYTES)), HEAD_BYTES);
  await all.return(undefined);
  const kind = kindOf(head);
  const whole = () => readRange(files, name, 0, size);
  if (kind === 'gzip') return { packed: 'gzip', text: gunzip(whole()) };
  if (kind === 'zstd') return { packed: 'zstd', text: unzstd(whole()) };
  if (kind === 'parquet') return { packed: 'parquet', header: true, ...(await parquetTable(files, name)) };
  return fromZip(await openZip(files, name), sent, limits, part);
}

async function fromZip(
  archive: Archive,
  sent: number,
  limits: UnpackLimits,
  part: string | undefined,
): Promise<Unwrapped> {
  if (archive.names.includes('[Content_Types].xml')) {
    if (archive.names.some((name) => /^(word|ppt)\//.test(name))) {
      throw notTaken('The file is a document or a presentation.', 'Send the table as XLSX or CSV.');
    }
    const book = await openWorkbook(archive, sent, limits);
    const { sheet, header, text } = await sheetTable(book, part);
    return { packed: 'xlsx', text, header, part: sheet, others: book.sheets.filter((s) => s !== sheet) };
  }
  if (archive.names.includes('content.xml')) {
    throw notTaken('The file is an OpenDocument.', 'Save it as .xlsx or as CSV.');
  }
  const shown = archive.names.filter((name) => !/(^|\/)(\.|__MACOSX\/)/.test(name));
  const tables = shown.length > 1 ? shown.filter((name) => LOOKS_LIKE_TABLE.test(name)) : shown;
  const chosen = part !== undefined && shown.includes(part) ? part : tables.length === 1 ? tables[0] : undefined;
  if (chosen === undefined) {
    const names = tables.slice(0, 20).join(', ');
    if (tables.length === 0) throw notTaken('The archive holds no table.', 'Pack a CSV, NDJSON, XLSX or Parquet file.');
    throw new Problem('unsupported', `The archive holds ${tables.length} tables: ${names}.`, {
      field: 'file',
      mend: 'Send them one by one, or say which: ?part=NAME, or --part NAME at a terminal.',
      code: 'archive-several',
      values: { names },
    });
  }
  const others = tables.filter((name) => name !== chosen);
  return { packed: 'zip', part: chosen, others, text: archive.read(chosen, meter(sent, limits)) };
}
