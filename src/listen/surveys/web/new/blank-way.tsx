import { Button, NativeSelect, TextInput } from '@mantine/core';
import { LANGUAGE_NAMES, LANGUAGES, isLanguage } from '@touchstone/domain/languages';
import { useState } from 'react';
import { api, useWrite } from '../../../../platform/web/client/index.ts';
import { Card, ErrorNote, useWords } from '../../../../platform/web/ui/index.ts';
import { MOST_NAME_LETTERS } from '../../vocabulary.ts';
import { blankSurvey } from '../blank.ts';
import styles from '../surveys.module.css';
import type { WayProps } from './ways.ts';

/** From nothing: a name, and the language it is written in. */
export function Way({ onMade }: WayProps) {
  const { t, language: own } = useWords();
  const [name, setName] = useState('');
  const [language, setLanguage] = useState<string>(own);
  const make = useWrite(api.surveys.create, { refresh: ['surveys'], onDone: ({ id }) => onMade(id) });
  const send = (): void => {
    // Words of ours are in the reader's language: in another, the writer has to find them.
    const thanks = language === own ? t('surveys.blank.thanks') : '';
    make.mutate({ name: name.trim(), document: blankSurvey(name.trim(), language, thanks) });
  };
  return (
    <Card>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextInput
          label={t('surveys.new.name')}
          description={t('surveys.new.name.note')}
          required
          autoFocus
          maxLength={MOST_NAME_LETTERS}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('surveys.new.language')}
          description={t('surveys.new.language.note')}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
          data={LANGUAGES.map((value) => ({ value, label: isLanguage(value) ? LANGUAGE_NAMES[value] : value }))}
        />
        <ErrorNote error={make.error} />
        <div>
          <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
            {t('surveys.new.make')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
