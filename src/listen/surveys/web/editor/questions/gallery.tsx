import type { QuestionKind } from '@touchstone/domain/survey';
import { Button } from '@mantine/core';
import { useWords } from '../../../../../platform/web/ui/index.ts';
import { Glyph } from './glyph.tsx';
import { KIND_GROUPS } from './kinds.ts';
import styles from './questions.module.css';

const GROUPS = Object.keys(KIND_GROUPS) as (keyof typeof KIND_GROUPS)[];

/** Every kind of question, to choose one to add. */
export function Gallery(props: {
  readonly page: number;
  readonly onChoose: (kind: QuestionKind) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useWords();
  return (
    <section className={styles['form']} aria-label={t('surveys.outline.addTo', { number: props.page + 1 })}>
      <div className={styles['formHead']}>
        <h2>{t('surveys.gallery.title')}</h2>
        <Button size="compact-sm" variant="subtle" onClick={props.onCancel}>
          {t('web.cancel')}
        </Button>
      </div>
      {GROUPS.map((group) => (
        <section key={group}>
          <h3 className={styles['part']}>{t(`surveys.group.${group}`)}</h3>
          <div className={styles['kinds']}>
            {KIND_GROUPS[group].map((kind) => (
              <button
                key={kind}
                type="button"
                className={styles['kind']}
                data-kind={kind}
                onClick={() => props.onChoose(kind)}
              >
                <Glyph kind={kind} />
                <span>
                  <strong>{t(`surveys.kind.${kind}`)}</strong>
                  <small>{t(`surveys.kind.${kind}.note`)}</small>
                </span>
              </button>
            ))}
          </div>
        </section>
      ))}
    </section>
  );
}
