import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { COMPARISONS, addDays, dayAt } from '@touchstone/domain/calendar';
import { useState } from 'react';
import { useWorkspace } from '../client/session.tsx';
import { DayField } from '../ui/day-field.tsx';
import { ALL_TIME } from '../ui/address.ts';
import { readyPeriods } from '../ui/period.ts';
import { useAddress, useScope } from '../ui/scope.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { useScopeKind } from './page-here.ts';
import { comparedDays, lastOf } from './scope-words.ts';
import styles from './shell.module.css';

/** Some ready periods, or two days; and what they are compared with. Loaded when it is first opened. */
export function PeriodForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useWords();
  const scope = useScope();
  const isUsual = useScopeKind() === true;
  const [, change] = useAddress();
  const { zone } = useWorkspace();
  const set = (from: string | undefined, to: string | undefined): void => {
    change({ from, to });
    onDone();
  };
  const choose = (period: string | undefined): void => {
    change({ period, from: undefined, to: undefined });
    onDone();
  };
  return (
    <Stack gap={4}>
      {isUsual ? (
        <Button variant="subtle" justify="start" size="compact-md" onClick={() => choose(undefined)}>
          {t('web.period.usual')}
        </Button>
      ) : null}
      <Button variant="subtle" justify="start" size="compact-md" onClick={() => choose(ALL_TIME)}>
        {t('web.period.all')}
      </Button>
      {readyPeriods(dayAt(Date.now(), zone)).map(({ key, from, to }) => (
        <Button key={key} variant="subtle" justify="start" size="compact-md" onClick={() => set(from, to)}>
          {t(`web.period.${key}`)}
        </Button>
      ))}
      <Days key={`${scope.from} ${scope.to}`} from={scope.from} to={scope.to} onSet={set} />
      <Compare />
    </Stack>
  );
}

function Days(props: {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onSet: (from: string | undefined, to: string | undefined) => void;
}) {
  const { t } = useWords();
  const [first, setFirst] = useState(props.from ?? '');
  const [last, setLast] = useState(props.to === undefined ? '' : lastOf(props.to));
  const wrong = first !== '' && last !== '' && last < first;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) props.onSet(first === '' ? undefined : first, last === '' ? undefined : addDays(last, 1));
      }}
    >
      <Group gap={8} align="end" mt={6} className={styles['days'] ?? ''}>
        <DayField label={t('web.period.first')} value={first} onChange={setFirst} />
        <DayField
          label={t('web.period.last')}
          value={last}
          error={wrong ? t('web.period.wrong') : undefined}
          onChange={setLast}
        />
        <Button type="submit">{t('web.period.show')}</Button>
      </Group>
    </form>
  );
}

/** What the period is compared with, and the days that makes. All time has nothing beside it. */
function Compare() {
  const { t, format } = useWords();
  const scope = useScope();
  const [, change] = useAddress();
  const allTime = scope.from === undefined && scope.to === undefined;
  return (
    <NativeSelect
      mt={10}
      label={t('web.compare.label')}
      description={allTime ? t('web.compare.allTime') : comparedDays(scope, format)}
      inputWrapperOrder={['label', 'input', 'description']}
      disabled={allTime}
      value={allTime ? 'none' : scope.compare}
      data={COMPARISONS.map((way) => ({ value: way, label: t(`web.compare.${way}`) }))}
      onChange={(e) => change({ compare: e.currentTarget.value === 'previous' ? undefined : e.currentTarget.value })}
    />
  );
}
