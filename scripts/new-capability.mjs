import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/tree.mjs';

await ensureInstalled();
const { makeCapability } = await import('./lib/scaffold.mjs');
try {
  const made = await makeCapability(ROOT, process.argv[2], process.argv[3]);
  console.log(
    `Made:\n${made.map((f) => `  ${f}`).join('\n')}\nNext: write its promises in SPEC.md, then \`npm run check\`.`,
  );
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
