import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds what the end-to-end tests run, unless it was built from these sources already. */
export default function setup(): void {
  const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));
  execFileSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
}
