import { Modal } from '@mantine/core';
import { useFocusBack } from '../ui/focus-back.ts';
import { useWords } from '../ui/i18n/language.tsx';
import { OPENERS } from './keyboard.ts';
import { opener } from './openers.ts';
import { useRailEntries } from './rail.tsx';
import styles from './panels.module.css';

/** Every key that does something. Loaded when it is first asked for. */
export function KeyMap({ onClose }: { readonly onClose: () => void }) {
  const { t, ways } = useWords();
  useFocusBack();
  const pages = useRailEntries().flatMap(({ entries }) => entries);
  const words = {
    map: t('web.keys.map'),
    search: t('web.keys.search'),
    period: t('web.keys.period'),
    filter: t('web.keys.filter'),
    activity: t('web.activity.title'),
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('web.keys.title')}
      closeButtonProps={{ 'aria-label': t('web.close') }}
    >
      <p className={styles['nothing']}>{ways.keys ? t('web.keys.note') : t('web.keys.off', { keys: '⌘K, Ctrl K' })}</p>
      <div className={styles['map']}>
        <section>
          <h2>{t('web.keys.open')}</h2>
          <dl>
            <Row keys={['⌘ K', 'Ctrl K']} what={words.search} />
            {OPENERS.filter(([, what]) => opener(what) !== null).map(([key, what]) => (
              <Row key={key} keys={[key]} what={words[what]} />
            ))}
          </dl>
        </section>
        <section>
          <h2>{t('web.keys.go')}</h2>
          <dl>
            {pages.flatMap(({ letter, path, labelKey }) =>
              letter === undefined ? [] : [<Row key={path} keys={['g', letter]} chord what={t(labelKey)} />],
            )}
          </dl>
        </section>
      </div>
    </Modal>
  );
}

function Row(props: { readonly keys: readonly string[]; readonly what: string; readonly chord?: boolean }) {
  const { t } = useWords();
  return (
    <div>
      <dt>{props.what}</dt>
      <dd>
        {props.keys.map((key, index) => (
          <span key={key}>
            {index > 0 && props.chord === true ? ` ${t('web.keys.then')} ` : ' '}
            <kbd dir="ltr">{key}</kbd>
          </span>
        ))}
      </dd>
    </div>
  );
}
