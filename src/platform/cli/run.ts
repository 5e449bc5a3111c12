import type { Capability, Command } from '../house/house.ts';
import { Problem } from '../kernel/problem.ts';
import { DataDirOwned } from '../stores/data-dir.ts';
import { connect } from './connection.ts';
import { EXIT, UsageError, type Terminal } from './terminal.ts';

/** Runs the command that the first word names. Says what went wrong in words; never throws. */
export async function runCommand(
  commands: readonly Command[],
  capabilities: readonly Capability[],
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  to: Terminal,
): Promise<number> {
  const [name = 'help', ...args] = argv;
  if (['help', '--help', '-h'].includes(name)) {
    to.result(helpText(commands));
    return EXIT.done;
  }
  const command = commands.find((c) => c.name === name);
  if (command === undefined) {
    to.say(`There is no command ${name}. ./touchstone help lists them.`);
    return EXIT.usage;
  }
  if (args.includes('--help') || args.includes('-h') || (args.length === 1 && args[0] === 'help')) {
    to.result(`${command.summary}\n\n  ./touchstone ${command.usage}`);
    return EXIT.done;
  }
  try {
    return await command.run(args, env, (overrides) => connect(capabilities, env, overrides));
  } catch (error) {
    if (error instanceof UsageError) {
      to.say(`${error.message}.\n\n  ./touchstone ${command.usage}`);
      return EXIT.usage;
    }
    to.say(inWords(error));
    return EXIT.failed;
  }
}

function inWords(error: unknown): string {
  if (error instanceof Problem) return [error.detail, error.details.mend].filter((s) => s !== undefined).join(' ');
  if (error instanceof DataDirOwned) return error.message;
  if (!(error instanceof Error)) return `It failed: ${String(error)}`;
  return error.message === '' ? (error.stack ?? error.name) : error.message;
}

function helpText(commands: readonly Command[]): string {
  const lines = commands.map((c) => `  ./touchstone ${c.usage}\n      ${c.summary}`);
  return `Touchstone: what customers say and do, in one place.\n\n${lines.join('\n')}\n\nSettings are environment variables: see .env.example.`;
}
