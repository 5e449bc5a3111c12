import { Button, Group, NativeSelect } from '@mantine/core';
import { addDays, INTERVALS, usualInterval } from '@touchstone/domain/calendar';
import { api, useRead } from '../../../platform/web/client/index.ts';
import {
  Card,
  EmptyState,
  ErrorNote,
  Go,
  Loading,
  Page as Opened,
  Series,
  Tag,
  useAddress,
  useParam,
  useWords,
  conceptOfMetric,
} from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import type { Figures, MetricInfo } from '../contract.ts';
import { METRIC_KEYS } from '../vocabulary.ts';
import { Breakdown } from './breakdown.tsx';
import { ChangeSaid } from './change-said.tsx';
import { ContrastList } from './contrast-list.tsx';
import { coursePoints } from './course.ts';
import { LineageDrawer } from './lineage.tsx';
import styles from './home.module.css';
import { Said } from './said.tsx';
import { ScoreShares } from './score-shares.tsx';
import { Range, shiftsOf } from './since-said.tsx';
import { Strays } from './strays.tsx';
import { useNames } from './use-names.ts';
import { useAskedPeriod, type AskedPeriod } from './scope.ts';
import { withHalf, writerOf } from './writing.ts';

/** Contrasts shown before the reader asks for all; the API gives the clear ones first. */
const SHOWN_DRIVERS = 10;

/** One metric: what it says, its course, its groups, and where the number comes from. */
export function Page() {
  const { t } = useWords();
  const key = useParam('key');
  const { asked, nothing, error } = useAskedPeriod();
  const list = useRead(['metrics', 'list'], (signal) => api.metrics.list(undefined, { signal }));
  const info = list.data?.items.find((m) => m.key === key);
  if (!METRIC_KEYS.some((known) => known === key)) {
    return (
      <Opened name={t('metrics.all.nav')} sentence={t('metrics.missing')}>
        <Go to="/measure/metrics">{t('metrics.all.nav')}</Go>
      </Opened>
    );
  }
  if (nothing) {
    return (
      <Opened name={t('metrics.all.nav')} sentence={t('metrics.home.empty.sentence')}>
        <EmptyState
          title={t('metrics.home.empty.title')}
          sentence={t('metrics.home.empty.what')}
          step={<Go to="/listen/imports">{t('metrics.home.empty.step')}</Go>}
        />
      </Opened>
    );
  }
  if (asked === undefined || info === undefined) {
    return (
      <Opened name={t('metrics.all.nav')} sentence={t('metrics.home.loading')}>
        <ErrorNote error={error ?? list.error} />
        {(error ?? list.error) === null ? <Coming /> : null}
      </Opened>
    );
  }
  return <Asked key={key} info={info} asked={asked} />;
}

function Asked({ info, asked }: { readonly info: MetricInfo; readonly asked: AskedPeriod }) {
  const { t } = useWords();
  const names = useNames();
  const [address, change] = useAddress();
  const help = conceptOfMetric(info.key);
  const { from, to, filter } = asked;
  const interval = INTERVALS.find((i) => i === address['interval']) ?? usualInterval(asked);
  const input = { key: info.key, from, to, filter, interval };
  const read = useRead(['metrics', 'get', input], (signal) => api.metrics.get(input, { signal }));
  return (
    <Opened
      name={names.metric(info.key)}
      sentence={
        read.data === undefined ? names.metric(info.key) : <Sentence info={info} figures={read.data} asked={asked} />
      }
      note={t(`metrics.${info.key}.definition`)}
      {...(help === undefined ? {} : { help })}
      actions={
        <Button variant="default" onClick={() => change({ view: 'lineage' })}>
          {t('metrics.home.howWeKnow')}
        </Button>
      }
    >
      <ErrorNote error={read.error} onAgain={() => void read.refetch()} />
      {read.data === undefined ? (
        read.error === null ? (
          <Coming />
        ) : null
      ) : (
        <>
          <Strays asked={asked} to={`/measure/metrics/${info.key}`} />
          <Course info={info} asked={asked} figures={read.data} interval={interval} />
          <ScoreShares info={info} asked={asked} />
          <Breakdown info={info} asked={asked} />
          {info.higherIsBetter === null ? null : <Drivers info={info} asked={asked} />}
          <LineageDrawer
            opened={address['view'] === 'lineage'}
            onClose={() => change({ view: undefined })}
            info={info}
            lineage={read.data.lineage}
            asked={asked}
          />
        </>
      )}
    </Opened>
  );
}

/** The places of its course and its groups, while they are read. */
function Coming() {
  return (
    <>
      <Card>
        <Loading as="picture" />
      </Card>
      <Card>
        <Loading as="rows" />
      </Card>
    </>
  );
}

