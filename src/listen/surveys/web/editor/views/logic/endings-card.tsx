import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import type { Ending } from '@touchstone/domain/survey';
import { Card, useWords } from '../../../../../../platform/web/ui/index.ts';
import type { ViewProps } from '../../view.ts';
import { ConditionField } from './condition-field.tsx';
import { at, freshId, put } from './edits.ts';
import styles from './logic.module.css';
import { sayEnding } from './targets.ts';

const OUTCOMES = ['complete', 'screenedOut', 'overQuota'] as const;

/** How a survey may end, for whom, and what each counts as. */
export function EndingsCard({ document, change, language, mayWrite, goTo }: ViewProps) {
  const { t } = useWords();
  const { endings } = document;
  const set = (next: readonly Ending[], as?: string): void =>
    change({ ...document, endings: next }, t('surveys.logic.did.endings'), as);
  return (
    <Card title={t('surveys.logic.endings')} note={t('surveys.logic.endings.note')}>
      <div className={styles['list']}>
        {endings.map((ending, i) => (
          <div key={ending.id} className={styles['item']} data-at={`endings[${i}]`}>
            <div className={styles['itemHead']}>
              <strong dir="auto">{sayEnding(document, i, language, t)}</strong>
              <Button variant="subtle" size="compact-sm" onClick={() => goTo(`endings[${i}]`)}>
                {t('surveys.logic.open')}
              </Button>
              {mayWrite && endings.length > 1 ? (
                <CloseButton
                  aria-label={t('surveys.logic.ending.remove', { name: sayEnding(document, i, language, t) })}
                  onClick={() => set(at(endings, i, undefined))}
                />
              ) : null}
            </div>
            <ConditionField
              {...{ document, language, mayWrite }}
              at={`endings[${i}].showIf`}
              value={ending.showIf}
              onChange={(next) => set(at(endings, i, put(ending, 'showIf', next)), `endings[${i}].showIf`)}
              says={(what) => t('surveys.logic.shownWhen', { what })}
              otherwise={t('surveys.logic.ending.always')}
            />
            <div className={styles['fields']}>
              <NativeSelect
                size="xs"
                label={t('surveys.logic.ending.outcome')}
                disabled={!mayWrite}
                value={ending.outcome ?? 'complete'}
                data={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`surveys.logic.outcome.${outcome}`) }))}
                onChange={({ currentTarget: { value } }) => {
                  const outcome = OUTCOMES.find((one) => one === value && one !== 'complete');
                  set(at(endings, i, put(ending, 'outcome', outcome)));
                }}
              />
              <TextInput
                size="xs"
                label={t('surveys.logic.ending.redirect')}
                placeholder="https://"
                dir="ltr"
                maxLength={2_000}
                disabled={!mayWrite}
                key={`${ending.id} ${ending.redirect ?? ''}`}
                defaultValue={ending.redirect ?? ''}
                error={undefined}
                onBlur={({ currentTarget }) => {
                  const value = currentTarget.value.trim();
                  if (value === (ending.redirect ?? '')) return;
                  if (value !== '' && !/^https:\/\/[^\s<>"]+$/u.test(value)) {
                    // What is no address is not kept: the field shows what is.
                    currentTarget.value = ending.redirect ?? '';
                    return;
                  }
                  set(at(endings, i, put(ending, 'redirect', value === '' ? undefined : value)));
                }}
              />
            </div>
          </div>
        ))}
        {mayWrite ? (
          <Button
            variant="default"
            size="compact-sm"
            className={styles['start']}
            onClick={() =>
              set([
                ...endings,
                { id: freshId(document, 'end'), title: { [language]: t('surveys.logic.ending.words') } },
              ])
            }
          >
            {t('surveys.logic.ending.add')}
          </Button>
        ) : null}
      </div>
    </Card>
  );
}
