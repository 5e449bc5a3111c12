import type { MappedRow } from '@touchstone/domain/tabular';

/** A row that is to be current. */
export interface CurrentRow {
  readonly key: string;
  readonly version: number;
  readonly row: MappedRow;
}

/** Without what was not said. */
export function said<T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } {
  const kept: { [K in keyof T]?: string } = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}
