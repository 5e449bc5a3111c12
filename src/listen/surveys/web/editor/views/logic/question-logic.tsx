import { useWords } from '../../../../../../platform/web/ui/index.ts';
import type { QuestionLogicProps } from '../../view.ts';
import { ConditionField } from './condition-field.tsx';
import { put, setQuestion } from './edits.ts';
import styles from './logic.module.css';
import { SkipsField } from './skips-field.tsx';

/** When a question is shown, and where it leads. */
export function QuestionLogic({ document, change, language, mayWrite, page, at, question }: QuestionLogicProps) {
  const { t } = useWords();
  const place = `pages[${page}].questions[${at}]`;
  return (
    <div className={styles['logic']}>
      <section data-at={`${place}.showIf`}>
        <p className={styles['what']}>{t('surveys.logic.showIf')}</p>
        <ConditionField
          {...{ document, language, mayWrite }}
          at={`${place}.showIf`}
          value={question.showIf}
          onChange={(next) =>
            change(
              setQuestion(document, page, at, put(question, 'showIf', next)),
              t('surveys.logic.did.condition'),
              `${place}.showIf`,
            )
          }
          says={(what) => t('surveys.logic.shownWhen', { what })}
          otherwise={t('surveys.logic.shownAlways')}
        />
      </section>
      {question.kind === 'statement' ? null : (
        <section data-at={`${place}.skips`}>
          <p className={styles['what']}>{t('surveys.logic.skips.question')}</p>
          <SkipsField
            {...{ document, language, mayWrite, page }}
            at={`${place}.skips`}
            skips={question.skips}
            onChange={(next, as) =>
              change(
                setQuestion(document, page, at, put(question, 'skips', next)),
                t('surveys.logic.did.skips'),
                as ?? `${place}.skips`,
              )
            }
          />
        </section>
      )}
    </div>
  );
}
