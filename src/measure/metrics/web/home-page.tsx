import { Button } from '@mantine/core';
import { api, useRead, useReader } from '../../../platform/web/client/index.ts';
import {
  Card,
  Columns,
  EmptyState,
  ErrorNote,
  Go,
  Journey,
  Page as Opened,
  useGo,
  useWords,
} from '../../../platform/web/ui/index.ts';
import type { Home } from '../contract.ts';
import { ContrastList } from './contrast-list.tsx';
import { HomeComments } from './comment-list.tsx';
import { HomeFigures } from './home-figures.tsx';
import { Note, Sentence } from './home-opening.tsx';
import { HomeTouchpoints } from './home-touchpoints.tsx';
import { useNames } from './use-names.ts';
import { useAskedPeriod, type AskedPeriod } from './scope.ts';
import { Strays } from './strays.tsx';
import { intervalOf, writerOf } from './writing.ts';

/** How customers feel, where it breaks, what goes with it, in their own words. */
export function Page() {
  const { t } = useWords();
  const { asked, nothing, error } = useAskedPeriod();
  if (nothing) return <NothingYet />;
  if (asked === undefined) {
    return (
      <Opened
        name={t('metrics.home.nav')}
        sentence={t(error === null ? 'metrics.home.loading' : 'metrics.home.failed')}
      >
        <ErrorNote error={error} />
      </Opened>
    );
  }
  return <Asked asked={asked} />;
}

function NothingYet() {
  const { t } = useWords();
  const { may } = useReader();
  const go = useGo();
  return (
    <Opened name={t('metrics.home.nav')} sentence={t('metrics.home.empty.sentence')}>
      <EmptyState
        title={t('metrics.home.empty.title')}
        sentence={t('metrics.home.empty.what')}
        step={
          may('imports:write') ? (
            <Button onClick={() => go({ to: '/listen/imports' })}>{t('metrics.home.empty.step')}</Button>
          ) : null
        }
      />
    </Opened>
  );
}

function Asked({ asked }: { readonly asked: AskedPeriod }) {
  const { t } = useWords();
  const { from, to, filter } = asked;
  const interval = intervalOf(asked);
  const read = useRead(['metrics', 'home', from, to, filter, interval], (signal) =>
    api.metrics.home({ from, to, filter, interval }, { signal }),
  );
  const home = read.data;
  if (home === undefined) {
    return (
      <Opened
        name={t('metrics.home.nav')}
        sentence={t(read.error === null ? 'metrics.home.loading' : 'metrics.home.failed')}
      >
        <ErrorNote error={read.error} onAgain={() => void read.refetch()} />
      </Opened>
    );
  }
  return <Told home={home} asked={asked} />;
}

function Told({ home, asked }: { readonly home: Home; readonly asked: AskedPeriod }) {
  const { t, format } = useWords();
  const { may } = useReader();
  const names = useNames();
  const headline = home.figures.find((f) => f.metric === home.headline);
  const writer = writerOf(headline?.unit ?? 'count', format);
  const rated = home.stages.some((s) => s.value !== null && s.key !== '');
  const nowhere = home.stages.find((s) => s.key === '')?.n ?? 0;
  return (
    <Opened name={t('metrics.home.nav')} sentence={<Sentence home={home} />} note={<Note home={home} />}>
      <Strays asked={asked} to="/" />
      <HomeFigures home={home} />
      {headline === undefined ? null : (
        <>
          <Card
            title={t('metrics.home.journey')}
            note={t(rated ? 'metrics.home.journeyNote' : 'metrics.home.journeyNone', {
              metric: names.metric(headline.metric),
            })}
            onward={
              <Go to={`/measure/metrics/${headline.metric}`} search={{ by: 'stage' }}>
                {t('metrics.home.allStages')}
              </Go>
            }
          >
            <Journey
              label={t('metrics.home.journey')}
              write={writer.value}
              writeTick={writer.tick}
              stages={home.stages
                .filter((s) => s.key !== '')
                .map((s) => ({ key: s.key, label: s.label, score: s.value, low: s.low, high: s.high, n: s.n }))}
            />
            {nowhere === 0 ? null : (
              <p style={{ color: 'var(--soft)', margin: '10px 0 0' }}>
                {t('metrics.home.nowhere', { count: nowhere })}
              </p>
            )}
          </Card>
          {may('comments:read') ? (
            <Columns wide level>
              <HomeContrasts home={home} headline={headline} />
              <HomeComments asked={asked} />
            </Columns>
          ) : (
            <HomeContrasts home={home} headline={headline} />
          )}
          <HomeTouchpoints home={home} writer={writer} metric={headline.metric} />
        </>
      )}
    </Opened>
  );
}

function HomeContrasts({ home, headline }: { readonly home: Home; readonly headline: Home['figures'][number] }) {
  const { t } = useWords();
  const names = useNames();
  return (
    <Card
      title={t('metrics.home.contrasts', { metric: names.metric(headline.metric) })}
      note={t('metrics.home.contrastsNote', { count: home.compared })}
      onward={
        <Go to={`/measure/metrics/${headline.metric}`} search={{ view: 'drivers' }}>
          {t('metrics.home.allContrasts')}
        </Go>
      }
    >
      <ContrastList
        metric={headline.metric}
        unit={headline.unit}
        higherIsBetter={headline.higherIsBetter}
        contrasts={home.contrasts.slice(0, 8)}
      />
    </Card>
  );
}
