import { Group, NativeSelect } from '@mantine/core';
import { api, useRead } from '../../../platform/web/client/index.ts';
import {
  Card,
  type Concept,
  DataTable,
  ErrorNote,
  Finding,
  Go,
  Help,
  Loading,
  Range,
  Tag,
  useAddress,
  useWords,
} from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import type { GroupFigure, MetricInfo } from '../contract.ts';
import { levelWords, withLevel } from './levels.ts';
import { propertyOptions } from './names.ts';
import { useNames } from './use-names.ts';
import type { AskedPeriod } from './scope.ts';
import { pairsOf, pickedVerdict, toneOf, writerOf } from './writing.ts';

/** Groups shown before the reader asks for all. */
const FIRST_SHOWN = 12;

/** The metric by a property: each group with its interval, and any two of them compared. */
export function Breakdown({ info, asked }: { readonly info: MetricInfo; readonly asked: AskedPeriod }) {
  const { t } = useWords();
  const names = useNames();
  const [address, change] = useAddress();
  const { from, to, filter } = asked;
  const fields = useRead(['metrics', 'fields'], (signal) => api.metrics.fields(undefined, { signal }));
  // Orders all lie at one stage; what tells them apart is a property of theirs.
  const telling = fields.data?.items.find((f) => f.of === 'order' && f.groups && f.levels.length > 1);
  const by = address['by'] ?? (info.source === 'orders' ? (telling?.field ?? 'channel') : 'stage');
  const input = { key: info.key, from, to, filter, by };
  const read = useRead(['metrics', 'groups', input], (signal) => api.metrics.get(input, { signal }));
  return (
    <Card
      title={t('metrics.page.by', { property: names.property(by) })}
      help={helpOf(read.data?.groups ?? [])}
      note={
        read.data === undefined || read.data.otherGroups === 0
          ? t('metrics.page.byNote')
          : t('metrics.page.otherGroups', { count: read.data.otherGroups })
      }
      onward={
        <Group gap={8}>
          <Export path={`/metrics/${info.key}/groups`} input={{ from, to, filter, by }} size="xs" />
          <NativeSelect
            size="xs"
            aria-label={t('metrics.page.chooseBy')}
            value={by}
            onChange={(e) => change({ by: e.currentTarget.value, a: undefined, b: undefined })}
            data={propertyOptions(fields.data?.items ?? [], by, names)}
          />
        </Group>
      }
    >
      <ErrorNote error={read.error} />
      {read.data === undefined ? (
        read.error === null ? (
          <Loading as="rows" />
        ) : null
      ) : (
        <>
          <Groups info={info} by={by} filter={filter} groups={read.data.groups} />
          {info.higherIsBetter === null ? null : (
            <Compared info={info} asked={asked} by={by} groups={read.data.groups} />
          )}
        </>
      )}
    </Card>
  );
}

/** What a reader of these groups may have to ask: why one is hidden, what few answers are, else what an interval is. */
function helpOf(groups: readonly GroupFigure[]): Concept {
  if (groups.some((g) => g.reason === 'hidden')) return 'hidden';
  return groups.some((g) => g.few) ? 'few' : 'interval';
}

