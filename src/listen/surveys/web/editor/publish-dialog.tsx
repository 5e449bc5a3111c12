import { Button, Group, Modal } from '@mantine/core';
import { type Question, type SurveyDocument, textIn } from '@touchstone/domain/survey';
import { useEffect, useState } from 'react';
import { api, useRead } from '../../../../platform/web/client/index.ts';
import { Copied } from '../../../../platform/web/ui/copied.tsx';
import { useFocusBack } from '../../../../platform/web/ui/focus-back.ts';
import { apart, ErrorNote, Loading, useWords } from '../../../../platform/web/ui/index.ts';
import { compared } from './comparing.ts';
import styles from './editor.module.css';
import { IssueList } from './issues.tsx';
import { KeepingNote } from './keeping-note.tsx';
import type { Editing } from './use-editing.ts';

export interface PublishDialogProps {
  readonly editing: Editing;
  readonly goTo: (at: string) => void;
  /** Leads to the ways to share it. */
  readonly onShare: () => void;
  readonly onClose: () => void;
}

/** Says what publishing does, or what still keeps it from being done; published for the first time, its address. */
export function PublishDialog({ editing, goTo, onShare, onClose }: PublishDialogProps) {
  const { t, format } = useWords();
  useFocusBack();
  const { survey, history, keeping, flush } = editing;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [isFirst] = useState(survey.version === null);
  const [isOut, setOut] = useState(false);
  // What is wrong is told of what is saved.
  useEffect(() => void flush(), [flush]);
  const errors = survey.issues.filter(({ severity }) => severity === 'error');
  const publish = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const done = await editing.publish();
      if (done && !isFirst) onClose();
      else setOut(done);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  if (isOut) return <Out address={survey.address} onShare={onShare} onClose={onClose} />;
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
      {isSaved ? null : KEPT_FROM.has(keeping.is) ? <KeepingNote editing={editing} /> : <Loading as="sentence" />}
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
        <Button loading={busy} disabled={!ready} onClick={() => void publish()}>
          {t('surveys.editor.publish')}
        </Button>
      </Group>
    </Modal>
  );
}

/** What does not end by itself: the reader has to choose a way out. */
const KEPT_FROM: ReadonlySet<Editing['keeping']['is']> = new Set(['overtaken', 'away', 'refused'] as const);

/** It takes answers: where. */
function Out(props: { readonly address: string; readonly onShare: () => void; readonly onClose: () => void }) {
  const { t } = useWords();
  const { address, onShare, onClose } = props;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('surveys.publish.out')}
      closeButtonProps={{ 'aria-label': t('web.close') }}
      size="lg"
    >
      <Copied label={t('surveys.share.copy')} text={address} />
      <Group justify="end" gap={8} mt="md">
        <Button component="a" href={address} target="_blank" rel="noreferrer" variant="subtle">
          {t('surveys.share.open')}
        </Button>
        <Button
          onClick={() => {
            onClose();
            onShare();
          }}
        >
          {t('surveys.publish.share')}
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
