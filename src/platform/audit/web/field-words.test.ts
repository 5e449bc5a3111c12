import { expect, test } from 'vitest';
import { namedFields, valueKey } from './field-words.ts';

test('[AU10] fields stand in words, those that tell nothing are left out, and one without a word as it is called', () => {
  const fields = ['memberId', 'role', 'limit', 'cursor', 'otherPersonId', 'colour'];
  expect(namedFields(fields)).toEqual([
    { name: 'role', word: 'role' },
    { name: 'otherPersonId', word: 'otherPersonId' },
    { name: 'colour', word: undefined },
  ]);
  expect(['agent', 'forever', 'true', 'Europe/Warsaw', '730'].map(valueKey)).toEqual([
    'workspaces.role.agent',
    'retention.forever',
    'audit.value.true',
    undefined,
    undefined,
  ]);
});
