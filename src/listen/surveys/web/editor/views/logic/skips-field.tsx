import { Button, CloseButton, NativeSelect } from '@mantine/core';
import type { Skip, SurveyDocument } from '@touchstone/domain/survey';
import { useWords } from '../../../../../../platform/web/ui/index.ts';
import { ConditionField } from './condition-field.tsx';
import { at as withAt, put, some } from './edits.ts';
import styles from './logic.module.css';
import { sayTarget, targetsAfter } from './targets.ts';

export interface SkipsFieldProps {
  readonly document: SurveyDocument;
  /** `pages[0].skips` or `pages[0].questions[1].skips`. */
  readonly at: string;
  /** Number of the page they stand on. */
  readonly page: number;
  readonly skips: readonly Skip[] | undefined;
  readonly onChange: (next: readonly Skip[] | undefined, as?: string) => void;
  readonly language: string;
  readonly mayWrite: boolean;
}

/** Ways that lead elsewhere than just on, the first that holds. */
export function SkipsField({ document, at, page, skips = [], onChange, language, mayWrite }: SkipsFieldProps) {
  const { t } = useWords();
  const targets = targetsAfter(document, page, language, t);
  const [usual] = [...targets].reverse();
  return (
    <div className={styles['skips']}>
      {skips.map((skip, i) => (
        // Skips are told apart by their place alone: the first that holds is taken.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className={styles['item']} data-at={`${at}[${i}]`}>
          <div className={styles['itemHead']}>
            <NativeSelect
              size="xs"
              label={t('surveys.logic.skip.to')}
              disabled={!mayWrite}
              value={skip.to}
              data={
                targets.some(({ value }) => value === skip.to)
                  ? targets
                  : [{ value: skip.to, label: sayTarget(document, skip.to, language, t) }, ...targets]
              }
              onChange={({ currentTarget }) => onChange(withAt(skips, i, { ...skip, to: currentTarget.value }))}
            />
            {mayWrite ? (
              <CloseButton
                aria-label={t('surveys.logic.skip.remove')}
                onClick={() => onChange(some(withAt(skips, i, undefined)))}
              />
            ) : null}
          </div>
          <ConditionField
            {...{ document, language, mayWrite }}
            at={`${at}[${i}].if`}
            value={skip.if}
            onChange={(next) => onChange(withAt(skips, i, put(skip, 'if', next)), `${at}[${i}].if`)}
            says={(what) => t('surveys.logic.skip.when', { what })}
            otherwise={t('surveys.logic.skip.always')}
          />
        </div>
      ))}
      {!mayWrite || usual === undefined ? null : (
        <Button
          variant="default"
          size="compact-sm"
          className={styles['start']}
          onClick={() => onChange([...skips, { to: usual.value }])}
        >
          {t('surveys.logic.skip.add')}
        </Button>
      )}
      {mayWrite && usual === undefined ? <p className={styles['soft']}>{t('surveys.logic.skip.nowhere')}</p> : null}
    </div>
  );
}
