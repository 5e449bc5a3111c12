import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { api, useRead } from '../../../platform/web/client/index.ts';
import { ErrorNote, useWords } from '../../../platform/web/ui/index.ts';
import type { SourceView } from '../../sources/contract.ts';
import styles from './imports.module.css';

const EVERY_HOURS = [1, 6, 24, 168] as const;
const TYPING_MS = 300;

/** When to look: every so many hours, at a time of day on some weekdays (none: every day), or as an expression says. */
export interface ChosenTimes {
  readonly way: 'hours' | 'time' | 'cron';
  readonly hours: number;
  /** `06:30` */
  readonly time: string;
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  readonly cron: string;
}

export const USUAL_TIMES: ChosenTimes = { way: 'hours', hours: 24, time: '06:00', weekdays: [], cron: '' };

function cronOf({ way, time, weekdays, cron }: ChosenTimes): string | null {
  if (way === 'hours') return null;
  if (way === 'cron') return cron.trim();
  const [hour, minute] = time.split(':').map(Number);
  if (hour === undefined || minute === undefined) return '';
  return `${minute} ${hour} * * ${weekdays.length === 0 ? '*' : weekdays.toSorted().join(',')}`;
}

/** Whether it says when. */
export function isWhole(chosen: ChosenTimes): boolean {
  return cronOf(chosen) !== '';
}

/** As the API takes it. */
export function saidOf(chosen: ChosenTimes): { readonly everyHours: number } | { readonly cron: string } {
  const cron = cronOf(chosen);
  return cron === null ? { everyHours: chosen.hours } : { cron };
}

/** A round number of hours has a word of its own: nobody says every 168 hours. */
function hoursInWords(t: ReturnType<typeof useWords>['t'], hours: number): string {
  if (hours === 1) return t('imports.sources.hourly');
  if (hours === 24) return t('imports.sources.daily');
  if (hours === 168) return t('imports.sources.weekly');
  return t('imports.sources.hours', { count: hours });
}

/** When a source is looked at, as one says it; an expression that says more stands as it is. */
export function useTimesInWords(): (source: Pick<SourceView, 'everyHours' | 'cron' | 'times'>) => React.ReactNode {
  const { t, format } = useWords();
  return ({ everyHours, cron, times }) => {
    if (cron === null) return hoursInWords(t, everyHours ?? 1);
    if (times === null) return <bdi dir="ltr">{cron}</bdi>;
    if (times.times.length === 0) return hoursInWords(t, 1);
    const at = format.list(times.times.map(format.clock));
    if (times.days.length > 0) {
      return t('imports.sources.atDays', { times: at, days: format.list(times.days.map((n) => format.number(n))) });
    }
    if (times.weekdays.length === 0) return t('imports.sources.atDaily', { times: at });
    const days = format.week.filter((no) => times.weekdays.includes(no)).map(format.weekday);
    return t('imports.sources.atWeekdays', { times: at, days: format.list(days) });
  };
}

/** Chooses when, and says when that is next. */
export function SourceTimes(props: { readonly chosen: ChosenTimes; readonly onChoose: (chosen: ChosenTimes) => void }) {
  const { chosen, onChoose } = props;
  const { t, format } = useWords();
  const ways = [
    ...EVERY_HOURS.map((hours) => ({ value: String(hours), label: hoursInWords(t, hours) })),
    { value: 'time', label: t('imports.sources.way.time') },
    { value: 'cron', label: t('imports.sources.way.cron') },
  ];
  const choose = (value: string): void => {
    if (value === 'time' || value === 'cron') onChoose({ ...chosen, way: value });
    else onChoose({ ...chosen, way: 'hours', hours: Number(value) });
  };
  return (
    <>
      <Group align="end" gap={12} mt={12}>
        <NativeSelect
          label={t('imports.sources.every')}
          value={chosen.way === 'hours' ? String(chosen.hours) : chosen.way}
          onChange={(event) => choose(event.currentTarget.value)}
          data={ways}
        />
        {chosen.way === 'time' ? (
          <>
            <TextInput
              label={t('imports.sources.time')}
              type="time"
              required
              value={chosen.time}
              onChange={(event) => onChoose({ ...chosen, time: event.currentTarget.value })}
            />
            <Checkbox.Group
              label={t('imports.sources.weekdays')}
              value={chosen.weekdays.map(String)}
              onChange={(values) => onChoose({ ...chosen, weekdays: values.map(Number) })}
            >
              <Group gap={14} mih={36}>
                {format.week.map((no) => (
                  <Checkbox key={no} value={String(no)} label={format.weekday(no)} />
                ))}
              </Group>
            </Checkbox.Group>
          </>
        ) : null}
        {chosen.way === 'cron' ? (
          <TextInput
            label={t('imports.sources.cron')}
            placeholder="30 6 * * 1-5"
            dir="ltr"
            required
            value={chosen.cron}
            onChange={(event) => onChoose({ ...chosen, cron: event.currentTarget.value })}
          />
        ) : null}
      </Group>
      {chosen.way === 'cron' ? <span className={styles['hint']}>{t('imports.sources.cron.hint')}</span> : null}
      <Next cron={cronOf(chosen)} />
    </>
  );
}

function Next({ cron }: { readonly cron: string | null }) {
  const { t, format } = useWords();
  const inWords = useTimesInWords();
  const [asked] = useDebouncedValue(cron, TYPING_MS);
  const wanted = asked ?? '';
  const { data, error } = useRead(
    ['sources', 'times', wanted],
    (signal) => api.sources.times({ cron: wanted }, { signal }),
    { enabled: wanted !== '' },
  );
  if (cron === null || wanted === '') return null;
  if (error !== null) return <ErrorNote error={error} />;
  if (data === undefined) return null;
  return (
    <p className={styles['next']} aria-live="polite">
      {inWords({ ...data, everyHours: null })}{' '}
      <span className={styles['soft']}>
        {t('imports.sources.nextTimes', {
          times: format.list(data.next.slice(0, 3).map((at) => format.moment(at, data.zone))),
          zone: data.zone,
        })}
      </span>
    </p>
  );
}
