import { Problem } from '../kernel/problem.ts';

/** What Node says of an address where nobody listens, or of a connection that ended before its answer. */
const UNREACHED = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);
/** What a ClickHouse says that did not reach another, or not the Keeper that replicas meet in. */
const UNREACHED_OTHER = new Set([
  'ALL_CONNECTION_TRIES_FAILED',
  'NETWORK_ERROR',
  'SOCKET_TIMEOUT',
  'DNS_ERROR',
  'KEEPER_EXCEPTION',
  'TABLE_IS_READ_ONLY',
  'UNKNOWN_STATUS_OF_INSERT',
]);

/** Whether a statement failed because a server was not there, rather than for what it said. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('type' in error && typeof error.type === 'string' && UNREACHED_OTHER.has(error.type)) return true;
  return 'code' in error && typeof error.code === 'string' && UNREACHED.has(error.code);
}

/** A server of the facts store is away, or one of several that it asks. */
export class StoreAway extends Error {
  constructor(server: string, cause: unknown) {
    super(`${server} does not answer, or another server that it asks.`, { cause });
    this.name = 'StoreAway';
  }

  /** For whoever asked: in words, without addresses. */
  get problem(): Problem {
    return new Problem('unavailable', 'The store of facts does not answer, or not all of its servers do.', {
      mend: 'What arrives meanwhile is kept. Try again in a moment; the page Operations says which server is away.',
      retryAfterSeconds: 5,
      code: 'store-away',
    });
  }
}
