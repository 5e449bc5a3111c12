import { filesBelow, read } from './tree.mjs';

/** Addresses of package registries, put together here so that this file names none. */
const HOSTS = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['deb', 'debian', 'org'],
].map((p) => p.join('.'));

/** The lockfile pins exact versions and neither it nor any other file names a registry. */
export function checkLockfile(root) {
  const wrong = [];
  const { dependencies, devDependencies } = JSON.parse(read(root, 'package.json'));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    if (!/^\d+\.\d+\.\d+/.test(version)) wrong.push(`package.json: ${name} is not pinned: ${version}`);
  }
  for (const name of filesBelow(root, (n) =>
    /\.(json|ts|tsx|mjs|md|yml|yaml|sh)$|(^|\/)(\.npmrc|run|touchstone)$/.test(n),
  )) {
    const text = read(root, name);
    for (const host of HOSTS) if (text.includes(host)) wrong.push(`${name}: names ${host}`);
  }
  return { wrong };
}
