/** What an error says to whoever sits at the terminal, in a line. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.message === '' && error.errors[0] instanceof Error) {
    return inWords(error.errors[0]);
  }
  return error.message === '' ? error.name : (error.message.split('\n')[0] ?? error.name);
}
