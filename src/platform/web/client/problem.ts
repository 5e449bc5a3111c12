/** An answer of the API that is no success, as RFC 9457 tells it. `detail` and `mend` are words for the reader. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    /** `not-found`, `bad-input` … or `unreachable` when no answer came. */
    readonly type: string,
    readonly detail: string,
    /** The field that is wrong, where one is: `columns.at`. */
    readonly field?: string,
    /** What to do about it. */
    readonly mend?: string,
  ) {
    super(detail);
    this.name = 'ProblemError';
  }
}

/** Reads problem JSON; whatever else came becomes a problem with the status alone. */
export function toProblem(status: number, body: unknown): ProblemError {
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const text = (key: string): string | undefined => (typeof fields[key] === 'string' ? fields[key] : undefined);
  const type = text('type')?.split(/[/:#]/).at(-1) ?? 'internal';
  return new ProblemError(
    status,
    type,
    text('detail') ?? text('title') ?? `HTTP ${status}`,
    text('field'),
    text('mend'),
  );
}
