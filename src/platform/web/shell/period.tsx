import { Button, Group, Popover, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { addDays, dayAt } from '@touchstone/domain/calendar';
import { useState } from 'react';
import { useWorkspace } from '../client/session.tsx';
import { readyPeriods } from '../ui/period.ts';
import { useAddress, useScope } from '../ui/scope.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import styles from './shell.module.css';

/** The one period of every page: some ready ones, or two days. Nothing chosen is all time. */
export function PeriodControl() {
  const { t, format } = useWords();
  const scope = useScope();
  const [, change] = useAddress();
  const { zone } = useWorkspace();
  const [opened, setOpened] = useState(false);
  const set = (from: string | undefined, to: string | undefined): void => {
    change({ from, to });
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={styles['pill']} onClick={() => setOpened(!opened)} aria-expanded={opened}>
          <span className="seen-by-readers">{t('web.period.label')}</span>
          {periodWords(scope.from, scope.to, t, format)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown maw="min(440px, 94vw)">
        <Stack gap={4}>
          <Button variant="subtle" justify="start" size="compact-md" onClick={() => set(undefined, undefined)}>
            {t('web.period.all')}
          </Button>
          {readyPeriods(dayAt(Date.now(), zone)).map(({ key, from, to }) => (
            <Button key={key} variant="subtle" justify="start" size="compact-md" onClick={() => set(from, to)}>
              {t(`web.period.${key}`)}
            </Button>
          ))}
          <Days key={`${scope.from} ${scope.to}`} from={scope.from} to={scope.to} onSet={set} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Days(props: {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onSet: (from: string | undefined, to: string | undefined) => void;
}) {
  const { t } = useWords();
  const [first, setFirst] = useState(props.from ?? '');
  const [last, setLast] = useState(props.to === undefined ? '' : addDays(props.to, -1));
  const wrong = first !== '' && last !== '' && last < first;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) props.onSet(first === '' ? undefined : first, last === '' ? undefined : addDays(last, 1));
      }}
    >
      <Group gap={8} align="end" mt={6} className={styles['days'] ?? ''}>
        <TextInput
          type="date"
          label={t('web.period.first')}
          value={first}
          onChange={(e) => setFirst(e.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('web.period.last')}
          value={last}
          error={wrong ? t('web.period.wrong') : undefined}
          onChange={(e) => setLast(e.currentTarget.value)}
        />
        <Button type="submit">{t('web.period.show')}</Button>
      </Group>
    </form>
  );
}

function periodWords(
  from: string | undefined,
  to: string | undefined,
  t: ReturnType<typeof useWords>['t'],
  format: ReturnType<typeof useWords>['format'],
): string {
  if (from === undefined && to === undefined) return t('web.period.all');
  if (from === undefined) return t('web.period.until', { day: format.day(addDays(to ?? '', -1)) });
  if (to === undefined) return t('web.period.since', { day: format.day(from) });
  return format.dayRange(from, addDays(to, -1));
}
