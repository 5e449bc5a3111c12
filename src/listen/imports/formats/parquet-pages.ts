import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import type { Compressors } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { compressors as others } from 'hyparquet-compressors';
import { notTaken } from './limits.ts';

/** Writers make pages of one megabyte. */
const MOST_PAGE_BYTES = 64_000_000;
/** Unpacked, of a column in a group of rows. */
const MOST_CHUNK_BYTES = 256_000_000;
/** Whatever the file says of its rows. */
const MOST_PAGE_VALUES = 10_000_000;

/** None gives more than the page said, which was looked at before. */
export const COMPRESSORS: Compressors = {
  ...others,
  GZIP: (input, size) => gunzipSync(input, { maxOutputLength: size }),
  BROTLI: (input, size) => brotliDecompressSync(input, { maxOutputLength: size }),
  ZSTD: (input, size) => decompress(input, new Uint8Array(size)),
};

/**
 * Looks at the pages of a column before they are read: a page of a few bytes can name more values than memory holds.
 * Throws Problem `unsupported`, or an error where the bytes are no pages.
 */
export function checkPages(column: ArrayBuffer, mostValues: number): void {
  const reader = { view: new DataView(column), offset: 0 };
  let total = 0;
  while (reader.offset < column.byteLength - 1) {
    const { uncompressed_page_size: unpacked, compressed_page_size: packed, ...page } = parquetHeader(reader);
    const plain = page.data_page_header ?? page.dictionary_page_header;
    const v2 = page.data_page_header_v2;
    const parts = v2 === undefined ? [] : [v2.num_rows, v2.num_nulls, v2.num_values - v2.num_nulls];
    const levels = v2 === undefined ? [] : [v2.definition_levels_byte_length, v2.repetition_levels_byte_length];
    const values = plain?.num_values ?? v2?.num_values ?? 0;
    if (![unpacked, packed, values, ...parts, ...levels].every((n) => Number.isInteger(n) && n >= 0)) {
      throw new Error('a page with a size that cannot be');
    }
    total += unpacked;
    if (unpacked > MOST_PAGE_BYTES || values > mostValues || values > MOST_PAGE_VALUES || total > MOST_CHUNK_BYTES) {
      throw notTaken('The Parquet file has pages that are too large.', 'Write it with pages of a megabyte.');
    }
    // A value of this encoding repeats the one before it as far as it likes.
    if ((page.data_page_header ?? v2)?.encoding === 'DELTA_BYTE_ARRAY') {
      throw notTaken(
        'The Parquet file writes texts as DELTA_BYTE_ARRAY.',
        'Write it as version 1, or with dictionaries or plain texts.',
      );
    }
    reader.offset += packed;
  }
}
