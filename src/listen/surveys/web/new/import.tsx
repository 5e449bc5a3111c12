import { Button, FileButton, TextInput } from '@mantine/core';
import { isLanguage, LANGUAGE_NAMES } from '@touchstone/domain/languages';
import { useState } from 'react';
import { api, upload, useWrite } from '../../../../platform/web/client/index.ts';
import { Card, ErrorNote, Facts, Progress, useWords } from '../../../../platform/web/ui/index.ts';
import type { SurveyRead } from '../../contract.ts';
import { MOST_NAME_LETTERS } from '../../vocabulary.ts';
import styles from './new.module.css';
import { type Left, leftByCode, surveyReadOf } from './left.ts';
import type { WayProps } from './ways.ts';

const FROM = { surveyjs: 'SurveyJS', limesurvey: 'LimeSurvey', touchstone: 'Touchstone' } as const;

/** From a file of another program: what comes of it is shown, and what does not, before anything is made. */
export function Way({ onMade }: WayProps) {
  const { t } = useWords();
  const [reading, setReading] = useState<{ readonly name: string; readonly sent: number }>();
  const [error, setError] = useState<unknown>(null);
  const [read, setRead] = useState<SurveyRead>();

  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setError(null);
    setRead(undefined);
    setReading({ name: file.name, sent: 0 });
    try {
      const answer = await upload('/surveys/import', file, {
        headers: { 'content-type': 'application/octet-stream' },
        onProgress: (sent) => setReading({ name: file.name, sent }),
      });
      setRead(surveyReadOf(answer));
    } catch (wrong) {
      setError(wrong);
    }
    setReading(undefined);
  };

  return (
    <Card>
      <div className={styles['review']}>
        <p>{t('surveys.import.what')}</p>
        <ErrorNote error={error} />
        {reading === undefined ? null : (
          <Progress label={t('surveys.import.reading', { name: reading.name })} share={reading.sent} />
        )}
        <div>
          <FileButton onChange={(file) => void take(file)} accept=".json,.lss,application/json,text/xml">
            {(props) => (
              <Button {...props} variant={read === undefined ? 'filled' : 'default'} disabled={reading !== undefined}>
                {t(read === undefined ? 'surveys.import.choose' : 'surveys.import.another')}
              </Button>
            )}
          </FileButton>
        </div>
        {read === undefined ? null : <Review key={read.name} read={read} onMade={onMade} />}
      </div>
    </Card>
  );
}

function Review({ read, onMade }: WayProps & { readonly read: SurveyRead }) {
  const { t, format } = useWords();
  const [name, setName] = useState(read.name);
  const make = useWrite(api.surveys.create, { refresh: ['surveys'], onDone: ({ id }) => onMade(id) });
  const { pages, languages } = read.document;
  const errors = read.issues.filter(({ severity }) => severity === 'error').length;
  return (
    <>
      <Facts
        facts={[
          [t('surveys.import.from'), FROM[read.from]],
          [t('surveys.import.questions'), format.number(pages.reduce((sum, page) => sum + page.questions.length, 0))],
          [t('surveys.import.pages'), format.number(pages.length)],
          [
            t('surveys.import.languages'),
            languages.map((tag) => (isLanguage(tag) ? LANGUAGE_NAMES[tag] : tag)).join(', '),
          ],
        ]}
      />
      {read.settings.anonymous ? <p>{t('surveys.import.anonymous')}</p> : null}
      {read.left.length === 0 ? (
        <p>{t('surveys.import.whole')}</p>
      ) : (
        <section aria-labelledby="import-left">
          <h2 id="import-left">{t('surveys.import.left', { count: read.left.length })}</h2>
          <ul className={styles['left']}>
            {leftByCode(read.left).map((group) => (
              <LeftOut key={group.code} group={group} />
            ))}
          </ul>
        </section>
      )}
      {errors === 0 ? null : <p>{t('surveys.issues.errors', { count: errors })}</p>}
      <TextInput
        label={t('surveys.new.name')}
        description={t('surveys.new.name.note')}
        required
        maxLength={MOST_NAME_LETTERS}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ErrorNote error={make.error} />
      <div className={styles['acts']}>
        <Button
          loading={make.isPending}
          disabled={name.trim() === ''}
          onClick={() => make.mutate({ name: name.trim(), document: read.document, settings: read.settings })}
        >
          {t('surveys.ready.make')}
        </Button>
      </div>
    </>
  );
}

function LeftOut({ group }: { readonly group: Left }) {
  const { t } = useWords();
  return (
    <li>
      {t(`surveys.import.left.${group.code}`)}
      <ul>
        {group.things.map(({ at, what }) => (
          <li key={`${at} ${what}`}>
            <bdi>{at === '' ? t('surveys.import.left.whole') : at}</bdi>
            {what === '' ? null : (
              <>
                : <code dir="ltr">{what}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}
