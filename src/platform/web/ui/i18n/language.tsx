import { createInstance, type i18n } from 'i18next';
import { createContext, use, useContext, useLayoutEffect, useMemo, type ReactNode } from 'react';
import { LANGUAGES, directionOf, isLanguage, languageOf, type Language } from '@touchstone/domain/languages';
import { makeFormat, type Format } from './format.ts';
import { readWays, type Ways } from './ways.ts';
import { fillRich } from './rich.ts';
import type { MessageKey } from './keys.ts';

const REMEMBERED = 'touchstone.language';
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

const books: Readonly<Record<Language, () => Promise<{ messages: Record<string, Record<string, string>> }>>> = {
  en: () => import('./messages-en.ts'),
  ru: () => import('./messages-ru.ts'),
  pl: () => import('./messages-pl.ts'),
  sl: () => import('./messages-sl.ts'),
  fa: () => import('./messages-fa.ts'),
};

const loaded = new Map<Language, Promise<i18n>>();

function load(language: Language): Promise<i18n> {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const coming = books[language]().then(async ({ messages }) => {
    const instance = createInstance();
    await instance.init({
      lng: language,
      resources: { [language]: { translation: Object.assign({}, ...Object.values(messages)) } },
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false },
    });
    return instance;
  });
  loaded.set(language, coming);
  return coming;
}

const added = new Map<string, Promise<void>>();

/**
 * Words of pages that are seldom opened come with them: suspends until they are there. They lie in `web/words/` of a
 * capability, which the books of every page leave out.
 * @param name of the book, by which it is known
 * @param book the words in a language, as `import.meta.glob` loads them
 */
export function useMoreWords(
  name: string,
  book: (language: Language) => Promise<Readonly<Record<string, string>>>,
): void {
  const { language } = useWords();
  const key = `${name} ${language}`;
  let coming = added.get(key);
  if (coming === undefined) {
    coming = Promise.all([load(language), book(language)]).then(([instance, words]) => {
      instance.addResourceBundle(language, 'translation', words);
    });
    added.set(key, coming);
    // Asked for again where the server was away.
    coming.catch(() => added.delete(key));
  }
  use(coming);
}

/** The reader's choice, else what their browser asks for, else English. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(REMEMBERED);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map(languageOf).find(isLanguage) ?? LANGUAGES[0];
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(REMEMBERED, language);
}

/** Hears of a choice made in another tab of the browser. Gives what ends that. */
export function hearLanguage(chosen: (language: Language) => void): () => void {
  const hear = ({ key, newValue }: StorageEvent): void => {
    if (key === REMEMBERED && isLanguage(newValue)) chosen(newValue);
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
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
  const instance = use(load(language));
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
        if (values === undefined) return instance.t(key);
        const replace = Object.fromEntries(
          Object.entries(values).map(([name, value]) => [
            name,
            typeof value === 'number' ? format.number(value) : value,
          ]),
        );
        return instance.t(key, { ...(typeof values['count'] === 'number' ? { count: values['count'] } : {}), replace });
      },
    };
  }, [instance, language, onChoose, ways, onWays]);
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
