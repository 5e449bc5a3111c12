import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, usePages, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import { ErrorNote, Loading, Quotes, useWords } from '../../../platform/web/ui/index.ts';
import type { ResultsAsked } from './results-page.tsx';
import styles from './results.module.css';

/** What was typed in answer to a question, with a search. */
export function TypedAnswers({
  asked,
  question,
  title,
}: {
  readonly asked: ResultsAsked;
  readonly question: string;
  readonly title: string;
}) {
  const { t, format } = useWords();
  const { may } = useReader();
  const { zone } = useWorkspace();
  const [search, setSearch] = useState('');
  const input = { ...asked, question, search, limit: 5 };
  const texts = usePages(
    ['responses', 'texts', input],
    (cursor, signal) => api.responses.texts({ ...input, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
    { enabled: may('comments:read') },
  );
  if (!may('comments:read')) return <p className={styles['quiet']}>{t('responses.texts.notYours')}</p>;
  return (
    <>
      <form
        className={styles['fields']}
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const words = new FormData(event.currentTarget).get('words');
          setSearch(typeof words === 'string' ? words.trim() : '');
        }}
      >
        <TextInput
          type="search"
          name="words"
          label={t('responses.texts.search')}
          aria-label={`${t('responses.texts.search')}: ${title}`}
          maxLength={200}
        />
        <Button type="submit" variant="default">
          {t('web.search')}
        </Button>
      </form>
      <ErrorNote error={texts.error} />
      {texts.isPending ? (
        <Loading as="rows" count={3} />
      ) : texts.items.length === 0 ? (
        <p className={styles['quiet']}>{t('responses.texts.none')}</p>
      ) : (
        <Quotes
          quotes={texts.items.map(({ text, at, language }, i) => ({
            key: `${at} ${i}`,
            text,
            language,
            about: [format.dayOf(at, zone)],
          }))}
        />
      )}
      {texts.hasMore ? (
        <Button variant="subtle" loading={texts.isLoadingMore} onClick={texts.more}>
          {t('responses.more')}
        </Button>
      ) : null}
    </>
  );
}
