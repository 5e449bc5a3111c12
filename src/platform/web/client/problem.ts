/** An answer of the API that is no success, as RFC 9457 tells it. `detail` and `mend` are words for the reader. */
export class ProblemError extends Error {
  /** The field that is wrong, where one is: `columns.at`. */
  readonly field: string | undefined;
  /** What to do about it. */
  readonly mend: string | undefined;
  /** Which problem of its type it is, for words in the reader's language: `last-owner`. */
  readonly code: string | undefined;
  /** What `code` speaks of. */
  readonly values: Readonly<Record<string, string | number>>;

  constructor(
    readonly status: number,
    /** `not-found`, `bad-input` … or `unreachable` when no answer came. */
    readonly type: string,
    readonly detail: string,
    more: {
      readonly field?: string | undefined;
      readonly mend?: string | undefined;
      readonly code?: string | undefined;
      readonly values?: Readonly<Record<string, string | number>>;
    } = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
    this.field = more.field;
    this.mend = more.mend;
    this.code = more.code;
    this.values = more.values ?? {};
  }
}

/** Reads problem JSON; whatever else came becomes a problem with the status alone. */
export function toProblem(status: number, body: unknown): ProblemError {
  const fields = bag(body);
  const text = (key: string): string | undefined => (typeof fields[key] === 'string' ? fields[key] : undefined);
  const type = text('type')?.split(/[/:#]/).at(-1) ?? 'internal';
  const values = Object.entries(bag(fields['values'])).filter(
    (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return new ProblemError(status, type, text('detail') ?? text('title') ?? `HTTP ${status}`, {
    field: text('field'),
    mend: text('mend'),
    code: text('code'),
    values: Object.fromEntries(values),
  });
}

function bag(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
