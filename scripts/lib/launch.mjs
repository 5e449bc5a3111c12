import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './tree.mjs';

/** What is to be run: without a command, as in `npm start -- --port 3977`, it is `serve`. */
export function commandOf(args) {
  const [first = '-'] = args;
  return first.startsWith('-') && !['--help', '-h'].includes(first) ? ['serve', ...args] : args;
}

/** Runs the built program with these arguments; hands it every signal to stop, and answers with its exit code. */
export function launch(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--enable-source-maps', join(ROOT, 'dist', 'server', 'main.js'), ...args], {
      stdio: 'inherit',
    });
    // A terminal sends Ctrl-C to the whole group; a supervisor sends SIGTERM to this process alone.
    const hand = (signal) => child.kill(signal);
    process.on('SIGTERM', hand);
    process.on('SIGINT', () => {});
    child.on('close', (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}
