import { filesBelow, isTest, read } from './tree.mjs';

/** A promise stands in a SPEC.md as `- **IM1** what holds`. */
const PROMISE = /^\s*[-*] \*\*([A-Z]{2}\d+)\*\*/gm;
/** A test names the promises it holds to account: `[IM1]`, `[WS1, WS2]`. */
const NAMED = /\[([A-Z]{2}\d+(?:\s*,\s*[A-Z]{2}\d+)*)\]/g;

/** Promises without a test, tests of no promise, and ids given twice. */
export function checkPromises(root) {
  const promised = new Map();
  const wrong = [];
  for (const name of filesBelow(root, (n) => n.endsWith('SPEC.md'))) {
    for (const [, id] of read(root, name).matchAll(PROMISE)) {
      if (promised.has(id)) wrong.push(`${name}: ${id} is promised in ${promised.get(id)} already`);
      promised.set(id, name);
    }
  }
  const tested = new Map();
  for (const name of filesBelow(root, isTest)) {
    for (const [, ids] of read(root, name).matchAll(NAMED)) {
      for (const id of ids.split(/\s*,\s*/)) tested.set(id, name);
    }
  }
  for (const [id, name] of promised) if (!tested.has(id)) wrong.push(`${name}: ${id} has no test that names it`);
  for (const [id, name] of tested) if (!promised.has(id)) wrong.push(`${name}: tests ${id}, which no SPEC.md promises`);
  return { wrong, promises: promised.size };
}
