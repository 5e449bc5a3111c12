import { NativeSelect } from '@mantine/core';
import { useWords } from '../../../../../../platform/web/ui/index.ts';
import type { PageLogicProps } from '../../view.ts';
import { ConditionField } from './condition-field.tsx';
import { put, setPage } from './edits.ts';
import { sayLoop } from './loop-words.ts';
import styles from './logic.module.css';
import { SkipsField } from './skips-field.tsx';

/** When a page is shown, how often, and where it leads. */
export function PageLogic({ document, change, language, mayWrite, page: number }: PageLogicProps) {
  const { t } = useWords();
  const page = document.pages[number];
  if (page === undefined) return null;
  const place = `pages[${number}]`;
  const loops = document.loops ?? [];
  return (
    <div className={styles['logic']}>
      <section data-at={`${place}.showIf`}>
        <p className={styles['what']}>{t('surveys.logic.showIf.page')}</p>
        <ConditionField
          {...{ document, language, mayWrite }}
          at={`${place}.showIf`}
          value={page.showIf}
          onChange={(next) =>
            change(
              setPage(document, number, put(page, 'showIf', next)),
              t('surveys.logic.did.condition'),
              `${place}.showIf`,
            )
          }
          says={(what) => t('surveys.logic.shownWhen', { what })}
          otherwise={t('surveys.logic.shownAlways')}
        />
      </section>
      {loops.length === 0 && page.loop === undefined ? null : (
        <NativeSelect
          size="xs"
          data-at={`${place}.loop`}
          label={t('surveys.logic.loop.of')}
          disabled={!mayWrite}
          value={page.loop ?? ''}
          data={[
            { value: '', label: t('surveys.logic.loop.none') },
            ...loops.map((loop) => ({ value: loop.id, label: sayLoop(document, loop, language, t) })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            change(
              setPage(document, number, put(page, 'loop', value === '' ? undefined : value)),
              t('surveys.logic.did.loop'),
            )
          }
        />
      )}
      <section data-at={`${place}.skips`}>
        <p className={styles['what']}>{t('surveys.logic.skips.page')}</p>
        <SkipsField
          {...{ document, language, mayWrite }}
          page={number}
          at={`${place}.skips`}
          skips={page.skips}
          onChange={(next, as) =>
            change(
              setPage(document, number, put(page, 'skips', next)),
              t('surveys.logic.did.skips'),
              as ?? `${place}.skips`,
            )
          }
        />
      </section>
    </div>
  );
}
