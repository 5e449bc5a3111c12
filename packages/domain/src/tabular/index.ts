export { binaryKind, decodeBinary, detectEncoding, type Encoding, ENCODINGS, type EncodingGuess } from './encoding.ts';
export { byteEncoding, type Fault, type RawRecord, RecordReader, type TextFormat } from './reader.ts';
export { DELIMITERS, looksNdjson, namedDelimiter, sniffDelimiter } from './delimiter.ts';
export { DATE_FORMATS, type DateFormat, guessDateFormat, parseDate, toInstantMs } from './dates.ts';
export { guessDecimalMark, parseDecimal } from './numbers.ts';
export { COLUMN_KINDS, type ColumnKind, type ColumnProfile, isMissing, normalName, profileColumn } from './columns.ts';
export { type Field, FIELDS, IMPORT_KINDS, type ImportKind, NATURAL_KEYS, REQUIRED } from './fields.ts';
export {
  COLUMN_PROBLEMS,
  type ColumnPlan,
  type ColumnProblem,
  guessKinds,
  guessMapping,
  type Mapping,
  propertyName,
  repeated,
} from './mapping.ts';
export { factsTime, type MappedRow, ROW_REASONS, RowMapper, type RowProblem, type RowReason } from './rows.ts';
export { brokenHeader, hasHeader } from './header.ts';
export { flattenObject } from './flatten.ts';
export { csvLine, plainNumber, sheetColumn, type SheetNumber, sheetNumber, sheetText, sheetValue } from './sheets.ts';