/** The groups; each that has a value of its own leads to the metric of it alone, and so to its rows. */
function Groups(props: {
  readonly info: MetricInfo;
  readonly by: string;
  readonly filter: string;
  readonly groups: readonly GroupFigure[];
}) {
  const { t, format } = useWords();
  const names = useNames();
  const writer = writerOf(props.info.unit, format);
  const write = (value: number | null): string => (value === null ? '–' : writer.value(value));
  const label = (g: GroupFigure): string => levelWords(props.by, g.label, t);
  return (
    <DataTable
      label={t('metrics.page.by', { property: names.property(props.by) })}
      rows={props.groups}
      rowKey={(g) => g.key}
      filter={props.groups.length > FIRST_SHOWN}
      first={FIRST_SHOWN}
      columns={[
        {
          key: 'group',
          title: names.title(props.by),
          cell: (g) =>
            g.key === '' || g.reason === 'hidden' ? (
              label(g)
            ) : (
              <Go
                to={`/measure/metrics/${props.info.key}`}
                search={{ by: props.by, filter: withLevel(props.filter, props.by, g.key) }}
              >
                {label(g)}
              </Go>
            ),
          value: label,
        },
        {
          key: 'value',
          title: names.metric(props.info.key),
          align: 'end',
          cell: (g) => (g.reason === 'hidden' ? t('metrics.group.hidden') : <bdi dir="ltr">{write(g.value)}</bdi>),
          value: (g) => g.value,
        },
        ...(props.info.unit === 'count'
          ? []
          : [
              {
                key: 'range',
                title: t('metrics.table.range'),
                wide: true,
                cell: (g: GroupFigure) => <Range figure={g} among={props.groups} />,
              },
              {
                key: 'low',
                title: t('metrics.table.low'),
                align: 'end' as const,
                cell: (g: GroupFigure) => <bdi dir="ltr">{write(g.low)}</bdi>,
                value: (g: GroupFigure) => g.low,
              },
              {
                key: 'high',
                title: t('metrics.table.high'),
                align: 'end' as const,
                cell: (g: GroupFigure) => <bdi dir="ltr">{write(g.high)}</bdi>,
                value: (g: GroupFigure) => g.high,
              },
            ]),
        {
          key: 'n',
          title: t('metrics.table.n'),
          align: 'end',
          cell: (g) => (
            <>
              {g.few ? <Tag tone="neither">{t('metrics.few')}</Tag> : null} {format.number(g.n)}
            </>
          ),
          value: (g) => g.n,
        },
        {
          key: 'people',
          title: t('metrics.table.people'),
          align: 'end',
          wide: true,
          cell: (g) => format.number(g.people),
          value: (g) => g.people,
        },
      ]}
    />
  );
}

/** Two groups, their difference and its interval. */
function Compared(props: {
  readonly info: MetricInfo;
  readonly asked: AskedPeriod;
  readonly by: string;
  readonly groups: readonly GroupFigure[];
}) {
  const { t } = useWords();
  const [address, change] = useAddress();
  const { groups, by } = props;
  const keys = groups.map((g) => g.key);
  const a = keys.find((k) => k === address['a']);
  const b = keys.find((k) => k === address['b']);
  if (groups.length < 2) return null;
  const choices = [
    { value: '', label: t('metrics.compare.choose') },
    ...groups.filter((g) => g.key !== '').map((g) => ({ value: g.key, label: levelWords(by, g.label, t) })),
  ];
  return (
    <>
      <Group gap={10} mt="md" align="end">
        <NativeSelect
          label={t('metrics.compare.first')}
          value={a ?? ''}
          data={choices}
          onChange={(e) => change({ a: e.currentTarget.value })}
        />
        <NativeSelect
          label={t('metrics.compare.second')}
          value={b ?? ''}
          data={choices}
          onChange={(e) => change({ b: e.currentTarget.value })}
        />
        <Help of="difference" />
      </Group>
      {a === undefined || b === undefined || a === b ? null : <Difference {...props} a={a} b={b} />}
    </>
  );
}

function Difference(props: {
  readonly info: MetricInfo;
  readonly asked: AskedPeriod;
  readonly by: string;
  readonly groups: readonly GroupFigure[];
  readonly a: string;
  readonly b: string;
}) {
  const { t, format } = useWords();
  const { info, by, a, b, groups } = props;
  const { from, to, filter } = props.asked;
  const input = {
    key: info.key,
    from,
    to,
    filter: withLevel(filter, by, a),
    againstFilter: withLevel(filter, by, b),
  };
  const read = useRead(['metrics', 'compare', input], (signal) => api.metrics.compare(input, { signal }));
  const writer = writerOf(info.unit, format);
  const label = (key: string): string => levelWords(by, groups.find((g) => g.key === key)?.label ?? key, t);
  const found = read.data?.difference;
  // Whoever looks at the groups and then picks two has looked at all of them; Explore counts them the same way.
  const among = pairsOf(groups.filter((g) => g.key !== '' && g.reason !== 'hidden').length);
  const verdict = found == null ? 'unclear' : pickedVerdict(found, among);
  const tone = verdict === 'picked' ? 'neither' : toneOf({ verdict }, info.higherIsBetter);
  return (
    <div role="status" style={{ marginTop: 12, fontSize: 'var(--text-lead)' }}>
      <ErrorNote error={read.error} />
      {read.data === undefined ? null : found === null || found === undefined ? (
        t('metrics.compare.none')
      ) : (
        <>
          {t('metrics.compare.found', {
            first: label(a),
            second: label(b),
            value: writer.signed(found.value),
            low: writer.signed(found.low),
            high: writer.signed(found.high),
          })}{' '}
          <Finding tone={tone}>{t(`metrics.compare.${verdict}`)}</Finding>
        </>
      )}
    </div>
  );
}
