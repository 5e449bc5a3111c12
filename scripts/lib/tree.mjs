import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const SKIPPED = new Set(['node_modules', 'dist', 'data', '.git', 'coverage', '.touchstone']);

/** Every file below `root`, as paths with forward slashes relative to it, sorted. */
export function filesBelow(root, accept = () => true) {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (SKIPPED.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) {
        const name = relative(root, path).split(sep).join('/');
        if (accept(name)) found.push(name);
      }
    }
  };
  walk(root);
  return found.sort();
}

export const isCode = (name) => /\.(ts|tsx|mjs)$/.test(name) && !name.endsWith('.d.ts');
export const isTest = (name) => /\.test\.tsx?$/.test(name);

export function read(root, name) {
  return readFileSync(join(root, name), 'utf8');
}

/** Newest change below the given paths, in milliseconds. */
export function newestChange(paths) {
  let newest = 0;
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    if (stat.isFile()) newest = Math.max(newest, stat.mtimeMs);
    else for (const name of filesBelow(path)) newest = Math.max(newest, statSync(join(path, name)).mtimeMs);
  }
  return newest;
}
