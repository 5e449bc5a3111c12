/** Exit codes: done, failed, called in a way that is none. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Lines for whoever sits at the terminal; results go to standard output, everything else to standard error. */
export interface Terminal {
  result(line: string): void;
  say(line: string): void;
}

export const terminal: Terminal = {
  result: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
};

/** What went wrong with how a command was called; the text names the option. Exit code 2. */
export class UsageError extends Error {}
