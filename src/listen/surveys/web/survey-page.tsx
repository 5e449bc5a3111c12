import { api, useRead } from '../../../platform/web/client/index.ts';
import { ErrorNote, Loading, Page as Opened, useParam, useWords } from '../../../platform/web/ui/index.ts';
import { Editor } from './editor/editor.tsx';
import { told } from './told.ts';
import { useSurveyWords } from './words.ts';

/** One survey, to be written, published and shared. */
export function Page() {
  useSurveyWords();
  const { t } = useWords();
  const surveyId = useParam('surveyId');
  const survey = useRead(['surveys', 'one', surveyId], (signal) => api.surveys.get({ surveyId }, { signal }));
  // What was kept from before may be older than what somebody has saved since.
  const fresh = survey.isFetchedAfterMount && survey.data?.id === surveyId ? told(survey.data) : undefined;
  if (fresh !== undefined) return <Editor key={surveyId} first={fresh} />;
  return (
    <Opened name={t('surveys.one')} sentence={t('surveys.editor.loading')}>
      <ErrorNote error={survey.error} />
      {survey.error === null ? <Loading as="rows" count={8} /> : null}
    </Opened>
  );
}
