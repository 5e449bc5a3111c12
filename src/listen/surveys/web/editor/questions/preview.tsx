import { useDeferredValue, useMemo, useState } from 'react';
import { useWords } from '../../../../../platform/web/ui/index.ts';
import { AnswerFrame } from '../../answering/frame.tsx';
import { elementOf, previewOf } from './previewing.ts';
import type { QuestionsProps } from './questions-props.ts';
import styles from './questions.module.css';

/** What one writes as it will be seen on a phone. */
export function Preview({ document: newest, selected, settings, language: first }: QuestionsProps) {
  const { t } = useWords();
  const document = useDeferredValue(newest);
  const [chosen, setChosen] = useState<string>();
  const language = document.languages.find((tag) => tag === chosen) ?? first;
  const { theme } = settings;
  const html = useMemo(
    () => previewOf({ document, at: selected, language, theme }),
    [document, selected, language, theme],
  );
  const at = elementOf(document, selected);
  return (
    <div className={styles['preview']}>
      <AnswerFrame
        title={t('surveys.preview.title')}
        html={html}
        onLanguage={setChosen}
        {...(at === undefined ? {} : { show: at })}
      />
    </div>
  );
}
