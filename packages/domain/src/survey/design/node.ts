/*
 * A description of JSON that is three things at once: a JSON Schema (2020-12) that can be published, a check that names
 * the place of what is wrong, and the TypeScript type of what passed.
 */

/** The part of JSON Schema that is used here. */
export interface JsonSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly propertyNames?: JsonSchema;
  readonly maxProperties?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly const?: string | number | boolean;
  readonly enum?: readonly string[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly $ref?: string;
}

declare const type: unique symbol;
/** A schema of values of a type. */
export type Node<T> = JsonSchema & { readonly [type]?: T };
export type TypeOf<N> = N extends Node<infer T> ? T : never;
type Fields = Readonly<Record<string, JsonSchema>>;
type Shape<R extends Fields, O extends Fields> = { readonly [K in keyof R]: TypeOf<R[K]> } & {
  readonly [K in keyof O]?: TypeOf<O[K]>;
};

export const text = (
  most: number,
  more: Pick<JsonSchema, 'pattern' | 'minLength' | 'description'> = {},
): Node<string> => ({
  type: 'string',
  maxLength: most,
  ...more,
});
export const whole = (minimum: number, maximum: number): Node<number> => ({ type: 'integer', minimum, maximum });
export const number = (minimum: number, maximum: number): Node<number> => ({ type: 'number', minimum, maximum });
export const flag: Node<boolean> = { type: 'boolean' };
export const yes: Node<true> = { const: true };
export const exactly = <const T extends string | number>(value: T): Node<T> => ({ const: value });
export const oneOf = <const T extends string>(...words: readonly T[]): Node<T> => ({ enum: words });
export const list = <N extends JsonSchema>(items: N, maxItems: number, minItems = 0): Node<readonly TypeOf<N>[]> => ({
  type: 'array',
  items,
  maxItems,
  ...(minItems === 0 ? {} : { minItems }),
});
export const record = <N extends JsonSchema>(
  names: JsonSchema,
  values: N,
  most: number,
): Node<Readonly<Record<string, TypeOf<N>>>> => ({
  type: 'object',
  propertyNames: names,
  additionalProperties: values,
  maxProperties: most,
});
export function object<R extends Fields, O extends Fields>(
  required: R,
  optional: O,
  description?: string,
): Node<Shape<R, O>> {
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}
/** One of some objects that differ in the constant of one property. */
export const union = <const N extends readonly JsonSchema[]>(...of: N): Node<TypeOf<N[number]>> => ({ oneOf: of });
/** A definition that stands elsewhere in the schema. */
export const ref = <T>(name: string): Node<T> => ({ $ref: `#/$defs/${name}` });

/** What is wrong with a document, and where: `pages[2].questions[0].title`. */
export interface DocumentProblem {
  readonly at: string;
  /** In English, to be read behind the place. */
  readonly reason: string;
}

/** No more than so many are told of. */
const MOST = 50;

/** Everything that is wrong with a value, the first 50 of it. */
export function check(
  schema: JsonSchema,
  value: unknown,
  defs: Readonly<Record<string, JsonSchema>>,
): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const add = (at: string, reason: string): void => {
    if (problems.length < MOST) problems.push({ at, reason });
  };
  const look = (node: JsonSchema, value: unknown, at: string): void => {
    if (problems.length >= MOST) return;
    if (node.$ref !== undefined) look(defs[node.$ref.slice('#/$defs/'.length)] ?? {}, value, at);
    else if (node.oneOf !== undefined) lookAtOne(node.oneOf, value, at);
    else if (node.const !== undefined) {
      if (value !== node.const) add(at, `must be ${JSON.stringify(node.const)}`);
    } else if (node.enum !== undefined) {
      if (typeof value !== 'string' || !node.enum.includes(value)) add(at, `must be one of ${node.enum.join(', ')}`);
    } else if (node.type === 'object') lookAtObject(node, value, at);
    else if (node.type === 'array') lookAtList(node, value, at);
    else if (node.type !== undefined) {
      const reason = wrongScalar(node, value);
      if (reason !== undefined) add(at, reason);
    }
  };
  /** Told apart by the property that is constant in all of them; where there is none, by a property only one has to have. */
  const lookAtOne = (nodes: readonly JsonSchema[], value: unknown, at: string): void => {
    if (!isRecord(value)) return add(at, 'must be an object');
    const [first] = nodes;
    const tag = first?.required?.find((name) => first.properties?.[name]?.const !== undefined);
    if (tag === undefined) {
      const fitting = nodes.find((node) => node.required?.every((name) => Object.hasOwn(value, name)));
      if (fitting !== undefined) return look(fitting, value, at);
      const names = nodes.map((node) => node.required?.join(' and ')).join(', or ');
      return add(at, `must have ${names}`);
    }
    const fitting = nodes.find((node) => node.properties?.[tag]?.const === value[tag]);
    if (fitting !== undefined) look(fitting, value, at);
    else add(join(at, tag), `must be one of ${nodes.map((node) => node.properties?.[tag]?.const).join(', ')}`);
  };
  const lookAtObject = (node: JsonSchema, value: unknown, at: string): void => {
    if (!isRecord(value)) return add(at, 'must be an object');
    const { properties = {}, additionalProperties: rest, propertyNames: names } = node;
    for (const name of node.required ?? []) if (!Object.hasOwn(value, name)) add(join(at, name), 'is missing');
    const keys = Object.keys(value);
    if (node.maxProperties !== undefined && keys.length > node.maxProperties)
      add(at, `has more than ${node.maxProperties} entries`);
    for (const name of keys) {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      const odd = names === undefined ? undefined : wrongScalar(names, name);
      if (known !== undefined) look(known, value[name], join(at, name));
      else if (rest === undefined || rest === false) add(join(at, name), 'is not known here');
      else if (odd === undefined) look(rest, value[name], join(at, name));
      else add(join(at, name), `as a name ${odd}`);
    }
  };
  const lookAtList = (node: JsonSchema, value: unknown, at: string): void => {
    if (!Array.isArray(value)) return add(at, 'must be a list');
    if (value.length < (node.minItems ?? 0)) add(at, `must have at least ${node.minItems}`);
    if (value.length > (node.maxItems ?? Infinity)) return add(at, `must have at most ${node.maxItems}`);
    // A hole in a list is no value either.
    Array.from<unknown>(value).forEach((one, i) => look(node.items ?? {}, one, `${at}[${i}]`));
  };
  look(schema, value, '');
  return problems;
}

const UNKEPT = /[\p{Surrogate}\p{Cc}]/u;

function wrongScalar(node: JsonSchema, value: unknown): string | undefined {
  if (node.type === 'boolean') return typeof value === 'boolean' ? undefined : 'must be true or false';
  if (node.type === 'string') {
    if (typeof value !== 'string') return 'must be a text';
    if (value.length > (node.maxLength ?? Infinity)) return `must have at most ${node.maxLength} characters`;
    if (value.length < (node.minLength ?? 0)) return `must have at least ${node.minLength} characters`;
    if (UNKEPT.test(value.replace(/[\n\r\t]/gu, ''))) return 'holds characters that no text has';
    if (node.pattern !== undefined && !new RegExp(node.pattern, 'u').test(value))
      return node.description === undefined ? `must match ${node.pattern}` : `must be ${node.description}`;
    return undefined;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
  if (node.type === 'integer' && !Number.isInteger(value)) return 'must be a whole number';
  const { minimum = -Infinity, maximum = Infinity } = node;
  return value < minimum || value > maximum ? `must be from ${minimum} to ${maximum}` : undefined;
}

function join(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
