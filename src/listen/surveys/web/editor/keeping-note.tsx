import { Alert, Button, Group } from '@mantine/core';
import { useState } from 'react';
import { ErrorNote, useGo, useWords } from '../../../../platform/web/ui/index.ts';
import { MOST_NAME_LETTERS } from '../../vocabulary.ts';
import styles from './editor.module.css';
import type { Keeping } from './keeper.ts';
import type { Editing } from './use-editing.ts';

/** Whether what one sees is kept, in a few words. */
export function KeepingSaid({ keeping }: { readonly keeping: Keeping }) {
  const { t } = useWords();
  return (
    <span className={styles['kept']} role="status" data-keeping={keeping.is}>
      {t(`surveys.editor.keeping.${keeping.is}`)}
    </span>
  );
}

/** What keeps it from being saved, and the ways out. Nothing is lost by any of them. */
export function KeepingNote({ editing }: { readonly editing: Editing }) {
  const { t } = useWords();
  const { keeping } = editing;
  if (keeping.is === 'overtaken') return <Overtaken editing={editing} />;
  if (keeping.is !== 'away' && keeping.is !== 'refused') return null;
  return (
    <>
      <ErrorNote error={keeping.error} onAgain={() => void editing.flush()} />
      <p className={styles['soft']}>{t('surveys.editor.keeping.here')}</p>
    </>
  );
}

/** Somebody else saved meanwhile. */
function Overtaken({ editing }: { readonly editing: Editing }) {
  const { t } = useWords();
  const go = useGo();
  const [error, setError] = useState<unknown>(null);
  const { name } = editing.survey;
  const act = (way: () => Promise<unknown>) => () => {
    setError(null);
    way().catch(setError);
  };
  const apart = async (): Promise<void> => {
    const id = await editing.keepApart(t('surveys.editor.overtaken.copyName', { name }).slice(0, MOST_NAME_LETTERS));
    await editing.takeTheirs(t('surveys.editor.did.theirs'));
    go({ to: `/listen/surveys/${id}` });
  };
  return (
    <Alert color="clay" variant="light" role="alert" title={t('surveys.editor.overtaken')} mb="md">
      <p className={styles['said']}>{t('surveys.editor.overtaken.what')}</p>
      <Group gap={8}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={act(() => editing.takeTheirs(t('surveys.editor.did.theirs')))}
        >
          {t('surveys.editor.overtaken.take')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={act(apart)}>
          {t('surveys.editor.overtaken.apart')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={act(() => editing.keepOwn())}>
          {t('surveys.editor.overtaken.keep')}
        </Button>
      </Group>
      <ErrorNote error={error} />
    </Alert>
  );
}
