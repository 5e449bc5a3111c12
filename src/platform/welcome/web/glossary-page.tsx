import { Anchor, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Card, Go, Page as Opened, useParam, useWords } from '../../web/ui/index.ts';
import { CONCEPTS, isConcept, type Concept } from '../../web/ui/help/concepts.ts';
import { sourceOf } from '../../web/ui/help/sources.ts';
import { useHelpTexts } from '../../web/ui/help/texts.ts';
import { foundIn } from './glossary.ts';
import styles from './welcome.module.css';
import { useWelcomeWords } from './words.ts';

/** What the words of the pages mean; one of them where the address names it. */
export function Page() {
  useWelcomeWords();
  const { t, language, format } = useWords();
  const texts = useHelpTexts(language);
  const named = useParam('term');
  const [words, setWords] = useState('');
  const term = isConcept(named) ? named : undefined;
  const nameOf = (concept: Concept): string => t(`welcome.term.${concept}`);
  const shown = term === undefined ? foundIn(CONCEPTS, words, (c) => `${nameOf(c)} ${texts(c)}`) : [term];
  const sorted = shown.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), format.language));
  return (
    <Opened
      name={t('welcome.glossary.nav')}
      sentence={term === undefined ? t('welcome.glossary.sentence') : nameOf(term)}
      note={term === undefined ? t('welcome.glossary.note') : undefined}
    >
      {term === undefined ? (
        <TextInput
          className={styles['search'] ?? ''}
          label={t('welcome.glossary.search')}
          type="search"
          value={words}
          onChange={(e) => setWords(e.currentTarget.value)}
        />
      ) : null}
      {shown.length === 0 ? (
        <p role="status">
          {t('welcome.glossary.none')}{' '}
          <Anchor component="button" type="button" onClick={() => setWords('')}>
            {t('welcome.glossary.all')}
          </Anchor>
        </p>
      ) : (
        <Card>
          <dl className={styles['terms']}>
            {sorted.map((concept) => (
              <div key={concept}>
                <dt>{term === undefined ? <Go to={`/glossary/${concept}`}>{nameOf(concept)}</Go> : nameOf(concept)}</dt>
                <dd>
                  {texts(concept)}
                  <Source of={concept} />
                </dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      {term === undefined ? null : <Go to="/glossary">{t('welcome.glossary.all')}</Go>}
    </Opened>
  );
}

/** As one cites it, in the language of the work. */
function Source({ of }: { readonly of: Concept }) {
  const { t } = useWords();
  const source = sourceOf(of);
  if (source === undefined) return null;
  return (
    <span className={styles['source']}>
      {t('welcome.glossary.source')}:{' '}
      <bdi dir="ltr" lang="en">
        {source}
      </bdi>
    </span>
  );
}
