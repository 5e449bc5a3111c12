import { createContext, use, useContext, useLayoutEffect, useMemo, type ReactNode } from 'react';
import { directionOf, type Language } from '@touchstone/domain/languages';
import { bookOf } from './books.ts';
import { inWords, makeFill, type Fill } from './fill.ts';
import { makeFormat, type Format } from './format.ts';
import { readWays, type Ways } from './ways.ts';
import { fillRich } from './rich.ts';
import type { MessageKey } from './keys.ts';

const REMEMBERED_WAYS = 'touchstone.ways';

export type Values = Readonly<Record<string, string | number>>;
/** The words for a key. Numbers among the values are written in the language's digits; `count` also chooses the plural. */
export type Translate = (key: MessageKey, values?: Values) => string;

interface Words {
  readonly language: Language;
  readonly t: Translate;
  readonly format: Format;
  readonly choose: (language: Language) => void;
  readonly ways: Ways;
  readonly chooseWays: (ways: Ways) => void;
}

const WordsContext = createContext<Words | undefined>(undefined);

/** The messages of a language; those that come late are added to them. */
interface Spoken {
  readonly messages: Record<string, string>;
  readonly fill: Fill;
}

const loaded = new Map<Language, Promise<Spoken>>();

function load(language: Language): Promise<Spoken> {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const coming = bookOf(language).then(({ messages: books }) => {
    const messages = Object.assign({}, ...Object.values(books)) as Record<string, string>;
    return { messages, fill: makeFill(language, messages) };
  });
  loaded.set(language, coming);
  return coming;
}

const added = new Map<string, Promise<void>>();
/** Those that are there: what has come is drawn at once. */
const there = new Set<string>();

/** The words in a language, as `import.meta.glob` loads them. */
export type LateBook = (language: Language) => Promise<Readonly<Record<string, string>>>;

/** Fetches late words before a page asks for them. */
export function fetchMoreWords(name: string, book: LateBook, language: Language): Promise<void> {
  const key = `${name} ${language}`;
  const known = added.get(key);
  if (known !== undefined) return known;
  const coming = Promise.all([load(language), book(language)]).then(([{ messages }, words]) => {
    Object.assign(messages, words);
    there.add(key);
  });
  added.set(key, coming);
  // Asked for again where the server was away.
  coming.catch(() => added.delete(key));
  return coming;
}

/**
 * Words of pages that are seldom opened come with them: suspends until they are there. They lie in `web/words/` of a
 * capability, which the books of every page leave out. A page that lists them as `words` has them fetched with its code.
 * @param name of the book, by which it is known
 */
export function useMoreWords(name: string, book: LateBook): void {
  const { language } = useWords();
  const coming = fetchMoreWords(name, book, language);
  if (!there.has(`${name} ${language}`)) use(coming);
}

export function firstWays(): Ways {
  return readWays(localStorage.getItem(REMEMBERED_WAYS));
}

export function rememberWays(ways: Ways): void {
  localStorage.setItem(REMEMBERED_WAYS, JSON.stringify(ways));
}

export function LanguageProvider(props: {
  readonly language: Language;
  readonly onChoose: (language: Language) => void;
  readonly ways: Ways;
  readonly onWays: (ways: Ways) => void;
  readonly children: ReactNode;
}) {
  const { language, onChoose, ways, onWays } = props;
  const { fill } = use(load(language));
  // Before anything is drawn in it: the words and the way they run change at once.
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  }, [language]);
  const words = useMemo<Words>(() => {
    const format = makeFormat(language, ways);
    return {
      language,
      format,
      choose: onChoose,
      ways,
      chooseWays: onWays,
      t: (key, values) => {
        if (values === undefined) return fill(key);
        const { count } = values;
        return fill(key, typeof count === 'number' ? count : undefined, inWords(values, format.number));
      },
    };
  }, [fill, language, onChoose, ways, onWays]);
  return <WordsContext value={words}>{props.children}</WordsContext>;
}

/** `const { t, format } = useWords()`. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === undefined) throw new Error('useWords is used outside the app');
  return words;
}

/** A message with marked words: `"… rate you <worse>{{gap}} lower</worse>"`, each mark drawn by `marks`. */
export function Rich(props: {
  readonly k: MessageKey;
  readonly values?: Values;
  readonly marks: Readonly<Record<string, (text: string) => ReactNode>>;
}) {
  const { t } = useWords();
  return fillRich(props.values ?? {}, (values) => t(props.k, values)).map((piece, index) => (
    // The pieces of one sentence keep their places.
    // oxlint-disable-next-line react/no-array-index-key
    <span key={index}>
      {piece.mark === undefined ? piece.text : (props.marks[piece.mark]?.(piece.text) ?? piece.text)}
    </span>
  ));
}
