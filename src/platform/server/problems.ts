import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import type { PlainAnswer } from '../house/house.ts';
import { Problem, PROBLEMS, badInput, type ProblemDetails, type ProblemType } from '../kernel/problem.ts';
import { StoreAway } from '../stores/away.ts';

const TITLES: Readonly<Record<ProblemType, string>> = {
  'bad-input': 'Something in the request is not usable',
  unauthenticated: 'Nobody is signed in',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  'method-not-allowed': 'Not that way',
  conflict: 'It does not fit what is there',
  'too-large': 'Too large',
  unsupported: 'Not a kind of content that is taken here',
  'too-many-requests': 'Too many requests',
  internal: 'Something broke on our side',
  unavailable: 'Not available now',
  'no-room': 'No room left',
};

/** Names of fields whose value is never sent back. */
const SECRET_FIELD = /pass|secret|token|authorization|key$/i;

/** RFC 9457. `type` is stable: `/problems/bad-input`. */
export function problemAnswer(problem: Problem, requestId: string): PlainAnswer {
  const { field, value, mend, retryAfterSeconds, code, values } = problem.details;
  const shows = value !== undefined && !(field !== undefined && SECRET_FIELD.test(field));
  const headers = ['content-type', 'application/problem+json; charset=utf-8', 'cache-control', 'no-store'];
  if (retryAfterSeconds !== undefined) headers.push('retry-after', String(retryAfterSeconds));
  const body = {
    type: `/problems/${problem.type}`,
    title: TITLES[problem.type],
    status: problem.status,
    detail: problem.detail,
    ...(field === undefined ? {} : { field }),
    ...(shows ? { value } : {}),
    ...(mend === undefined ? {} : { mend }),
    ...(code === undefined ? {} : { code }),
    ...(values === undefined ? {} : { values }),
    requestId,
  };
  return { status: problem.status, headers, body: JSON.stringify(body) };
}

export function problemResponse(problem: Problem, requestId: string): Response {
  return responseOf(problemAnswer(problem, requestId));
}

export function responseOf({ status, headers, body }: PlainAnswer): Response {
  const pairs = new Headers();
  for (let i = 0; i + 1 < headers.length; i += 2) pairs.set(headers[i] ?? '', headers[i + 1] ?? '');
  return new Response(body, { status, headers: pairs });
}

/** What was thrown, as a problem for whoever asked; null when it is a defect of ours. */
export function asProblem(thrown: unknown): Problem | null {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof StoreAway) return thrown.problem;
  if (!(thrown instanceof ORPCError)) return null;
  if (thrown.cause instanceof Problem) return thrown.cause;
  if (thrown.cause instanceof StoreAway) return thrown.cause.problem;
  if (thrown.code === 'BAD_REQUEST') {
    return thrown.cause instanceof ValidationError
      ? fromValidation(thrown.cause)
      : new Problem('bad-input', 'The request could not be read.');
  }
  const type = (Object.keys(PROBLEMS) as ProblemType[]).find((t) => PROBLEMS[t] === thrown.status && t !== 'internal');
  return type === undefined ? null : new Problem(type, thrown.message);
}

function fromValidation(error: ValidationError): Problem {
  const [first, ...others] = error.issues;
  if (first === undefined) return new Problem('bad-input', 'The request is not usable.');
  const path = (first.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  const field = path.join('.');
  const value = path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    error.data,
  );
  const shown = typeof value === 'object' && value !== null ? undefined : value;
  const words = `${field === '' ? 'The request' : field}: ${first.message}.`.replace('..', '.');
  const mend =
    others.length === 0 ? undefined : `${others.length} more: ${others.slice(0, 5).map(describe).join('; ')}.`;
  return badInput(field, shown, words, mend, saidOf(first));
}

/** The commonest faults of a text or a number by name; the issue of a schema tells its own code beside its words. */
function saidOf(issue: ValidationError['issues'][number]): Pick<ProblemDetails, 'code' | 'values'> {
  const told: Readonly<Record<string, unknown>> = { ...issue };
  const { code, origin, minimum, maximum, inclusive, format } = told;
  if (code === 'invalid_format' && format === 'email') return { code: 'not-an-email' };
  if ((origin === 'number' || origin === 'int') && inclusive !== false) {
    if (code === 'too_big' && typeof maximum === 'number')
      return { code: 'number-too-large', values: { most: maximum } };
    if (code === 'too_small' && typeof minimum === 'number')
      return { code: 'number-too-small', values: { least: minimum } };
  }
  if (origin !== 'string') return {};
  if (code === 'too_small' && typeof minimum === 'number') return { code: 'too-short', values: { least: minimum } };
  if (code === 'too_big' && typeof maximum === 'number') return { code: 'too-long', values: { most: maximum } };
  return {};
}

function describe(issue: ValidationError['issues'][number]): string {
  const path = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return `${path === '' ? 'the request' : path}: ${issue.message}`;
}
