import { NativeSelect } from '@mantine/core';
import { INTERVALS, type Interval } from '@touchstone/domain/calendar';
import type { ReactNode } from 'react';
import { Card, useAddress, useWords } from '../../../platform/web/ui/index.ts';
import type { FieldInfo, MetricInfo } from '../../metrics/contract.ts';
import { propertyOptions } from '../../metrics/web/facade.ts';
import { useNames } from '../../metrics/web/parts.ts';
import { VIEWS, type View } from '../vocabulary.ts';
import styles from './explore.module.css';

/** Whether a property has to be chosen, may be, or changes nothing. */
export type Grouping = 'always' | 'maybe' | 'never';

/** Which views show groups, and which a course over time. */
export const SHOWS: Readonly<Record<View, { readonly groups: Grouping; readonly time: boolean }>> = {
  line: { groups: 'never', time: true },
  groups: { groups: 'always', time: false },
  multiples: { groups: 'always', time: true },
  heat: { groups: 'always', time: true },
  compare: { groups: 'never', time: false },
  table: { groups: 'maybe', time: true },
};

/** What is asked: the metric, what it is broken down by, how time is parted, and how the answer is shown. */
export function QuestionBar(props: {
  readonly metrics: readonly MetricInfo[];
  readonly fields: readonly FieldInfo[];
  readonly metric: string;
  readonly by: string | undefined;
  readonly grouping: Grouping;
  readonly interval: Interval;
  readonly view: View;
  /** What only this view asks. */
  readonly children?: ReactNode;
}) {
  const { t } = useWords();
  const names = useNames();
  const [, change] = useAddress();
  const { metrics, fields, metric, by, grouping, interval, view } = props;
  return (
    <>
      <div className={styles['views']} role="group" aria-label={t('explore.view')}>
        {VIEWS.map((v) => (
          <button
            key={v}
            type="button"
            className={styles['view']}
            aria-pressed={v === view}
            onClick={() => change({ view: v })}
          >
            {t(`explore.view.${v}`)}
          </button>
        ))}
      </div>
      <Card>
        <div className={styles['question']}>
          <NativeSelect
            label={t('metrics.table.metric')}
            value={metric}
            data={metrics.map((m) => ({ value: m.key, label: names.metric(m.key) }))}
            onChange={(e) => change({ metric: e.currentTarget.value })}
          />
          {view === 'compare' && grouping === 'never' ? null : (
            <NativeSelect
              label={t('metrics.page.chooseBy')}
              value={by ?? ''}
              data={[
                ...(grouping === 'always' ? [] : [{ value: '', label: t('explore.by.none') }]),
                ...propertyOptions(fields, by, names),
              ]}
              onChange={(e) => {
                const chosen = e.currentTarget.value;
                // To choose a property is to ask for groups, where the view shows none.
                const next = chosen !== '' && view === 'line' ? 'groups' : view;
                change({ by: chosen, view: next, a: undefined, b: undefined });
              }}
            />
          )}
          {SHOWS[view].time ? (
            <NativeSelect
              label={t('metrics.page.interval')}
              value={interval}
              data={INTERVALS.map((value) => ({ value, label: t(`metrics.interval.${value}`) }))}
              onChange={(e) => change({ interval: e.currentTarget.value })}
            />
          ) : null}
          {props.children}
        </div>
      </Card>
    </>
  );
}
