import { FIELDS, IMPORT_KINDS, ROW_REASONS } from '@touchstone/domain/tabular';
import { expect, test } from 'vitest';
import en from '../messages.en.json';
import { fieldLabel } from './field-labels.ts';

test('[IP6] every field and every reason has a word', () => {
  const keys = new Set(Object.keys(en));
  for (const kind of IMPORT_KINDS) {
    for (const { key } of FIELDS[kind]) expect(keys.has(fieldLabel(key) ?? ''), key).toBe(true);
  }
  for (const reason of ROW_REASONS) expect(keys.has(`imports.reason.${reason}`), reason).toBe(true);
});
