import { Button, Group, Modal } from '@mantine/core';
import { type Question, type SurveyDocument, textIn } from '@touchstone/domain/survey';
import { useEffect, useState } from 'react';
import { api, useRead } from '../../../../platform/web/client/index.ts';
import { useFocusBack } from '../../../../platform/web/ui/focus-back.ts';
import { apart, ErrorNote, Loading, useWords } from '../../../../platform/web/ui/index.ts';
import { compared } from './comparing.ts';
import styles from './editor.module.css';
import { IssueList } from './issues.tsx';
import type { Editing } from './use-editing.ts';

export interface PublishDialogProps {
  readonly editing: Editing;
  readonly goTo: (at: string) => void;
  readonly onClose: () => void;
}

/** Says what publishing does, or what still keeps it from being done. */
export function PublishDialog({ editing, goTo, onClose }: PublishDialogProps) {
  const { t, format } = useWords();
  useFocusBack();
  const { survey, history, keeping, flush } = editing;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // What is wrong is told of what is saved.
  useEffect(() => void flush(), [flush]);
  const errors = survey.issues.filter(({ severity }) => severity === 'error');
  const publish = (): void => {
    setBusy(true);
    setError(null);
    editing.publish().then(onClose, (thrown: unknown) => {
      setError(thrown);
      setBusy(false);
    });
  };
  const isSaved = keeping.is === 'saved';
  const ready = isSaved && errors.length === 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(ready || !isSaved ? 'surveys.publish.ask' : 'surveys.publish.notYet')}
      closeButtonProps={{ 'aria-label': t('web.close') }}
      size="lg"
    >
      {isSaved ? null : <Loading as="sentence" />}
      {isSaved && errors.length > 0 ? (
        <>
          <p className={styles['said']}>{t('surveys.publish.mend')}</p>
          <IssueList
            document={history.now}
            issues={errors}
            goTo={(at) => {
              onClose();
              goTo(at);
            }}
          />
        </>
      ) : null}
      {ready ? (
        <>
          <p className={styles['said']}>
            {survey.version === null
              ? t('surveys.publish.first')
              : survey.changed
                ? t('surveys.publish.next', { version: format.plain(survey.version + 1) })
                : t('surveys.publish.again', { version: format.plain(survey.version) })}
          </p>
          {survey.version === null || !survey.changed ? null : (
            <Differences surveyId={survey.id} version={survey.version} document={history.now} />
          )}
        </>
      ) : null}
      <ErrorNote error={error} />
      <Group justify="end" gap={8} mt="md">
        <Button variant="subtle" onClick={onClose}>
          {t('web.cancel')}
        </Button>
        <Button loading={busy} disabled={!ready} onClick={publish}>
          {t('surveys.editor.publish')}
        </Button>
      </Group>
    </Modal>
  );
}

/** What will be other than in the version that is answered now. */
function Differences(props: {
  readonly surveyId: string;
  readonly version: number;
  readonly document: SurveyDocument;
}) {
  const { t, format } = useWords();
  const { surveyId, version, document } = props;
  const published = useRead(['surveys', 'version', surveyId, version], (signal) =>
    api.surveys.version({ surveyId, version }, { signal }),
  );
  if (published.data === undefined) return <ErrorNote error={published.error} />;
  const before = published.data.document as SurveyDocument;
  const { added, removed, altered, moved, around } = compared(before, document);
  const names = (questions: readonly Question[], of: SurveyDocument): string =>
    format.list(questions.map(({ id, title }) => apart(textIn(of, title, of.languages[0] ?? 'en') || id)));
  return (
    <ul className={styles['differences']}>
      {added.length === 0 ? null : <li>{t('surveys.publish.added', { questions: names(added, document) })}</li>}
      {removed.length === 0 ? null : <li>{t('surveys.publish.removed', { questions: names(removed, before) })}</li>}
      {altered.length === 0 ? null : <li>{t('surveys.publish.altered', { questions: names(altered, document) })}</li>}
      {moved ? <li>{t('surveys.publish.moved')}</li> : null}
      {around ? <li>{t('surveys.publish.around')}</li> : null}
    </ul>
  );
}
