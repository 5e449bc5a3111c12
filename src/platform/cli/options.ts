import { parseArgs } from 'node:util';
import { ROLES, type Role } from '../kernel/config.ts';
import { UsageError } from './terminal.ts';

export interface OptionsSpec {
  /** Options that take a value: `--data DIR`. */
  readonly values?: readonly string[];
  /** Options that stand alone: `--json`. */
  readonly flags?: readonly string[];
  /** How many bare words there may be. */
  readonly words?: number;
}

export interface Options {
  readonly values: Readonly<Record<string, string>>;
  readonly flags: ReadonlySet<string>;
  readonly words: readonly string[];
}

/** Reads `--name value`, `--name=value`, `--flag` and bare words. Throws UsageError for anything else. */
export function readOptions(args: readonly string[], spec: OptionsSpec): Options {
  const { values = [], flags = [], words = 0 } = spec;
  const options = Object.fromEntries([
    ...values.map((name) => [name, { type: 'string' as const }]),
    ...flags.map((name) => [name, { type: 'boolean' as const }]),
  ]);
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error));
  }
  const [extra] = parsed.positionals.slice(words);
  if (extra !== undefined) throw new UsageError(`${extra} is one word too many`);
  const given = Object.entries(parsed.values);
  return {
    values: Object.fromEntries(given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
    flags: new Set(given.flatMap(([name, value]) => (value === true ? [name] : []))),
    words: parsed.positionals,
  };
}

/** `--roles web,ingest`: each once, at least one. */
export function rolesOf(text: string | undefined): ReadonlySet<Role> | undefined {
  if (text === undefined) return undefined;
  const roles = text.split(',').map((name) => ROLES.find((role) => role === name.trim()));
  const known = roles.filter((role) => role !== undefined);
  if (known.length < roles.length) throw new UsageError(`--roles: ${text} is none: choose of ${ROLES.join(', ')}`);
  return new Set(known);
}

/** `--port`: a whole number. */
export function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`--port: ${text} is no port: choose one of 0 to 65535`);
  return port;
}
