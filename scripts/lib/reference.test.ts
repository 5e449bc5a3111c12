import { describe, expect, test } from 'vitest';
import { differing, referencePages } from './reference.mjs';

const schema = {
  type: 'object',
  required: ['items', 'nextCursor'],
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'role'],
        properties: {
          id: { type: 'string' },
          role: { type: 'string', enum: ['owner', 'viewer'] },
          at: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
        },
      },
    },
    nextCursor: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  },
};

const document = {
  paths: {
    '/birds': {
      get: {
        summary: 'Birds, newest first',
        description: 'Those that sing.',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
          { name: 'nest', in: 'query', required: true, schema: { $ref: '#/components/schemas/Nest' } },
        ],
        responses: { 200: { content: { 'application/json': { schema } } }, default: {} },
      },
    },
    '/birds/{birdId}': {
      delete: { summary: 'Let one fly', responses: { 204: {} } },
    },
  },
  components: { schemas: { Nest: { type: 'string', maxLength: 9 } } },
};

const operations = [
  { name: 'birds.list', method: 'GET', path: '/api/v1/birds', permission: 'people:read', audit: { look: 'birds' } },
  {
    name: 'birds.free',
    method: 'DELETE',
    path: '/api/v1/birds/{birdId}',
    permission: 'people:write',
    audit: { change: 'bird', id: 'birdId' },
  },
];

describe('the reference', () => {
  const pages = referencePages(document, operations);

  test('[WE7] says of each operation where, what for, who may, what goes in and what comes out', () => {
    const page = pages.get('birds.md') ?? '';
    expect(page).toContain('`GET /api/v1/birds`\n\nBirds, newest first.\n\nThose that sing.');
    expect(page).toContain('Permission: `people:read` · written in the audit log as a look at: birds');
    expect(page).toContain('| `limit` | query | optional; whole number, 1 to 200, else `50` |');
    expect(page).toContain('| `nest` | query | text, at most 9 characters |');
    expect(page).toContain('| `items[].id` | text |');
    expect(page).toContain('| `items[].role` | `owner`, `viewer` |');
    expect(page).toContain('| `items[].at` | may be left out; moment or null |');
    expect(page).toContain('**Output** (204): none');
    expect(pages.get('README.md')).toContain('[`birds.free`](birds.md#birdsfree) | `DELETE /api/v1/birds/{birdId}`');
  });

  test('[WE7] is the same each time, and what differs is named', () => {
    expect([...referencePages(document, operations)]).toEqual([...pages]);
    expect(differing(pages, pages)).toEqual([]);
    const stale = new Map([...pages, ['birds.md', 'older'], ['fish.md', 'gone']]);
    expect(differing(stale, pages)).toEqual(['birds.md', 'fish.md']);
    expect(() => referencePages({ paths: {} }, operations)).toThrow('birds.list is in no OpenAPI document');
  });
});
