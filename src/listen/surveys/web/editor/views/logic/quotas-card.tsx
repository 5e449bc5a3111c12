import { Button, CloseButton, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { Quota } from '@touchstone/domain/survey';
import { Card, useWords } from '../../../../../../platform/web/ui/index.ts';
import type { ViewProps } from '../../view.ts';
import { ConditionField } from './condition-field.tsx';
import { at, freshId, put, some } from './edits.ts';
import styles from './logic.module.css';
import { sayEnding } from './targets.ts';

const ACTIONS = ['terminate', 'redirect', 'warn'] as const;

/** How many responses of each kind are wanted, and what becomes of one more. */
export function QuotasCard({ document, change, language, mayWrite }: ViewProps) {
  const { t } = useWords();
  const quotas = document.quotas ?? [];
  const set = (next: readonly Quota[], as?: string): void =>
    change(put(document, 'quotas', some(next)), t('surveys.logic.did.quotas'), as);
  const endings = document.endings.map(({ id }, e) => ({ value: id, label: sayEnding(document, e, language, t) }));
  const usual = document.endings.find(({ outcome }) => outcome === 'overQuota') ?? document.endings[0];
  return (
    <Card title={t('surveys.logic.quotas')} note={t('surveys.logic.quotas.note')}>
      <div className={styles['list']}>
        {quotas.map((quota, i) => (
          <div key={quota.id} className={styles['item']} data-at={`quotas[${i}]`}>
            <div className={styles['itemHead']}>
              <TextInput
                size="xs"
                label={t('surveys.logic.name')}
                dir="auto"
                maxLength={200}
                disabled={!mayWrite}
                value={quota.name}
                onChange={({ currentTarget: { value } }) =>
                  set(at(quotas, i, { ...quota, name: value }), `quotas[${i}].name`)
                }
              />
              {mayWrite ? (
                <CloseButton
                  aria-label={t('surveys.logic.quota.remove', { name: quota.name })}
                  onClick={() => set(at(quotas, i, undefined))}
                />
              ) : null}
            </div>
            <ConditionField
              {...{ document, language, mayWrite }}
              at={`quotas[${i}].if`}
              value={quota.if}
              onChange={(next) => set(at(quotas, i, put(quota, 'if', next)), `quotas[${i}].if`)}
              says={(what) => t('surveys.logic.quota.counts', { what })}
              otherwise={t('surveys.logic.quota.countsAll')}
            />
            <div className={styles['fields']}>
              <NumberInput
                size="xs"
                label={t('surveys.logic.quota.limit')}
                min={0}
                max={1e9}
                allowDecimal={false}
                disabled={!mayWrite}
                value={quota.limit}
                onChange={(limit) =>
                  typeof limit === 'number' ? set(at(quotas, i, { ...quota, limit }), `quotas[${i}].limit`) : undefined
                }
              />
              <NativeSelect
                size="xs"
                label={t('surveys.logic.quota.action')}
                disabled={!mayWrite}
                value={quota.action}
                data={ACTIONS.map((action) => ({ value: action, label: t(`surveys.logic.quota.${action}`) }))}
                onChange={({ currentTarget: { value } }) => {
                  const action = ACTIONS.find((one) => one === value) ?? 'terminate';
                  const ending = action === 'warn' ? undefined : (quota.ending ?? usual?.id);
                  set(at(quotas, i, put({ ...quota, action }, 'ending', ending)));
                }}
              />
              {quota.action === 'warn' ? null : (
                <NativeSelect
                  size="xs"
                  label={t('surveys.logic.quota.ending')}
                  disabled={!mayWrite}
                  value={quota.ending ?? ''}
                  data={[
                    ...(quota.ending === undefined ? [{ value: '', label: t('surveys.logic.choose') }] : []),
                    ...endings,
                  ]}
                  onChange={({ currentTarget: { value } }) =>
                    set(at(quotas, i, put(quota, 'ending', value === '' ? undefined : value)))
                  }
                />
              )}
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
                ...quotas,
                put<Quota, 'ending'>(
                  {
                    id: freshId(document, 'quota'),
                    name: t('surveys.logic.quota.new', { number: quotas.length + 1 }),
                    limit: 100,
                    action: 'terminate',
                  },
                  'ending',
                  usual?.id,
                ),
              ])
            }
          >
            {t('surveys.logic.quota.add')}
          </Button>
        ) : null}
      </div>
    </Card>
  );
}
