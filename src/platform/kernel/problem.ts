/**
 * What went wrong, in words for whoever asked. Becomes RFC 9457 problem JSON at the door.
 * Anything thrown that is no Problem is a defect and answers 500 without its text.
 */
export const PROBLEMS = {
  'bad-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'too-large': 413,
  unsupported: 415,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
  'no-room': 507,
} as const;

export type ProblemType = keyof typeof PROBLEMS;

export interface ProblemDetails {
  /** The field that is wrong, as a path: `columns.at`. */
  readonly field?: string;
  /** What stood there, cut short; never a secret. */
  readonly value?: unknown;
  /** What to do about it. */
  readonly mend?: string;
  /** Seconds until another try makes sense (429, 503). */
  readonly retryAfterSeconds?: number;
  /** Which problem of its type it is, for whoever says it in another language: `last-owner`. */
  readonly code?: string;
  /** What `code` speaks of: `{ most: 200 }`. */
  readonly values?: Readonly<Record<string, string | number>>;
}

export class Problem extends Error {
  readonly status: number;

  constructor(
    readonly type: ProblemType,
    readonly detail: string,
    readonly details: ProblemDetails = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.status = PROBLEMS[type];
  }
}

/** The same words whether a thing does not exist or belongs to another workspace: a border tells nothing. */
export function notFound(what: string): Problem {
  return new Problem('not-found', `There is no such ${what} in this workspace.`, { code: 'no-such-thing' });
}

export function badInput(
  field: string,
  value: unknown,
  detail: string,
  mend?: string,
  said: Pick<ProblemDetails, 'code' | 'values'> = {},
): Problem {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  const shown = typeof text === 'string' && text.length > 120 ? `${text.slice(0, 120)}…` : value;
  return new Problem('bad-input', detail, { field, value: shown, ...(mend === undefined ? {} : { mend }), ...said });
}
