import { Button, FileButton, NativeSelect, Select, Switch } from '@mantine/core';
import { isLanguage } from '@touchstone/domain/languages';
import { useLayoutEffect, useRef, useState } from 'react';
import { save } from '../../../../../../platform/web/client/index.ts';
import { Card, Confirm, useWords } from '../../../../../../platform/web/ui/index.ts';
import type { ViewProps } from '../../view.ts';
import { LANGUAGES_TO_ADD } from './languages.ts';
import { TextRows } from './text-rows.tsx';
import { addLanguage, doneOf, readTable, removeLanguage, tableOf, type TableRead } from './texts.ts';
import styles from './translations.module.css';

/** The survey's texts in each of its languages, beside one another. */
export function View(props: ViewProps) {
  const { document, change, language, mayWrite } = props;
  const { t, format } = useWords();
  const others = document.languages.slice(1);
  const [wanted, setWanted] = useState<string>();
  const [missing, setMissing] = useState(false);
  const [read, setRead] = useState<TableRead>();
  const target = others.find((tag) => tag === wanted) ?? others[0];
  const toAdd = LANGUAGES_TO_ADD.filter((tag) => !document.languages.includes(tag))
    .map((tag) => ({ value: tag, label: format.languageName(tag) }))
    .sort((a, b) => a.label.localeCompare(b.label, format.locale));

  // What was written while the file was read is kept.
  const newest = useRef(document);
  useLayoutEffect(() => {
    newest.current = document;
  });
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const text = await file.text();
    const table = readTable(newest.current, text);
    setRead(table);
    if (table.changed > 0) change(table.document, t('surveys.texts.did.table'));
  };

  return (
    <>
      <Card title={t('surveys.texts.languages')} note={t('surveys.texts.languages.note')}>
        <ul className={styles['languages']}>
          {document.languages.map((tag, i) => {
            const { done, all } = doneOf(document, tag);
            return (
              <li key={tag}>
                <div>
                  <strong>{format.languageName(tag)}</strong>
                  <p className={styles['soft']}>
                    {i === 0
                      ? t('surveys.texts.first')
                      : `${t('surveys.texts.done', { done, all })} ${isLanguage(tag.split('-')[0] ?? '') ? '' : t('surveys.texts.notOurs')}`}
                  </p>
                  {i === 0 ? null : (
                    <progress className={styles['bar']} max={Math.max(1, all)} value={done} aria-hidden="true" />
                  )}
                </div>
                {!mayWrite || i === 0 ? null : (
                  <Confirm
                    title={t('surveys.texts.remove.ask', { language: format.languageName(tag) })}
                    sentence={t('surveys.texts.remove.what', { done })}
                    yes={t('surveys.texts.remove')}
                    onYes={async () => change(removeLanguage(document, tag), t('surveys.texts.did.removed'))}
                  >
                    {(ask) => (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        aria-label={t('surveys.texts.remove.of', { language: format.languageName(tag) })}
                        onClick={ask}
                      >
                        {t('surveys.texts.remove')}
                      </Button>
                    )}
                  </Confirm>
                )}
              </li>
            );
          })}
        </ul>
        <div className={styles['tools']}>
          {mayWrite ? (
            <Select
              size="sm"
              searchable
              label={t('surveys.texts.add')}
              placeholder={t('surveys.texts.add.hint')}
              data={toAdd}
              value={null}
              onChange={(tag) => {
                if (tag === null) return;
                change(addLanguage(document, tag), t('surveys.texts.did.added'));
                setWanted(tag);
              }}
              comboboxProps={{ withinPortal: false }}
            />
          ) : null}
          <Button
            variant="default"
            onClick={() => save(new Blob([tableOf(document)], { type: 'text/csv;charset=utf-8' }), 'texts.csv')}
          >
            {t('surveys.texts.export')}
          </Button>
          {mayWrite ? (
            <FileButton onChange={(file) => void take(file)} accept=".csv,text/csv">
              {(button) => (
                <Button variant="default" {...button}>
                  {t('surveys.texts.import')}
                </Button>
              )}
            </FileButton>
          ) : null}
        </div>
        {read === undefined ? null : <ReadSaid read={read} />}
      </Card>
      {target === undefined ? null : (
        <Card title={t('surveys.texts.title')}>
          <div className={styles['tools']}>
            <NativeSelect
              label={t('surveys.texts.into')}
              value={target}
              data={others.map((tag) => ({ value: tag, label: format.languageName(tag) }))}
              onChange={({ currentTarget }) => setWanted(currentTarget.value)}
            />
            <Switch
              label={t('surveys.texts.missing')}
              checked={missing}
              onChange={({ currentTarget }) => setMissing(currentTarget.checked)}
            />
          </div>
          <TextRows
            key={`${target} ${missing}`}
            {...{ document, change, mayWrite }}
            source={language}
            target={target}
            missing={missing}
          />
        </Card>
      )}
    </>
  );
}

/** What came of a table. */
function ReadSaid({ read }: { readonly read: TableRead }) {
  const { t, format } = useWords();
  if (read.isOther) return <p role="alert">{t('surveys.texts.table.other')}</p>;
  return (
    <div role="status" className={styles['soft']}>
      <p>{t('surveys.texts.table.changed', { count: read.changed })}</p>
      {read.unknown.length === 0 ? null : (
        <p>{t('surveys.texts.table.unknown', { texts: format.list(read.unknown.slice(0, 5)) })}</p>
      )}
      {read.long.length === 0 ? null : (
        <p>{t('surveys.texts.table.long', { texts: format.list(read.long.slice(0, 5)) })}</p>
      )}
    </div>
  );
}
