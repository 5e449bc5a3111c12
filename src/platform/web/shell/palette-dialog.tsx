import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { PaletteEntry, PaletteProvider } from '../client/capability.ts';
import { useRead } from '../client/read.ts';
import { useReader } from '../client/session.tsx';
import { useFocusBack } from '../ui/focus-back.ts';
import { useGo } from '../ui/go.tsx';
import type { MessageKey } from '../ui/i18n/keys.ts';
import { useWords, type Translate } from '../ui/i18n/language.tsx';
import { useCapabilities } from './capabilities.ts';
import { useRailEntries, WING_KEYS } from './rail.tsx';
import styles from './shell.module.css';
import { useActions, type Action } from './use-actions.ts';

/** The dialog of ⌘K. Loaded when it is first opened. */
export function PaletteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      yOffset="12vh"
      centered={false}
      aria-label={t('web.palette.open')}
    >
      <Search onDone={onClose} />
    </Modal>
  );
}

function Search({ onDone }: { readonly onDone: () => void }) {
  const { t } = useWords();
  const go = useGo();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const entries = useEntries(words);
  const open = (entry: Found | undefined): void => {
    if (entry === undefined) return;
    onDone();
    if ('to' in entry) go({ to: entry.to });
    else entry.act();
  };
  const chosen = Math.min(at, entries.length - 1);
  return (
    <>
      <TextInput
        data-autofocus
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="palette-results"
        aria-activedescendant={chosen < 0 ? undefined : `palette-${chosen}`}
        aria-label={t('web.palette.open')}
        placeholder={t('web.palette.hint')}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (step !== 0) {
            event.preventDefault();
            setAt(Math.max(0, Math.min(entries.length - 1, chosen + step)));
          }
          if (event.key === 'Enter') open(entries[chosen]);
        }}
      />
      <ul className={styles['results']} id="palette-results" role="listbox" aria-label={t('web.palette.open')}>
        {entries.map((entry, index) => (
          <li
            key={`${'to' in entry ? entry.to : ''} ${entry.note ?? ''} ${entry.title}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            className={styles['result']}
            onMouseMove={() => setAt(index)}
            onClick={() => open(entry)}
          >
            <span dir="auto">{entry.title}</span>
            <span className={styles['note']} dir="auto">
              {entry.note}
            </span>
          </li>
        ))}
      </ul>
      {entries.length === 0 ? <p>{t('web.palette.none')}</p> : null}
    </>
  );
}

type Found = PaletteEntry | Action;

function useEntries(words: string): readonly Found[] {
  const { t, language } = useWords();
  const { may } = useReader();
  const capabilities = useCapabilities();
  const [settled] = useDebouncedValue(words.trim(), 150);
  const providers = capabilities
    .flatMap((c) => (c.palette === undefined ? [] : [c.palette]))
    .filter((p) => may(p.permission));
  const wanted = words.trim().toLocaleLowerCase();
  const isWanted = ({ title }: { readonly title: string }): boolean => title.toLocaleLowerCase().includes(wanted);
  const pages = useRailEntries()
    .flatMap(({ wing, entries }) => entries.map((entry) => ({ wing, ...entry })))
    .map(({ wing, labelKey, path }) => ({
      title: t(labelKey),
      to: path,
      ...(wing === 'home' ? {} : { note: t(WING_KEYS[wing]) }),
    }))
    .filter(isWanted);
  const others = capabilities
    .flatMap((c) => c.pages)
    .flatMap(({ path, permission, labelKey }) =>
      // Checked where the page is declared.
      labelKey === undefined || !may(permission) ? [] : [{ title: t(labelKey as MessageKey), note: '', to: path }],
    )
    .filter(isWanted);
  const actions = useActions();
  const found = useRead(['palette', language, settled], (signal) => findAll(providers, settled, signal, t), {
    enabled: settled.length > 1,
  });
  const things = settled.length > 1 ? (found.data ?? []) : [];
  return [
    ...pages,
    ...things.map(({ provider, entry }) => ({
      ...entry,
      // Checked where the provider is declared.
      note: entry.note ?? t(provider.labelKey as MessageKey),
    })),
    // Before anything is typed the rail's pages alone are shown: all else is found by its words.
    ...(wanted === '' ? [] : [...others, ...actions.filter(isWanted)]),
  ];
}

async function findAll(
  providers: readonly PaletteProvider[],
  words: string,
  signal: AbortSignal,
  t: Translate,
): Promise<readonly { readonly provider: PaletteProvider; readonly entry: PaletteEntry }[]> {
  const answers = await Promise.all(
    providers.map(async (provider) => (await provider.find(words, signal, t)).map((entry) => ({ provider, entry }))),
  );
  return answers.flat();
}
