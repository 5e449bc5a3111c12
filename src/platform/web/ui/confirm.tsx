import { Button, Group, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useWords } from './i18n/language.tsx';
import { ErrorNote } from './states.tsx';
import styles from './states.module.css';

/**
 * Asks before what cannot be taken back. `children` draws the button: `<Confirm …>{(ask) => <Button onClick={ask}/>}</Confirm>`.
 * Closes when `onYes` is done; a problem it throws is shown and the question stays.
 */
export function Confirm(props: {
  readonly title: string;
  readonly sentence: ReactNode;
  readonly yes: string;
  readonly onYes: () => Promise<unknown>;
  readonly children: (ask: () => void) => ReactNode;
}) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const act = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await props.onYes();
      setOpened(false);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {props.children(() => setOpened(true))}
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={props.title}
        closeButtonProps={{ 'aria-label': t('web.close') }}
      >
        <div className={styles['question']}>{props.sentence}</div>
        <ErrorNote error={error} />
        <Group justify="end" gap={8} mt="md">
          <Button variant="subtle" onClick={() => setOpened(false)}>
            {t('web.cancel')}
          </Button>
          <Button color="clay" loading={busy} onClick={() => void act()}>
            {props.yes}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
