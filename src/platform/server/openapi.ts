import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { Capability } from '../house/house.ts';
import { API_PREFIX, operationsOf } from './surface.ts';

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457. `type` is stable.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', examples: ['/problems/bad-input'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    field: { type: 'string', description: 'The field that is wrong, as a path.' },
    value: { description: 'What stood there.' },
    mend: { type: 'string', description: 'What to do about it.' },
    requestId: { type: 'string' },
  },
} as const;

/** The OpenAPI 3.1 document of all operations, made when first asked for. Each operation says its permission. */
export function openApiDocument(capabilities: readonly Capability[]): () => Promise<object> {
  let made: Promise<object> | undefined;
  return () => (made ??= make(capabilities));
}

async function make(capabilities: readonly Capability[]): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const router = Object.fromEntries(capabilities.map((c) => [c.key, c.contract]));
  const document = await generator.generate(router, {
    info: { title: 'Touchstone', version: '1' },
    servers: [{ url: API_PREFIX }],
    security: [{ secretKey: [] }, { session: [] }],
    components: {
      securitySchemes: {
        secretKey: { type: 'http', scheme: 'bearer', description: 'A secret key: tss_…' },
        session: { type: 'apiKey', in: 'cookie', name: 'touchstone.session_token' },
      },
    },
  });
  const permissions = new Map(operationsOf(capabilities).map((o) => [`${o.method} ${o.path}`, o.permission]));
  const problem = {
    description: 'A problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [
    path,
    Object.fromEntries(
      (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
        const operation = item?.[method];
        if (operation === undefined) return [];
        const permission = permissions.get(`${method.toUpperCase()} ${API_PREFIX}${path}`);
        const responses = { ...operation.responses, default: problem };
        return [[method, { ...operation, 'x-permission': permission, responses }]];
      }),
    ),
  ]);
  const components = { ...document.components, schemas: { ...document.components?.schemas, Problem: PROBLEM } };
  return { ...document, paths: Object.fromEntries(paths), components };
}
