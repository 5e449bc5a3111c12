import { ensureInstalled } from './lib/install.mjs';

await ensureInstalled();
const { ensureBuilt } = await import('./lib/build.mjs');
await ensureBuilt({ say: (line) => console.error(line) });
const { launch } = await import('./lib/launch.mjs');
process.exitCode = await launch(process.argv.length > 2 ? process.argv.slice(2) : ['serve']);
