import { NativeSelect } from '@mantine/core';
import { addDays } from '@touchstone/domain/calendar';
import { useState } from 'react';
import { DayField, useAddress, useWords } from '../../../platform/web/ui/index.ts';
import { levelWords, pairsOf } from '../../metrics/web/facade.ts';
import { AGAINST, PERIODS_BEFORE } from '../vocabulary.ts';
import { type Choice, periodBefore } from './state.ts';
import type { Answer } from './use-answer.ts';

/** The groups one may pick from, and those picked: the two of most answers where nothing is. */
export interface GroupChoice {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly a: string | undefined;
  readonly b: string | undefined;
  /** Out of how many comparisons this one was picked; 1 where nothing was. */
  readonly among: number;
  /** What the two sides are called; undefined: by their periods. */
  readonly labels: readonly [string, string] | undefined;
  /** What is still to be chosen. */
  readonly ask: string | undefined;
}

export function useGroupChoice(choice: Choice, answer: Answer | undefined): GroupChoice {
  const { t } = useWords();
  const { against } = choice;
  if (against !== 'groups' && against !== 'rest') {
    return { options: [], a: undefined, b: undefined, among: 1, labels: undefined, ask: undefined };
  }
  const by = answer?.question.by ?? '';
  const groups = (answer?.figures.groups ?? []).filter((g) => g.key !== '' && g.reason !== 'hidden');
  const options = groups.map((g) => ({ value: g.key, label: levelWords(by, g.label, t) }));
  const keys = options.map((o) => o.value);
  const a = keys.find((k) => k === choice.a) ?? keys[0];
  const b = against === 'rest' ? undefined : (keys.find((k) => k === choice.b) ?? keys.find((k) => k !== a));
  const labelOf = (key: string | undefined): string => options.find((o) => o.value === key)?.label ?? '';
  return {
    options,
    a,
    b,
    among: against === 'rest' ? groups.length : pairsOf(groups.length),
    labels: [labelOf(a), against === 'rest' ? t('explore.compare.others') : labelOf(b)],
    ask: answer === undefined ? t('metrics.home.loading') : t('explore.compare.chooseGroups'),
  };
}

/** What is compared with what. */
export function CompareFields({ choice, groups }: { readonly choice: Choice; readonly groups: GroupChoice }) {
  const { t } = useWords();
  const [, change] = useAddress();
  const { against, againstFrom, againstTo } = choice;
  const isOfGroups = against === 'groups' || against === 'rest';
  const chosen = against === 'period' ? periodBefore(choice) : against;
  return (
    <>
      <NativeSelect
        label={t('explore.compare.what')}
        value={chosen}
        data={[...PERIODS_BEFORE, ...AGAINST.filter((a) => a !== 'period')].map((value) => ({
          value,
          label: t(`explore.compare.with.${value}`),
        }))}
        onChange={(e) => {
          const { value } = e.currentTarget;
          const period = PERIODS_BEFORE.find((p) => p === value);
          change(period === undefined ? { against: value } : { against: 'period', compare: period });
        }}
      />
      {against === 'days' ? (
        <OtherDays
          from={againstFrom}
          to={againstTo}
          onSet={(from, to) => change({ againstFrom: from, againstTo: to })}
        />
      ) : null}
      {isOfGroups && groups.options.length > 0 ? (
        <>
          <NativeSelect
            label={t('explore.compare.a')}
            value={groups.a ?? ''}
            data={[...groups.options]}
            onChange={(e) => change({ a: e.currentTarget.value })}
          />
          {against === 'groups' ? (
            <NativeSelect
              label={t('explore.compare.b')}
              value={groups.b ?? ''}
              data={groups.options.filter((o) => o.value !== groups.a)}
              onChange={(e) => change({ b: e.currentTarget.value })}
            />
          ) : null}
        </>
      ) : null}
    </>
  );
}

/** The first and the last day of the other period; asked with once both are there. `to` is exclusive. */
function OtherDays(props: {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onSet: (from: string, to: string) => void;
}) {
  const { t } = useWords();
  const [first, setFirst] = useState(props.from ?? '');
  const [last, setLast] = useState(props.to === undefined ? '' : addDays(props.to, -1));
  const set = (from: string, to: string): void => {
    if (from !== '' && to !== '' && from <= to) props.onSet(from, addDays(to, 1));
  };
  return (
    <>
      <DayField
        label={t('web.period.first')}
        value={first}
        onChange={(day) => {
          setFirst(day);
          set(day, last);
        }}
      />
      <DayField
        label={t('web.period.last')}
        value={last}
        error={first !== '' && last !== '' && last < first ? t('web.period.wrong') : undefined}
        onChange={(day) => {
          setLast(day);
          set(first, day);
        }}
      />
    </>
  );
}
