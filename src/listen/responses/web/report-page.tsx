import { useEffect } from 'react';
import { api, ProblemError, useRead } from '../../../platform/web/client/index.ts';
import { ErrorNote, Go, Loading, Quotes, Threshold, useParam, useWords } from '../../../platform/web/ui/index.ts';
import { QuestionCard } from './question-card.tsx';
import styles from './results.module.css';
import { Said } from './said.tsx';
import { ScoresCard } from './scores-card.tsx';
import { Stops } from './stops-view.tsx';
import { useResultWords } from './words.ts';

/** What a survey found, to whoever holds a link to it. */
export function Page() {
  useResultWords();
  const { t, format } = useWords();
  const token = useParam('reportToken');
  const read = useRead(['responses', 'report', token, format.language], (signal) =>
    api.responses.report({ token, words: format.language }, { signal }),
  );
  const report = read.data;
  const name = report?.name;
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Touchstone`;
  }, [name]);
  if (read.error instanceof ProblemError && read.error.status === 404) {
    return (
      <Threshold title={t('responses.report.gone')} sentence={t('responses.report.goneWhy')}>
        <Go to="/">{t('web.toHome')}</Go>
      </Threshold>
    );
  }
  if (report === undefined) {
    if (read.error === null) return <Loading as="rows" count={8} />;
    return (
      <Threshold title={t('responses.name')}>
        <ErrorNote error={read.error} onAgain={() => void read.refetch()} />
      </Threshold>
    );
  }
  const { results, texts, company, zone } = report;
  const told = results.counts.complete + results.counts.partial;
  const about = [
    company,
    results.survey.name,
    t('responses.note.responses', { count: told }),
    ...(results.lastAt === null ? [] : [t('responses.report.until', { day: format.dayOf(results.lastAt, zone) })]),
    ...(report.narrowed ? [t('responses.report.narrowed')] : []),
  ];
  return (
    <main className={styles['report']}>
      <div>
        <p className={styles['quiet']}>
          <bdi>{report.name}</bdi>
        </p>
        <h1>
          <Said results={results} />
        </h1>
        <p className={styles['quiet']}>
          <bdi>{about.join(' · ')}</bdi>
        </p>
      </div>
      {results.reason === null ? <ScoresCard scores={results.scores} /> : null}
      {results.questions
        .filter((question) => !question.removed || question.answered > 0)
        .map((question) => {
          const typed = texts.find((one) => one.key === question.key);
          return (
            <QuestionCard key={question.key} question={question}>
              {typed === undefined ? null : (
                <Quotes
                  quotes={typed.items.map((item, i) => ({ key: String(i), text: item.text, language: item.language }))}
                />
              )}
            </QuestionCard>
          );
        })}
      {results.reason === null ? <Stops results={results} /> : null}
      <p className={styles['quiet']}>{t('responses.report.foot')}</p>
    </main>
  );
}
