import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/tree.mjs';

await ensureInstalled();
const { ensureBuilt } = await import('./lib/build.mjs');

let server = null;
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
      if (built || server === null) await restart();
    } catch (error) {
      console.error(error.message);
    }
  } while (again);
  busy = false;
}

async function restart() {
  if (server !== null) {
    const old = server;
    await new Promise((resolve) => {
      old.once('close', resolve);
      old.kill('SIGTERM');
    });
  }
  const args = ['--enable-source-maps', join(ROOT, 'dist/server/main.js'), 'serve', ...process.argv.slice(2)];
  server = spawn(process.execPath, args, { stdio: 'inherit' });
}

let pending;
for (const folder of ['src', 'packages', 'demo']) {
  watch(join(ROOT, folder), { recursive: true }, () => {
    clearTimeout(pending);
    pending = setTimeout(() => void refresh(), 200);
  });
}
process.on('SIGINT', () => {});
process.on('SIGTERM', () => server?.kill('SIGTERM'));
await refresh();
