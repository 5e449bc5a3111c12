import { commands } from './commands.ts';
import { runCommand } from './platform/cli/run.ts';
import { terminal } from './platform/cli/terminal.ts';
import { serverCapabilities } from './server-capabilities.ts';

process.exitCode = await runCommand(commands, serverCapabilities, process.argv.slice(2), process.env, terminal);
