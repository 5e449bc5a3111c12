import { Go } from '../go.tsx';
import { useWords } from '../i18n/language.tsx';
import type { Concept } from './concepts.ts';
import styles from './help.module.css';
import { sourceOf } from './sources.ts';
import { useHelpTexts } from './texts.ts';

/** The inside of a help: the term, what it means, where that comes from. Loaded when the first is opened. */
export function HelpText(props: { readonly of: Concept; readonly term: string; readonly onLeave: () => void }) {
  const { t, language } = useWords();
  const texts = useHelpTexts(language);
  const source = sourceOf(props.of);
  return (
    <div className={styles['text']}>
      <strong>{props.term}</strong>
      <p>{texts(props.of)}</p>
      {source === undefined ? null : (
        <p className={styles['source']} dir="ltr" lang="en">
          {source}
        </p>
      )}
      <Go to={`/glossary/${props.of}`} onClick={props.onLeave}>
        {t('welcome.glossary.nav')}
      </Go>
    </div>
  );
}
