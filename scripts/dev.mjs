import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/tree.mjs';

await ensureInstalled();
const { ensureBuilt } = await import('./lib/build.mjs');

let server = null;
let leaving = false;
let busy = false;
let again = false;

/** Builds, then puts a server of the new build in place of the old one. A build that fails leaves the old one running. */
async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  do {
    again = false;
    try {
      const { built } = await ensureBuilt({ say: (line) => console.error(line) });
      if (!leaving && (built || server === null)) await restart();
    } catch (error) {
      console.error(error.message);
    }
  } while (again);
  busy = false;
}

async function restart() {
  await end('SIGTERM');
  const args = ['--enable-source-maps', join(ROOT, 'dist/server/main.js'), 'serve', ...process.argv.slice(2)];
  const started = spawn(process.execPath, args, { stdio: 'inherit' });
  server = started;
  // One that ended by itself is started again by the next change.
  started.once('close', () => {
    if (server === started) server = null;
  });
}

/** Ends the server, if one runs, and waits until it is gone. Without a signal it has had one already. */
async function end(signal) {
  const old = server;
  if (old === null) return;
  await new Promise((resolve) => {
    old.once('close', resolve);
    if (signal !== undefined) old.kill(signal);
  });
}

async function leave(signal) {
  leaving = true;
  await end(signal);
  process.exit(0);
}

let pending;
for (const folder of ['src', 'packages', 'demo']) {
  watch(join(ROOT, folder), { recursive: true }, () => {
    clearTimeout(pending);
    pending = setTimeout(() => void refresh(), 200);
  });
}
// A terminal sends Ctrl-C to the server as well.
process.on('SIGINT', () => void leave());
process.on('SIGTERM', () => void leave('SIGTERM'));
await refresh();
