import { Button, CopyButton } from '@mantine/core';
import { useWords } from './i18n/language.tsx';
import styles from './copied.module.css';

/** Something to take along: a link, a key, a few lines. `quiet`: it stood there before, and is not read out. */
export function Copied(props: { readonly label: string; readonly text: string; readonly quiet?: boolean }) {
  const { t } = useWords();
  const { label, text } = props;
  return (
    <div className={styles['copied']} role={props.quiet === true ? undefined : 'status'}>
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
