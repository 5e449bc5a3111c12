import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../../../platform/web/ui/confirm-dialog.tsx';
import { apart, useWords } from '../../../../platform/web/ui/index.ts';
import { ResultsLink } from '../results-link.tsx';
import styles from './editor.module.css';
import { KeepingSaid } from './keeping-note.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import type { Editing } from './use-editing.ts';

/** Undo, redo, whether it is saved, publish. */
export function EditorActs(props: {
  readonly editing: Editing;
  readonly goTo: (at: string) => void;
  readonly onShare: () => void;
}) {
  const { editing, goTo, onShare } = props;
  const { t } = useWords();
  const { survey, history, act, keeping } = editing;
  const [asked, setAsked] = useState<'publish' | 'close'>();
  const [undone, redone] = [history.past.at(-1)?.label, history.future.at(-1)?.label];
  const isNew = survey.version === null || survey.changed || survey.state !== 'open' || keeping.is !== 'saved';
  return (
    <div className={styles['acts']}>
      <KeepingSaid keeping={keeping} />
      <ResultsLink survey={survey} />
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={undone === undefined ? t('surveys.editor.undo') : t('surveys.editor.undo.what', { what: undone })}
        title={undone === undefined ? t('surveys.editor.undo') : t('surveys.editor.undo.what', { what: undone })}
        aria-disabled={undone === undefined}
        data-disabled={undone === undefined || undefined}
        onClick={() => act({ act: 'undo' })}
      >
        <Arrow />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={redone === undefined ? t('surveys.editor.redo') : t('surveys.editor.redo.what', { what: redone })}
        title={redone === undefined ? t('surveys.editor.redo') : t('surveys.editor.redo.what', { what: redone })}
        aria-disabled={redone === undefined}
        data-disabled={redone === undefined || undefined}
        onClick={() => act({ act: 'redo' })}
      >
        <Arrow forward />
      </ActionIcon>
      {survey.state === 'open' ? (
        <Button variant="default" onClick={() => setAsked('close')}>
          {t('surveys.act.close')}
        </Button>
      ) : null}
      <Button disabled={!isNew} onClick={() => setAsked('publish')}>
        {t('surveys.editor.publish')}
      </Button>
      {asked === 'publish' ? (
        <PublishDialog {...{ editing, goTo, onShare }} onClose={() => setAsked(undefined)} />
      ) : null}
      {asked === 'close' ? (
        <ConfirmDialog
          title={t('surveys.act.close.ask')}
          sentence={t('surveys.act.close.what', { name: apart(survey.name) })}
          yes={t('surveys.act.close')}
          onYes={() => editing.close()}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
    </div>
  );
}

/** An arrow that goes back round, or forward: as one reads, it begins at the other side. */
function Arrow({ forward = false }: { readonly forward?: boolean }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      aria-hidden="true"
      className={forward ? styles['forward'] : undefined}
    >
      <path
        d="M8 4 4 8l4 4M4.5 8H12a4 4 0 0 1 0 8H9"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
