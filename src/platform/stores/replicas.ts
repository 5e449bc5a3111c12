import { StoreAway } from './away.ts';

/** How a server keeps what a migration makes. */
export type Keeping =
  /** By itself. */
  | 'alone'
  /** With replicas, each told by itself; they meet in Keeper under a path with the macros {shard} and {replica}. */
  | 'at a path'
  /** In a database of the engine Replicated, which tells all replicas and knows the path. */
  | 'in its database'
  /** On ClickHouse Cloud, which replicates whatever is made. */
  | 'in the cloud';

/** Where the replicas of a table meet in Keeper. The server puts in what stands in braces. */
const PATH = "'/touchstone/tables/{database}/{shard}/{table}', '{replica}'";
/** Keeper forgets tokens of inserts sooner than work that was cut off comes back, unless told. */
const TOKENS_KEPT_S = 30 * 86_400;

const ENGINE = /\bENGINE\s*=\s*(\w*MergeTree)\b(?:\(([^)]*)\))?/i;
const OWN_WINDOW = /\bnon_replicated_deduplication_window\s*=\s*(\d+)/;

/**
 * A statement of a migration as a server takes it that keeps things so. A table that recognises tokens of inserts does so
 * in Keeper, for as long; one that does not takes equal rows twice, as it would by itself.
 */
export function keptAs(keeping: Keeping, statement: string): string {
  const engine = ENGINE.exec(statement);
  if (keeping === 'alone' || engine === null || !/^\s*CREATE\s+TABLE\b/i.test(statement)) return statement;
  const window = OWN_WINDOW.exec(statement)?.[1];
  const tokens =
    window === undefined
      ? 'replicated_deduplication_window = 0'
      : `replicated_deduplication_window = ${window}, replicated_deduplication_window_seconds = ${TOKENS_KEPT_S}`;
  const [whole, name = '', own = ''] = engine;
  const made = {
    'at a path': `ENGINE = Replicated${name}(${[PATH, own].filter((part) => part !== '').join(', ')})`,
    'in its database': `ENGINE = Replicated${name}${own === '' ? '' : `(${own})`}`,
    'in the cloud': whole,
  }[keeping];
  const told = statement.replace(whole, made);
  if (window !== undefined) return told.replace(OWN_WINDOW, tokens);
  return /\bSETTINGS\b/.test(told)
    ? told.replace(/\bSETTINGS\b/, `SETTINGS ${tokens},`)
    : `${told}\nSETTINGS ${tokens}`;
}

/**
 * A table's engine with all its clauses, as one server can hold a copy by itself that nobody replicates.
 * @param full `engine_full` of system.tables
 */
export function ownEngine(full: string): string {
  return full.replace(
    /^(?:Replicated|Shared)(\w*MergeTree)(?:\('[^']*', '[^']*'(?:, )?([^)]*)\))?/,
    (_, engine: string, more?: string) => (more === undefined || more === '' ? engine : `${engine}(${more})`),
  );
}

/** How long one that did not answer is asked last. */
const AWAY_MS = 5_000;

/** Servers that can do the same. The first that answers does it: so all that is written is there to be read. */
export class Standing<T> {
  readonly #members: readonly T[];
  readonly #awayUntil = new Map<T, number>();

  constructor(members: readonly T[]) {
    this.#members = members;
  }

  /** In their order, but for those that did not answer lately. */
  order(): T[] {
    const now = performance.now();
    const away = (one: T): boolean => (this.#awayUntil.get(one) ?? 0) > now;
    return [...this.#members.filter((one) => !away(one)), ...this.#members.filter(away)];
  }

  /** Throws what it was given, unless it says that this one is away and somebody is left to ask. */
  missed(one: T, error: unknown, last: boolean): void {
    if (!(error instanceof StoreAway)) throw error;
    this.#awayUntil.set(one, performance.now() + AWAY_MS);
    if (last) throw error;
  }

  /** @param work what may be done twice: one that goes away meanwhile may have done it */
  async first<R>(work: (one: T) => Promise<R>): Promise<R> {
    const order = this.order();
    for (const [i, one] of order.entries()) {
      try {
        return await work(one);
      } catch (error) {
        this.missed(one, error, i === order.length - 1);
      }
    }
    throw new Error('There is no server.');
  }
}

/** Does something on each of some replicas, one after the other. Gives those that answered; throws where none did. */
export async function onThose<T>(replicas: readonly T[], work: (one: T) => Promise<unknown>): Promise<T[]> {
  const answered: T[] = [];
  let failure: unknown = new Error('There is no server.');
  for (const one of replicas) {
    try {
      await work(one);
      answered.push(one);
    } catch (error) {
      if (!(error instanceof StoreAway)) throw error;
      failure = error;
    }
  }
  if (answered.length === 0) throw failure;
  return answered;
}

function typeOf(error: unknown): unknown {
  return error instanceof Error && 'type' in error ? error.type : undefined;
}

/** A mutation that all replicas do but those that are away: they do it before anything else once they are back. */
export function isDoneWithoutThoseAway(error: unknown): boolean {
  return typeOf(error) === 'UNFINISHED' && error instanceof Error && error.message.includes('replicas are inactive');
}

/** An insert was refused, before a row of it stood, since too few replicas are there to have it. */
export function isTooFew(error: unknown): boolean {
  return typeOf(error) === 'TOO_FEW_LIVE_REPLICAS';
}
