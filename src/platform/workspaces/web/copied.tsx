import { Button, CopyButton } from '@mantine/core';
import { useWords } from '../../web/ui/index.ts';
import styles from './workspaces.module.css';

/** Something to take along: a link, a key, a few lines. */
export function Copied({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useWords();
  return (
    <div className={styles['copied']} role="status">
      <p>{label}</p>
      <div className={styles['taken']}>
        <pre dir="ltr" tabIndex={0} aria-label={label}>
          {text}
        </pre>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="light" onClick={copy}>
              {t(copied ? 'workspaces.copy.done' : 'workspaces.copy.do')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
