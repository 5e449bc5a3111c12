import type { FileKind } from '../../../platform/files/kinds.ts';
import type { Files } from '../../../platform/files/ports.ts';
import { Problem } from '../../../platform/kernel/problem.ts';
import type { Origin } from '../vocabulary.ts';
import { gunzip, unzstd } from './compressed.ts';
import { meter, notTaken, type UnpackLimits } from './limits.ts';
import { parquetTable } from './parquet.ts';
import { readRange } from './reading.ts';
import { sheetTable } from './sheet-table.ts';
import { openWorkbook } from './workbook.ts';
import { type Archive, openZip } from './zip.ts';

const LOOKS_LIKE_TABLE = /\.(csv|tsv|tab|txt|ndjson|jsonl|json|xlsx|xlsm|parquet|gz|zst)$/i;
/** Of what else lies in a file, so many names are kept. */
const MOST_OTHERS = 100;

/** One step out of a wrapping. */
export interface Unwrapped {
  readonly text: AsyncGenerator<Uint8Array>;
  readonly packed: Origin['packed'][number];
  readonly part?: string | undefined;
  readonly others?: readonly string[] | undefined;
  readonly leftOut?: readonly string[] | undefined;
  /** Of a table: whether its first row names its columns. Absent where the bytes are the sender's own. */
  readonly header?: boolean | undefined;
}

/** What is to be unwrapped, and how much of it. */
export interface Asked {
  /** By its bytes. */
  readonly kind: FileKind | null;
  /** Size of the file as it was sent. */
  readonly sent: number;
  readonly limits: UnpackLimits;
  /** Which file of an archive or sheet of a workbook. */
  readonly part: string | undefined;
}

/** Takes one wrapping off a file. Throws Problem for what is damaged, locked or no table. */
export async function unwrap(files: Files, name: string, { kind, sent, limits, part }: Asked): Promise<Unwrapped> {
  const size = await files.size(name);
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
    return {
      packed: 'xlsx',
      text,
      header,
      part: sheet,
      others: book.sheets.filter((s) => s !== sheet).slice(0, MOST_OTHERS),
    };
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
  const others = tables.filter((name) => name !== chosen).slice(0, MOST_OTHERS);
  return { packed: 'zip', part: chosen, others, text: archive.read(chosen, meter(sent, limits)) };
}
