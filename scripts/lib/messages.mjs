import { filesBelow, isTest, read } from './tree.mjs';
import { readSource } from './source.mjs';

const FILE = /messages\.([a-z]{2})\.json$/;
const PLURAL = /_(zero|one|two|few|many|other)$/;
const PLACEHOLDER = /\{\{\s*([\w.]+)/g;

/** Languages every message file has from the start. */
export const LANGUAGES = ['en', 'ru', 'pl', 'sl', 'fa'];

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

/** Some words beside one another; a name or an abbreviation may be the same in many languages. */
const SENTENCE = /[a-z]{2,} [a-z]{2,}.* [a-z]{2,}/i;

/** Ends like a plural, and follows a value that is no count. */
const NO_PLURAL = new Set(
  'as asks begins contains counts does gives has includes is its less lets looks ms names points takes this was writes'.split(
    ' ',
  ),
);

/** What is counted is said in every plural form: `1 rows` reads as a machine. */
function checkPlurals(byLanguage, wrong) {
  for (const [language, messages] of byLanguage) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, { name, text }] of messages) {
      const isPlural = PLURAL.test(key);
      if (isPlural) {
        const missing = forms.filter((form) => !messages.has(`${bare(key)}_${form}`));
        if (missing.length > 0) wrong.push(`${name}: ${bare(key)} has no form _${missing.join(', _')}`);
      } else if (placeholders(text).split(',').includes('count')) {
        wrong.push(`${name}: ${key} tells a count and has no plural forms`);
      }
      const counted = language === 'en' ? [...text.matchAll(/\{\{\s*([\w.]+)\s*\}\} ([a-z]+s)\b/g)] : [];
      for (const [, value, word] of counted) {
        if (value === 'count' ? isPlural : NO_PLURAL.has(word)) continue;
        wrong.push(`${name}: ${key} says "${word}" for any {{${value}}}: call it {{count}}, with plural forms`);
      }
    }
  }
}

const bare = (key) => key.replace(PLURAL, '');
const placeholders = (text) => [...new Set([...text.matchAll(PLACEHOLDER)].map((m) => m[1]))].sort().join(',');

/** English says `once`; in Russian and Slovene the same form is said of 21 or 101 too, and has to tell which. */
const saysWhichOne = (key, english, text) =>
  key.endsWith('_one') && placeholders(english) === placeholders(text.replaceAll('{{count}}', ''));

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
      if (same !== undefined && text === same.text && SENTENCE.test(text.replaceAll(/\{\{.*?\}\}/g, ''))) {
        wrong.push(`${name}: ${key} is as in ${first}: not translated?`);
      }
      const told = same !== undefined && placeholders(same.text) !== placeholders(text);
      if (told && !saysWhichOne(key, same.text, text)) {
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
  const byLanguage = readMessages(root, wrong);
  checkPlurals(byLanguage, wrong);
  const keys = compare(byLanguage, wrong);
  const named = new Set();
  const patterns = [];
  const code = filesBelow(root, (n) => /^(src|packages)\//.test(n) && /\.tsx?$/.test(n) && !isTest(n));
  for (const name of code) {
    const source = readSource(name, read(root, name));
    for (const s of source.strings) named.add(s.value);
    for (const { parts } of source.templates) {
      if (parts.length === 1) named.add(parts[0]);
      else if (/^[a-z][\w]*\./i.test(parts[0])) patterns.push(new RegExp(`^${parts.map(escape).join('[\\w .:-]+')}$`));
    }
  }
  for (const key of keys) {
    if (!named.has(key) && !patterns.some((p) => p.test(key))) wrong.push(`${key} is used nowhere`);
  }
  return { wrong, messages: keys.size };
}