/** The figure, and against what its period is compared with. */
function Sentence(props: { readonly info: MetricInfo; readonly figures: Figures; readonly asked: AskedPeriod }) {
  const { t, format } = useWords();
  const names = useNames();
  const { info, asked } = props;
  const { overall } = props.figures;
  const writer = writerOf(info.unit, format);
  const { from, to, filter, against } = asked;
  const input = { key: info.key, from, to, filter, againstFrom: against?.from, againstTo: against?.to };
  const before = useRead(['metrics', 'before', input], (signal) => api.metrics.compare(input, { signal }), {
    enabled: against !== undefined && overall.value !== null,
  });
  const metric = names.metric(info.key);
  if (overall.value === null) return t('metrics.page.none', { metric });
  const value = withHalf(writer, overall);
  return (
    <>
      {info.unit === 'count'
        ? t('metrics.page.count', { metric, value })
        : t('metrics.page.level', {
            metric,
            value,
            from: t(`metrics.source.${info.source}`, { count: overall.n }),
          })}{' '}
      {against === undefined || before.data === undefined || before.isPlaceholderData ? null : (
        <ChangeSaid info={info} compared={before.data} than={asked.compare} />
      )}{' '}
      {overall.few ? <Tag tone="neither">{t('metrics.few')}</Tag> : null}
    </>
  );
}

function Course(props: {
  readonly info: MetricInfo;
  readonly asked: AskedPeriod;
  readonly figures: Figures;
  readonly interval: (typeof INTERVALS)[number];
}) {
  const { t, format } = useWords();
  const names = useNames();
  const [, change] = useAddress();
  const { info, interval } = props;
  const { findings } = props.figures;
  const { from, to, filter, compare, against } = props.asked;
  const telling = { compare, headline: info.key, unitOf: () => info.unit };
  const writer = writerOf(info.unit, format);
  const other = { key: info.key, filter, interval, from: against?.from ?? from, to: against?.to ?? to };
  const before = useRead(['metrics', 'course-before', other], (signal) => api.metrics.get(other, { signal }), {
    enabled: against !== undefined,
  });
  const than = compare === 'year' ? 'year' : 'previous';
  const beside = against === undefined || before.isPlaceholderData ? undefined : before.data?.series;
  // Where nothing was measured then, nothing is drawn, and nothing need be said of it.
  const isCompared = beside?.some((s) => s.value !== null) === true && against !== undefined;
  // What changed where the period begins is no change within it: that it is steady since would read as if nothing had changed.
  const told = isCompared ? findings.filter(({ kind }) => kind !== 'steady') : findings;
  return (
    <Card
      title={t('metrics.page.course')}
      help="interval"
      note={[
        t(info.unit === 'count' ? 'metrics.page.courseCount' : 'metrics.page.courseNote'),
        ...(isCompared
          ? [t(`metrics.dashed.${than}`, { range: format.dayRange(against.from, addDays(against.to, -1)) })]
          : []),
      ].join(' ')}
      onward={
        <Group gap={8}>
          <Export path={`/metrics/${info.key}/series`} input={{ from, to, filter, interval }} size="xs" />
          <NativeSelect
            size="xs"
            aria-label={t('metrics.page.interval')}
            value={interval}
            onChange={(e) => change({ interval: e.currentTarget.value })}
            data={INTERVALS.map((value) => ({ value, label: t(`metrics.interval.${value}`) }))}
          />
        </Group>
      }
    >
      <ul className={styles['told']}>
        {told.map((finding) => (
          <li key={[finding.kind, finding.since?.at].join(' ')}>
            <p>
              <Said finding={finding} telling={telling} />
              <Range unit={info.unit} finding={finding} />
            </p>
          </li>
        ))}
      </ul>
      <Series
        label={t('metrics.page.courseOf', { metric: names.metric(info.key) })}
        write={writer.value}
        writeTick={writer.tick}
        points={coursePoints(props.figures.series, interval, format, isCompared ? beside : undefined)}
        shifts={shiftsOf(findings, props.figures.series, format)}
        {...(isCompared ? { beforeLabel: t(`metrics.before.${than}`) } : {})}
      />
    </Card>
  );
}

function Drivers({ info, asked }: { readonly info: MetricInfo; readonly asked: AskedPeriod }) {
  const { t } = useWords();
  const names = useNames();
  const [address, change] = useAddress();
  const { from, to, filter } = asked;
  const input = { key: info.key, from, to, filter, limit: 100 };
  const read = useRead(['metrics', 'contrasts', input], (signal) => api.metrics.contrasts(input, { signal }));
  const items = read.data?.items ?? [];
  const whole = address['view'] === 'drivers' || items.length <= SHOWN_DRIVERS;
  return (
    <Card
      title={t('metrics.home.contrasts', { metric: names.metric(info.key) })}
      help="goes_with"
      note={read.data === undefined ? undefined : t('metrics.home.contrastsNote', { count: read.data.compared })}
    >
      <ErrorNote error={read.error} />
      {read.data === undefined ? (
        read.error === null ? (
          <Loading as="rows" count={SHOWN_DRIVERS} />
        ) : null
      ) : (
        <ContrastList
          metric={info.key}
          unit={info.unit}
          higherIsBetter={info.higherIsBetter}
          contrasts={whole ? items : items.slice(0, SHOWN_DRIVERS)}
        />
      )}
      {whole ? null : (
        <Button variant="subtle" fullWidth mt={8} onClick={() => change({ view: 'drivers' })}>
          {t('web.table.all', { all: items.length })}
        </Button>
      )}
    </Card>
  );
}
