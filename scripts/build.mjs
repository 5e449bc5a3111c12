import { ensureInstalled } from './lib/install.mjs';

await ensureInstalled();
const { ensureBuilt } = await import('./lib/build.mjs');
const { built, stamp, ms } = await ensureBuilt({ force: process.argv.includes('--force'), say: console.log });
console.log(built ? `Built ${stamp} in ${(ms / 1000).toFixed(1)} s.` : `Nothing changed since build ${stamp}.`);
