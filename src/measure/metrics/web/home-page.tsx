import { Button, Group } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { useReader } from '../../../platform/web/client/index.ts';
import {
  Card,
  Columns,
  type Concept,
  EmptyState,
  ErrorNote,
  Go,
  Help,
  Journey,
  Loading,
  momentOfTruth,
  Page as Opened,
  useGo,
  useWords,
} from '../../../platform/web/ui/index.ts';
import { OpenDemo } from '../../../platform/web/ui/open-demo.tsx';
import type { Home } from '../contract.ts';
import { ContrastList } from './contrast-list.tsx';
import { HomeComments } from './comment-list.tsx';
import { FindingEvidence } from './evidence.tsx';
import { HomeChanges } from './home-changes.tsx';
import { HomeFigures } from './home-figures.tsx';
import { HomeFirst } from './home-first.tsx';
import styles from './home.module.css';
import { Note, Sentence } from './home-opening.tsx';
import { HomeTouchpoints } from './home-touchpoints.tsx';
import { Said, tellingOf } from './said.tsx';
import { useNames } from './use-names.ts';
import { useAskedPeriod, type AskedPeriod } from './scope.ts';
import { Strays } from './strays.tsx';
import { useHome } from './use-home.ts';
import { writerOf } from './writing.ts';

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
        {error === null ? <Coming /> : null}
      </Opened>
    );
  }
  return <Asked asked={asked} />;
}

/** The places of the figures and of what changed, while they are read. */
function Coming() {
  return (
    <>
      <Loading as="figures" count={5} />
      <PictureComing />
    </>
  );
}

function PictureComing() {
  return (
    <Card>
      <Loading as="picture" />
    </Card>
  );
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
          <Group justify="center" gap={8}>
            {may('imports:write') ? (
              <Button onClick={() => go({ to: '/listen/imports' })}>{t('metrics.home.empty.step')}</Button>
            ) : null}
            <OpenDemo variant="default" />
            {may('workspace:write') ? (
              <Button variant="subtle" onClick={() => go({ to: '/welcome' })}>
                {t('welcome.nav')}
              </Button>
            ) : null}
          </Group>
        }
      />
    </Opened>
  );
}

function Asked({ asked }: { readonly asked: AskedPeriod }) {
  const { t } = useWords();
  const read = useHome(asked);
  const home = read.data;
  // Whoever comes back finds the place they left, so all of it has to be there at once.
  const [wasThere] = useState(home !== undefined);
  if (home === undefined) {
    return (
      <Opened
        name={t('metrics.home.nav')}
        sentence={t(read.error === null ? 'metrics.home.loading' : 'metrics.home.failed')}
      >
        <ErrorNote error={read.error} onAgain={() => void read.refetch()} />
        {read.error === null ? <Coming /> : null}
      </Opened>
    );
  }
  return <Told home={home} asked={asked} atOnce={wasThere} />;
}

interface ToldProps {
  readonly home: Home;
  readonly asked: AskedPeriod;
  readonly atOnce: boolean;
}

function Told({ home, asked, atOnce }: ToldProps) {
  const { t, format } = useWords();
  // What stands on top is painted first: all at once takes a phone three times as long.
  const whole = useDeferredValue(true, atOnce);
  const { may } = useReader();
  const headline = home.figures.find((f) => f.metric === home.headline);
  const journey = home.figures.find((f) => f.metric === home.journey);
  const [lead] = home.findings;
  return (
    <Opened
      name={t('metrics.home.nav')}
      sentence={<Sentence home={home} />}
      note={<Note home={home} />}
      actions={lead === undefined ? undefined : <FindingEvidence finding={lead} home={home} asked={asked} />}
    >
      <Strays asked={asked} to="/" />
      <HomeFigures home={home} />
      {whole ? null : <PictureComing />}
      {headline === undefined || !whole ? null : (
        <>
          <HomeChanges home={home} asked={asked} />
          {journey === undefined ? null : <HomeJourney home={home} journey={journey} asked={asked} />}
          {may('comments:read') ? (
            <Columns wide level>
              <HomeContrasts home={home} headline={headline} asked={asked} />
              <HomeComments asked={asked} lead={lead} />
            </Columns>
          ) : (
            <HomeContrasts home={home} headline={headline} asked={asked} />
          )}
          <HomeFirst home={home} asked={asked} />
          {journey === undefined ? null : (
            <HomeTouchpoints home={home} writer={writerOf(journey.unit, format)} metric={journey.metric} />
          )}
        </>
      )}
    </Opened>
  );
}

