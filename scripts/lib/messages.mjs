import { filesBelow, isTest, read } from './tree.mjs';
import { readSource } from './source.mjs';

const FILE = /messages\.([a-z]{2})\.json$/;
const PLURAL = /_(zero|one|two|few|many|other)$/;
const PLACEHOLDER = /\{\{\s*([\w.]+)/g;

/** Languages every message file has from the start. */
export const LANGUAGES = ['en', 'fa'];

function readMessages(root, wrong) {
  const byLanguage = new Map(LANGUAGES.map((l) => [l, new Map()]));
  for (const name of filesBelow(root, (n) => n.startsWith('src/') && FILE.test(n))) {
    const language = FILE.exec(name)?.[1] ?? '';
    const messages = byLanguage.get(language);
    if (messages === undefined) {
      wrong.push(`${name}: no language of ours yet`);
      continue;
    }
    for (const [key, text] of Object.entries(JSON.parse(read(root, name)))) {
      if (typeof text !== 'string' || text.trim() === '') wrong.push(`${name}: ${key} is empty`);
      if (messages.has(key)) wrong.push(`${name}: ${key} stands in ${messages.get(key).name} too`);
      messages.set(key, { name, text: String(text) });
    }
  }
  return byLanguage;
}

const bare = (key) => key.replace(PLURAL, '');
const placeholders = (text) => [...new Set([...text.matchAll(PLACEHOLDER)].map((m) => m[1]))].sort().join(',');

function compare(byLanguage, wrong) {
  const [first, ...others] = LANGUAGES;
  const base = byLanguage.get(first);
  const baseKeys = new Set([...base.keys()].map(bare));
  for (const language of others) {
    const messages = byLanguage.get(language);
    const keys = new Set([...messages.keys()].map(bare));
    for (const key of baseKeys) if (!keys.has(key)) wrong.push(`${key} is missing in ${language}`);
    for (const key of keys) if (!baseKeys.has(key)) wrong.push(`${key} stands in ${language} and not in ${first}`);
    for (const [key, { name, text }] of messages) {
      const same = base.get(key);
      if (same !== undefined && placeholders(same.text) !== placeholders(text)) {
        wrong.push(`${name}: ${key} has other placeholders than ${first}`);
      }
    }
  }
  return baseKeys;
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Keys missing in a language, and keys that no code names. A template literal names every key of its pattern. */
export function checkMessages(root) {
  const wrong = [];
  const keys = compare(readMessages(root, wrong), wrong);
  const named = new Set();
  const patterns = [];
  const code = filesBelow(root, (n) => /^(src|packages)\//.test(n) && /\.tsx?$/.test(n) && !isTest(n));
  for (const name of code) {
    const source = readSource(name, read(root, name));
    for (const s of source.strings) named.add(s.value);
    for (const { parts } of source.templates) {
      if (parts.length === 1) named.add(parts[0]);
      else if (/^[a-z][\w]*\./i.test(parts[0])) patterns.push(new RegExp(`^${parts.map(escape).join('[\\w.:-]+')}$`));
    }
  }
  for (const key of keys) {
    if (!named.has(key) && !patterns.some((p) => p.test(key))) wrong.push(`${key} is used nowhere`);
  }
  return { wrong, messages: keys.size };
}
