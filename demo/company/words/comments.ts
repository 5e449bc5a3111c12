import { chance, integer, pick, type Random } from '@touchstone/domain/random';
import { de } from './de.ts';
import { en } from './en.ts';
import { fa } from './fa.ts';
import { pl } from './pl.ts';
import { ru } from './ru.ts';
import { sl } from './sl.ts';
import type { Speech, Spoken, Theme } from './spoken.ts';

export const SPEECHES: Readonly<Record<Spoken, Speech>> = { en, de, pl, ru, sl, fa };

/** Who writes: their language, and which forms of it are theirs. */
export interface Writer {
  readonly language: Spoken;
  readonly she: boolean;
}

/**
 * Something that customer writes about a theme: one to three sentences, now and then without a full stop or a capital letter.
 * @param lateDays of a late parcel: how many days
 */
export function comment(random: Random, writer: Writer, theme: Theme, lateDays = 1): string {
  const speech = SPEECHES[writer.language];
  const { what, more, end } = speech.themes[theme];
  const shape = random.float();
  const said: string[] = [];
  // By itself the second sentence is about nothing.
  said.push(pick(random, what));
  if (shape < 0.55) said.push(pick(random, more));
  if (shape > 0.38 && shape < 0.78) said.push(pick(random, end));
  const text = said
    .join(' ')
    .replaceAll('{thing}', () => pick(random, speech.things))
    .replaceAll('{wait}', speech.waits[Math.min(5, Math.max(1, lateDays) - 1)] ?? speech.waits[5])
    .replaceAll(/\{([^|{}]*)\|([^|{}]*)\}/gu, writer.she ? '$2' : '$1');
  return handwriting(random, begun(text));
}

/** With a large letter at its head, also where a word was put there. */
function begun(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}

/** As people type: some are in a hurry, some are loud. */
function handwriting(random: Random, text: string): string {
  const hand = random.float();
  if (hand < 0.12) return text.replace(/\.$/u, '');
  if (hand < 0.18) return text.charAt(0).toLocaleLowerCase('en') + text.slice(1).replace(/\.$/u, '');
  if (hand < 0.22) return text.replace(/\.$/u, '!'.repeat(integer(random, 1, 3)));
  if (hand < 0.25 && chance(random, 0.7)) return text.replace(/\. /u, '...\n');
  return text;
}

/** How many comments of three sentences or fewer a theme has, handwriting aside. */
export function varietyOf(language: Spoken, theme: Theme): number {
  const { what, more, end } = SPEECHES[language].themes[theme];
  return what.length * (1 + more.length) * (1 + end.length);
}
