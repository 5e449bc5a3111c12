import { Button, Group, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useFocusBack } from '../../../../platform/web/ui/focus-back.ts';
import { ErrorNote, Loading, useWords } from '../../../../platform/web/ui/index.ts';
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
        <p className={styles['said']}>
          {survey.version === null
            ? t('surveys.publish.first')
            : t('surveys.publish.next', { version: format.plain(survey.version + (survey.changed ? 1 : 0)) })}
        </p>
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
