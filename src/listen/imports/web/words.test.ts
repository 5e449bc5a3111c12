import { FIELDS, IMPORT_KINDS, ROW_REASONS } from '@touchstone/domain/tabular';
import { expect, test } from 'vitest';
import en from '../messages.en.json';
import fa from '../messages.fa.json';
import { fieldLabel } from './field-labels.ts';

test('[IP6] every field and every reason has a word', () => {
  const keys = new Set(Object.keys(en));
  for (const kind of IMPORT_KINDS) {
    for (const { key } of FIELDS[kind]) expect(keys.has(fieldLabel(key) ?? ''), key).toBe(true);
  }
  for (const reason of ROW_REASONS) expect(keys.has(`imports.reason.${reason}`), reason).toBe(true);
});

test('[IP5] a cron expression stands in one piece and from left to right among Persian words', () => {
  expect(fa['imports.sources.cron.hint']).toContain('\u206630\u00a06\u00a0*\u00a0*\u00a01-\u20605\u2069');
});
