/** Values for a JSON schema: some that fit, some at its bounds, some that are nothing of the kind. By a seed, repeatable. */
import { chance, pick, type Random } from '@touchstone/domain/random';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly format?: string;
}

const TEXTS = [
  '', ' ', '0', '-1', 'null', 'true', 'NaN', '__proto__', 'constructor', 'toString', '../../etc/passwd', "' OR 1=1 --", '{{7*7}}',
  '%00', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\u202eabc', '‮سلام', 'ﷺ', '👩‍👩‍👧‍👦', '\r\n', '<script>', '=1+1', '1e999',
  '9223372036854775808', '2026-11-22', '2026-02-30', '0000-00-00', '+275760-09-13', '1970-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z',
  '2026-11-22T10:00:00+99:99', 'Asia/Tehran', 'EUR', 'a@b.example', 'usr_', '[]', '{}', '["a"]', 'W10', 'WzFd', '-', '.', '%', '_', '*', '\\', "'", '"', '`',
] as const; // prettier-ignore

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.1,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e21,
  200,
  201,
];

export class Nonsense {
  /** What answers named: ids, keys, cursors. */
  readonly seen: string[] = [];

  constructor(
    readonly random: Random,
    private readonly definitions: Readonly<Record<string, Schema>> = {},
  ) {}

  pick<T>(of: readonly T[]): T {
    return pick(this.random, of);
  }

  chance(share: number): boolean {
    return chance(this.random, share);
  }

  /** Remembers what could name something in a later request. */
  learn(value: unknown, depth = 0): void {
    if (depth > 6 || typeof value !== 'object' || value === null) return;
    for (const [name, each] of Object.entries(value).slice(0, 30)) {
      const names = /(id|key|cursor|field|value)$/i.test(name) && typeof each === 'string' && each !== '';
      if (names && this.seen.length < 400 && !this.seen.includes(each)) this.seen.push(each);
      this.learn(each, depth + 1);
    }
  }

  text(): string {
    if (this.seen.length > 0 && this.chance(0.4)) return this.pick(this.seen);
    if (this.chance(0.03)) return this.pick(['x', 'ی', '🦉', '[', '"']).repeat(this.pick([200, 5_000, 60_000]));
    return this.pick(TEXTS);
  }

  /** Anything that JSON can say. */
  anything(depth = 0): unknown {
    const kind = this.random.float();
    if (kind < 0.35) return this.text();
    if (kind < 0.55) return this.pick(NUMBERS);
    if (kind < 0.65) return this.pick([null, true, false]);
    if (depth > 3) return [];
    const many = Math.floor(this.random.float() * 4);
    if (kind < 0.8) return Array.from({ length: many }, () => this.anything(depth + 1));
    return Object.fromEntries(
      Array.from({ length: many }, () => [this.text().slice(0, 100), this.anything(depth + 1)]),
    );
  }

  /** Mostly what the schema asks for; the deeper and the longer, the surer something is off. */
  of(schema: Schema | undefined, depth = 0): unknown {
    if (schema === undefined || depth > 8 || this.chance(0.08)) return this.anything(depth);
    if (schema.$ref !== undefined) return this.of(this.definitions[schema.$ref.split('/').at(-1) ?? ''], depth + 1);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return this.pick(schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return this.of(this.pick(choices), depth + 1);
    if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((each) => this.of(each, depth + 1)));
    const type = Array.isArray(schema.type) ? this.pick(schema.type) : schema.type;
    if (type === 'string') return this.#string(schema);
    if (type === 'number' || type === 'integer') return this.#number(schema, type === 'integer');
    if (type === 'boolean') return this.chance(0.5);
    if (type === 'null') return null;
    if (type === 'array') return this.#array(schema, depth);
    if (type === 'object' || schema.properties !== undefined) return this.#object(schema, depth);
    return this.anything(depth);
  }

  #string({ minLength = 0, maxLength, format }: Schema): string {
    if (format === 'date-time' && this.chance(0.7))
      return this.pick(['2026-11-01T00:00:00.000Z', '2026-11-20T12:00:00+03:30']);
    if (format === 'date' && this.chance(0.7)) return this.pick(['2026-11-01', '2026-11-30', '1999-12-31']);
    if (format === 'email' && this.chance(0.7)) return this.pick(['ada@example.com', 'x@example.com']);
    if (maxLength !== undefined && this.chance(0.1))
      return 'y'.repeat(Math.min(maxLength + this.pick([0, 1]), 100_000));
    const text = this.text();
    return text.length < minLength && this.chance(0.7) ? text.padEnd(minLength, 'z') : text;
  }

  #number({ minimum = -10, maximum = 300 }: Schema, whole: boolean): number {
    if (this.chance(0.15)) return this.pick(NUMBERS);
    const low = Math.max(minimum, -1e6);
    const value = this.pick([
      minimum,
      maximum,
      maximum + 1,
      low + this.random.float() * (Math.min(maximum, 1e6) - low),
    ]);
    return whole && this.chance(0.9) ? Math.round(value) : value;
  }

  #array({ items, prefixItems, minItems = 0 }: Schema, depth: number): unknown[] {
    if (prefixItems !== undefined) return prefixItems.map((each) => this.of(each, depth + 1));
    const many = this.chance(0.02) ? 2_000 : minItems + Math.floor(this.random.float() * 3);
    return Array.from({ length: many }, () => this.of(items, depth + (many > 10 ? 6 : 1)));
  }

  #object({ properties = {}, required = [], additionalProperties }: Schema, depth: number): Record<string, unknown> {
    const made: [string, unknown][] = [];
    for (const [name, schema] of Object.entries(properties)) {
      const wanted = required.includes(name) ? 0.96 : 0.5;
      if (this.chance(wanted)) made.push([name, this.of(schema, depth + 1)]);
    }
    if (typeof additionalProperties === 'object') {
      for (let i = 0; i < 2; i++) made.push([this.text().slice(0, 80), this.of(additionalProperties, depth + 1)]);
    }
    if (this.chance(0.05)) made.push([this.pick(['__proto__', 'constructor', 'extra', '']), this.anything(depth + 1)]);
    return Object.fromEntries(made);
  }
}
