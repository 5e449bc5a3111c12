import { ensureInstalled } from './lib/install.mjs';

await ensureInstalled();
const { ensureBuilt } = await import('./lib/build.mjs');
await ensureBuilt({ say: (line) => console.error(line) });
const { commandOf, launch } = await import('./lib/launch.mjs');
process.exitCode = await launch(commandOf(process.argv.slice(2)));
