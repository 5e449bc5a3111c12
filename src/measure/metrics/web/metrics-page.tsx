import type { ReactNode } from 'react';
import { api, useRead } from '../../../platform/web/client/index.ts';
import {
  Card,
  type Column,
  DataTable,
  EmptyState,
  ErrorNote,
  Finding,
  Go,
  Page as Opened,
  Tag,
  useWords,
} from '../../../platform/web/ui/index.ts';
import { ScoreBar } from '../../../platform/web/ui/charts/score-bar.tsx';
import { Spark } from '../../../platform/web/ui/charts/spark.tsx';
import styles from './metrics-page.module.css';
import type { Home, MetricInfo } from '../contract.ts';
import { courseOf } from './course.ts';
import { Sentence } from './home-opening.tsx';
import { Said, SinceSaid, tellingOf } from './said.tsx';
import { clearestChange, datingOf } from './saying.ts';
import { useNames } from './use-names.ts';
import { useAskedPeriod } from './scope.ts';
import { changeOf, useHome } from './use-home.ts';
import { halfOf, writerOf } from './writing.ts';

/** Every metric there is, with its definition and what it says now. */
export function Page() {
  const words = useWords();
  const { t, format } = words;
  const names = useNames();
  const { asked, nothing, error } = useAskedPeriod();
  const list = useRead(['metrics', 'list'], (signal) => api.metrics.list(undefined, { signal }));
  const home = useHome(asked);
  const shownOf = (key: string) => home.data?.figures.find((f) => f.metric === key);
  const figureOf = (key: string) => shownOf(key)?.figure;
  const isCompared = home.data?.figures.some((f) => f.change !== null) === true;
  const says = (key: string): boolean => (figureOf(key)?.n ?? 0) > 0;
  // Those that have something to say come first; each part keeps the registry's order.
  const items = (list.data?.items ?? []).toSorted((a, b) => Number(says(b.key)) - Number(says(a.key)));
  const changeSaid = (key: string): ReactNode => {
    const shown = shownOf(key);
    const change = home.data === undefined || shown === undefined ? undefined : changeOf(home.data, shown, words);
    return change === undefined ? null : <Finding tone={change.tone}>{change.words}</Finding>;
  };
  const changeColumn: Column<MetricInfo> = {
    key: 'change',
    title: t('metrics.table.change'),
    wide: true,
    cell: (m) => changeSaid(m.key),
  };
  return (
    <Opened
      name={t('metrics.all.nav')}
      sentence={nothing || home.data === undefined ? t('metrics.all.sentence') : <Clearest home={home.data} />}
      note={t('metrics.all.note')}
      help="metric"
    >
      <ErrorNote error={error ?? list.error ?? home.error} />
      {nothing ? <Nothing /> : null}
      <Card>
        <DataTable
          label={t('metrics.all.nav')}
          rows={items}
          rowKey={(m) => m.key}
          columns={[
            {
              key: 'name',
              title: t('metrics.table.metric'),
              cell: (m) => (
                <>
                  <Go to={`/measure/metrics/${m.key}`}>{names.metric(m.key)}</Go>
                  {isCompared ? <div className={styles['change']}>{changeSaid(m.key)}</div> : null}
                  <div className={styles['definition']}>{t(`metrics.${m.key}.definition`)}</div>
                </>
              ),
              value: (m) => names.metric(m.key),
            },
            {
              key: 'value',
              title: t('metrics.table.value'),
              align: 'end',
              cell: (m) => {
                const figure = figureOf(m.key);
                if (figure === undefined) return null;
                if (figure.value === null) return <span style={{ color: 'var(--faint)' }}>{t('web.figure.none')}</span>;
                const writer = writerOf(m.unit, format);
                const half = halfOf(figure);
                return (
                  <bdi dir="ltr" style={{ whiteSpace: 'nowrap' }}>
                    {writer.value(figure.value)}
                    {half === undefined ? '' : `\u00a0±\u00a0${writer.half(half)}`}
                  </bdi>
                );
              },
            },
            ...(isCompared ? [changeColumn] : []),
            {
              key: 'course',
              title: t('metrics.page.course'),
              wide: true,
              cell: (m) => {
                const shown = shownOf(m.key);
                const course = shown === undefined ? undefined : courseOf(shown);
                return course === undefined ? null : <Spark values={course} />;
              },
            },
            {
              key: 'scale',
              title: t('metrics.table.scale'),
              wide: true,
              cell: (m) => {
                const figure = figureOf(m.key);
                if (figure === undefined || figure.value === null || m.low === null || m.high === null) return null;
                return (
                  <div className={styles['scale']}>
                    <ScoreBar
                      label={names.metric(m.key)}
                      value={figure.value}
                      low={figure.low}
                      high={figure.high}
                      min={m.low}
                      max={m.high}
                      from={Math.max(m.low, 0)}
                      write={writerOf(m.unit, format).tick}
                    />
                  </div>
                );
              },
            },
            {
              key: 'n',
              title: t('metrics.table.n'),
              align: 'end',
              cell: (m) => {
                const figure = figureOf(m.key);
                return (
                  <>
                    {figure?.few === true ? <Tag tone="neither">{t('metrics.few')}</Tag> : null}{' '}
                    {figure === undefined ? '' : format.number(figure.n)}
                  </>
                );
              },
            },
          ]}
        />
      </Card>
    </Opened>
  );
}

/** What changed most clearly, and since when; where nothing did, that; where nothing is compared, what Home opens with. */
function Clearest({ home }: { readonly home: Home }) {
  const { t } = useWords();
  const finding = clearestChange(home.findings);
  const compared = home.figures.filter((f) => f.change !== null).length;
  if (finding === undefined) {
    if (compared === 0) return <Sentence home={home} />;
    return t(home.compare === 'year' ? 'metrics.all.sameYear' : 'metrics.all.same', { count: compared });
  }
  const since = datingOf(home.findings, finding);
  return (
    <>
      <Said finding={finding} telling={tellingOf(home)} />
      {since === undefined ? null : (
        <>
          {' '}
          <SinceSaid finding={since} telling={tellingOf(home)} />
        </>
      )}
    </>
  );
}

/** What belongs here is told with the definitions below it. */
function Nothing() {
  const { t } = useWords();
  return (
    <EmptyState
      title={t('metrics.home.empty.title')}
      sentence={t('metrics.home.empty.what')}
      step={<Go to="/listen/imports">{t('metrics.home.empty.step')}</Go>}
    />
  );
}
