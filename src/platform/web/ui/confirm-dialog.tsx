import { Button, Group, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useFocusBack } from './focus-back.ts';
import { useWords } from './i18n/language.tsx';
import { ErrorNote } from './states.tsx';
import styles from './states.module.css';

export interface Question {
  readonly title: string;
  readonly sentence: ReactNode;
  readonly yes: string;
  readonly onYes: () => Promise<unknown>;
}

/** The question of `Confirm`. Loaded when something is first asked. */
export function ConfirmDialog(props: Question & { readonly onClose: () => void }) {
  const { t } = useWords();
  useFocusBack();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const act = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await props.onYes();
      props.onClose();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('web.close') }}>
      <div className={styles['question']}>{props.sentence}</div>
      <ErrorNote error={error} />
      <Group justify="end" gap={8} mt="md">
        <Button variant="subtle" onClick={props.onClose}>
          {t('web.cancel')}
        </Button>
        <Button color="clay" loading={busy} onClick={() => void act()}>
          {props.yes}
        </Button>
      </Group>
    </Modal>
  );
}
