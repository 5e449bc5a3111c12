import type { SurveyDocument } from '../document.ts';
import { referencesOf } from '../design/references.ts';
import { parseSurvey } from '../design/parse.ts';
import type { Draft } from './draft.ts';
import { ImportRefused } from './left.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Takes away what refers to nothing or to what comes later, which the program it comes from may let pass; tells of it. */
export function mended(document: SurveyDocument, draft: Draft, nameOf: (id: string) => string): SurveyDocument {
  const refused = parseSurvey(document);
  if (refused.document === undefined) {
    // Sizes were counted and shapes made with care: what is left is the size of it all.
    if (refused.problems.some(({ at }) => at === '')) throw new ImportRefused('tooLarge');
    throw new ImportRefused('unknown');
  }
  const gone = new Set<string>();
  const pipes = new Map<string, string[]>();
  for (const { code, at, what, page, question, ending } of referencesOf(document)) {
    const name = nameOf(question ?? page ?? ending ?? '');
    if (/\.(showIf|if)$/u.test(at) && BROKEN.has(code)) {
      draft.leave(at.includes('.skips[') ? 'jump' : 'condition', name, what);
      gone.add(at);
    } else if (/\.skips\[\d+\]$/u.test(at)) {
      draft.leave('jump', name, what);
      gone.add(at);
    } else if (/^quotas\[\d+\]/u.test(at)) {
      draft.leave('quota', name, what);
      gone.add(at);
    } else if (at.endsWith('.carried')) {
      draft.leave('choicesElsewhere', name, what);
      gone.add(at);
    } else if (at.endsWith('.pattern')) {
      draft.leave('pattern', name, what);
      gone.add(at);
    } else if (what !== undefined && (code === 'later' || code === 'unknownField')) {
      draft.leave('piping', name, what);
      pipes.set(at, [...(pipes.get(at) ?? []), what]);
    }
  }
  if (gone.size === 0 && pipes.size === 0) return document;
  const left = without(JSON.parse(JSON.stringify(document)), '', gone, pipes);
  const { document: again } = parseSurvey(left);
  if (again === undefined) throw new Error('An import made no survey.');
  return again;
}

const BROKEN = new Set(['later', 'unknownField', 'unknownChoice']);

/** Whole things go with what makes them what they are: a skip with its condition, a quota, an ending of its own. */
function without(
  json: Json,
  at: string,
  gone: ReadonlySet<string>,
  pipes: ReadonlyMap<string, readonly string[]>,
): Json {
  if (isList(json)) {
    return json.flatMap((one, i) => {
      const place = `${at}[${i}]`;
      const whole = /(^|\.)(skips|quotas|endings)$/u.test(at);
      const leaves = gone.has(place) || (whole && (gone.has(`${place}.if`) || gone.has(`${place}.showIf`)));
      return leaves ? [] : [without(one, place, gone, pipes)];
    });
  }
  if (typeof json !== 'object' || json === null) return json;
  const names = pipes.get(at) ?? [];
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, value]): [string, Json][] => {
      const place = at === '' ? name : `${at}.${name}`;
      if (gone.has(place)) return [];
      if (names.length > 0 && typeof value === 'string')
        return [[name, names.reduce((text, one) => text.replaceAll(`{{${one}}}`, ''), value)]];
      return [[name, without(value, place, gone, pipes)]];
    }),
  );
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
