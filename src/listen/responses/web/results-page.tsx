import { Button } from '@mantine/core';
import type { Interval } from '@touchstone/domain/calendar';
import { daysBetween } from '@touchstone/domain/calendar';
import { api, useRead, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import {
  EmptyState,
  ErrorNote,
  Go,
  Loading,
  Page as Opened,
  scopeInput,
  Series,
  Tag,
  useAddress,
  useParam,
  useScope,
  useWords,
} from '../../../platform/web/ui/index.ts';
import type { AxisListed, QuestionResult, Results } from '../contract.ts';
import { CompareView } from './compare-view.tsx';
import { CrossView } from './cross-view.tsx';
import { Narrowing } from './narrowing.tsx';
import { QuestionCard } from './question-card.tsx';
import { ExportMenu } from './export-menu.tsx';
import styles from './results.module.css';
import { Said } from './said.tsx';
import { ScoresCard } from './scores-card.tsx';
import { SharedLinks } from './share.tsx';
import { Singles } from './singles.tsx';
import { Stops, Versions } from './stops-view.tsx';
import { TypedAnswers } from './typed.tsx';
import { useResultWords } from './words.ts';

/** Which responses are asked about: as the operations take it. */
export interface ResultsAsked {
  readonly surveyId: string;
  readonly from?: string;
  readonly to?: string;
  readonly filter?: string;
  readonly where?: string;
  readonly words: string;
}

const VIEWS = ['questions', 'compare', 'cross', 'stops', 'singles', 'share'] as const;

/** What a survey found, at a glance. */
export function Page() {
  useResultWords();
  const { t, format } = useWords();
  const surveyId = useParam('surveyId');
  const scope = useScope();
  const { may } = useReader();
  const [address, change] = useAddress();
  const where = address['where'];
  const asked: ResultsAsked = {
    surveyId,
    ...scopeInput(scope),
    ...(where === undefined ? {} : { where }),
    words: format.language,
  };
  const read = useRead(['responses', 'results', asked], (signal) => api.responses.results(asked, { signal }), {
    enabled: !scope.isPending,
  });
  const axes = useRead(['responses', 'axes', surveyId, format.language], (signal) =>
    api.responses.axes({ surveyId, words: format.language }, { signal }),
  );
  const results = read.data;
  const views = VIEWS.filter((view) =>
    view === 'singles' ? may('responses:read') : view === 'share' ? may('surveys:write') : true,
  );
  const view = views.find((one) => one === address['show']) ?? 'questions';
  if (results === undefined) {
    return (
      <Opened name={t('responses.name')} sentence={t('responses.loading')}>
        <ErrorNote error={read.error} onAgain={() => void read.refetch()} />
        {read.error === null ? <Loading as="rows" count={8} /> : null}
      </Opened>
    );
  }
  return (
    <Opened
      name={t('responses.name')}
      sentence={<Said results={results} />}
      note={<Note results={results} />}
      actions={
        <>
          {may('surveys:write') ? <Go to={`/listen/surveys/${surveyId}`}>{t('responses.toSurvey')}</Go> : null}
          <ExportMenu {...asked} />
        </>
      }
    >
      <ErrorNote error={read.error ?? axes.error} />
      <nav className={styles['tabs']} aria-label={t('responses.views')}>
        {views.map((one) => (
          <Button
            key={one}
            size="compact-md"
            variant={one === view ? 'filled' : 'default'}
            aria-current={one === view ? 'page' : undefined}
            onClick={() => change({ show: one === 'questions' ? undefined : one })}
          >
            {t(`responses.view.${one}`)}
          </Button>
        ))}
      </nav>
      {view === 'share' || view === 'singles' ? null : (
        <Narrowing axes={axes.data?.items ?? []} where={where ?? ''} onChange={(text) => change({ where: text })} />
      )}
      <View view={view} asked={asked} results={results} axes={axes.data?.items ?? []} />
    </Opened>
  );
}

function View(props: {
  readonly view: (typeof VIEWS)[number];
  readonly asked: ResultsAsked;
  readonly results: Results;
  readonly axes: readonly AxisListed[];
}) {
  const { t } = useWords();
  const { asked, results, axes } = props;
  if (props.view === 'share') return <SharedLinks asked={asked} anonymous={results.survey.anonymous} />;
  if (props.view === 'singles') return <Singles surveyId={asked.surveyId} questions={results.questions} />;
  if (results.reason !== null) {
    return (
      <EmptyState
        title={t(`responses.reason.${results.reason}`)}
        sentence={t(results.reason === 'hidden' ? 'responses.empty.hidden' : 'responses.empty.what')}
      />
    );
  }
  if (props.view === 'compare') return <CompareView asked={asked} axes={axes} />;
  if (props.view === 'cross') return <CrossView asked={asked} axes={axes} />;
  if (props.view === 'stops')
    return (
      <>
        <Stops results={results} />
        <Versions versions={results.versions} />
      </>
    );
  return (
    <>
      <ScoresCard scores={results.scores} />
      {results.questions.map((question) => (
        <QuestionCard key={question.key} question={question}>
          {question.kind === 'nps' ? <Course asked={asked} question={question} results={results} /> : null}
          {question.typed ? <TypedAnswers asked={asked} question={question.key} title={question.title} /> : null}
        </QuestionCard>
      ))}
    </>
  );
}

function Note({ results }: { readonly results: Results }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { counts, firstAt, lastAt, survey } = results;
  const told = counts.complete + counts.partial;
  return (
    <>
      <bdi>{survey.name}</bdi>
      {' · '}
      {t('responses.note.responses', { count: told })}
      {firstAt === null || lastAt === null ? null : ` · ${format.dayOf(firstAt, zone)} – ${format.dayOf(lastAt, zone)}`}
      {told > 0 && told < 30 ? (
        <>
          {' '}
          <Tag tone="neither">{t('responses.question.few')}</Tag>
        </>
      ) : null}
    </>
  );
}

/** The score of a question over time, in steps that make a few dozen of them at most. */
function Course(props: { readonly asked: ResultsAsked; readonly question: QuestionResult; readonly results: Results }) {
  const { t, format } = useWords();
  const { asked, question, results } = props;
  const days =
    results.firstAt === null || results.lastAt === null
      ? 0
      : daysBetween(results.firstAt.slice(0, 10), results.lastAt.slice(0, 10));
  const interval: Interval = days <= 31 ? 'day' : days <= 240 ? 'week' : days <= 1_400 ? 'month' : 'quarter';
  const input = { ...asked, question: question.questionId, interval };
  const read = useRead(['responses', 'series', input], (signal) => api.responses.series(input, { signal }), {
    enabled: days > 0 && question.round === '',
  });
  if (days === 0 || question.round !== '') return null;
  if (read.data === undefined) return read.error === null ? <Loading as="picture" /> : <ErrorNote error={read.error} />;
  const points = read.data.points.map((point) => ({
    ...point,
    label: interval === 'day' || interval === 'week' ? format.day(point.at) : format.month(point.at),
  }));
  if (points.filter((point) => point.value !== null).length < 2) return null;
  return (
    <Series
      label={t('responses.course', { title: question.title })}
      points={points}
      write={(value) => format.signed(value, 0)}
    />
  );
}
