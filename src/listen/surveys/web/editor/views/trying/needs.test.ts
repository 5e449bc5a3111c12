import { expect, test } from 'vitest';
import { traitsOf } from './needs.ts';

test('[SQ40] what a survey asks of the person can be set for a trial', () => {
  const traits = traitsOf({
    format: 1,
    languages: ['en', 'fa'],
    title: { en: 'Visit, {{ person.name | you }}', fa: '{{person.نام}}' },
    pages: [
      {
        id: 'p',
        showIf: {
          any: [{ field: 'person.plan', op: 'eq', value: 'gold' }, { not: { field: 'person.name', op: 'exists' } }],
        },
        questions: [
          {
            id: 'q',
            kind: 'shortText',
            title: { en: '{{q}} {{hidden.till}}' },
            showIf: { field: 'hidden.a', op: 'exists' },
          },
        ],
      },
    ],
    endings: [],
  });
  expect(traits).toEqual(['plan', 'name', 'نام']);
});