/** Where in the journey: what is clearly weakest in a sentence, and the line of all stages. */
function HomeJourney(props: {
  readonly home: Home;
  readonly journey: Home['figures'][number];
  readonly asked: AskedPeriod;
}) {
  const { t, format } = useWords();
  const names = useNames();
  const { home, journey, asked } = props;
  const writer = writerOf(journey.unit, format);
  const stages = home.stages.filter((s) => s.key !== '');
  const drawn = stages.map(({ key, label, value, low, high, n }) => ({ key, label, score: value, low, high, n }));
  const rated = stages.filter((s) => s.value !== null).length;
  const nowhere = home.stages.find((s) => s.key === '')?.n ?? 0;
  const turn = journey.higherIsBetter === false ? -1 : 1;
  const weakest = home.findings
    .filter((f) => f.kind === 'stage')
    .toSorted((a, b) => turn * ((a.figure?.value ?? 0) - (b.figure?.value ?? 0)))[0];
  return (
    <Card
      title={t('metrics.home.journey')}
      help="journey"
      note={t(rated > 0 ? 'metrics.home.journeyNote' : 'metrics.home.journeyNone', {
        metric: names.metric(journey.metric),
      })}
      onward={
        <Go to={`/measure/metrics/${journey.metric}`} search={{ by: 'stage' }}>
          {t('metrics.home.allStages')}
        </Go>
      }
    >
      {rated < 2 ? null : (
        <div className={styles['line']}>
          <p>
            {weakest === undefined ? t('metrics.home.noStage') : <Said finding={weakest} telling={tellingOf(home)} />}
          </p>
          {weakest === undefined ? null : <FindingEvidence finding={weakest} home={home} asked={asked} />}
        </div>
      )}
      <Journey label={t('metrics.home.journey')} write={writer.value} writeTick={writer.tick} stages={drawn} />
      <p className={styles['terms']}>
        {stages.some((s) => s.value === null) ? <Term of="assumption" /> : null}
        {momentOfTruth(drawn) === undefined ? null : <Term of="moment_of_truth" />}
      </p>
      {nowhere === 0 ? null : (
        <p style={{ color: 'var(--soft)', margin: '10px 0 0' }}>{t('metrics.home.nowhere', { count: nowhere })}</p>
      )}
    </Card>
  );
}

/** A word of the picture, and what it means. */
function Term({ of }: { readonly of: Concept }) {
  const { t } = useWords();
  return (
    <span>
      {t(`welcome.term.${of}`)} <Help of={of} />
    </span>
  );
}

function HomeContrasts(props: {
  readonly home: Home;
  readonly headline: Home['figures'][number];
  readonly asked: AskedPeriod;
}) {
  const { t } = useWords();
  const { home, headline, asked } = props;
  // What the page opens with need not be said again.
  const group = home.findings.slice(1).find((f) => f.kind === 'group');
  const names = useNames();
  return (
    <Card
      title={t('metrics.home.contrasts', { metric: names.metric(headline.metric) })}
      help="goes_with"
      note={t('metrics.home.contrastsNote', { count: home.compared })}
      onward={
        <Go to={`/measure/metrics/${headline.metric}`} search={{ view: 'drivers' }}>
          {t('metrics.home.allContrasts')}
        </Go>
      }
    >
      {group === undefined ? null : (
        <div className={styles['line']}>
          <p>
            <Said finding={group} telling={tellingOf(home)} />
          </p>
          <FindingEvidence finding={group} home={home} asked={asked} />
        </div>
      )}
      <ContrastList
        metric={headline.metric}
        unit={headline.unit}
        higherIsBetter={headline.higherIsBetter}
        contrasts={home.contrasts.slice(0, 8)}
      />
    </Card>
  );
}
