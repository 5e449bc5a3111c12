import {
  feedbackOf,
  type FeedbackRow,
  scoreOf,
  type SurveyDocument,
  textIn,
  type Walk,
} from '@touchstone/domain/survey';
import { Card, type Column, DataTable, useWords } from '../../../../../../platform/web/ui/index.ts';
import type { SurveySettings } from '../../../../contract.ts';
import { choicesOf, titleOf } from '../logic/known.ts';
import { sayEnding, sayPage } from '../logic/targets.ts';
import styles from './trying.module.css';

export interface GatheredProps {
  readonly document: SurveyDocument;
  readonly settings: SurveySettings;
  readonly found: Walk;
  readonly ended: boolean;
  /** Key of the step before whoever tries. */
  readonly now: string | undefined;
}

/** The way so far, and at its end what would be kept of it. */
export function Gathered({ document, settings, found, ended, now }: GatheredProps) {
  const { t, format, language: reads } = useWords();
  const language = document.languages.includes(reads) ? reads : (document.languages[0] ?? 'en');
  const at = found.steps.findIndex((step) => step.key === now);
  const steps = ended ? found.steps : found.steps.slice(0, at + 1);
  const scores = (document.scores ?? []).map((score) => {
    const { value } = scoreOf(score, [...found.shown.values()]);
    return {
      id: score.id,
      name: textIn(document, score.name, language),
      value: value === undefined ? t('surveys.try.none') : format.number(value),
    };
  });
  const ending = found.ending === undefined ? -1 : document.endings.findIndex(({ id }) => id === found.ending?.id);
  const questions = new Map(document.pages.flatMap((page) => page.questions).map((one) => [one.id, one]));
  const kept = feedbackOf(found).filter((row) => !settings.anonymous || !row.personal);
  const said = (questionId: string, id: string): string => {
    const question = questions.get(questionId);
    const columns = question?.kind === 'matrix' ? question.columns : [];
    const choice = [...columns, ...choicesOf(document, questionId)].find((one) => one.id === id);
    return choice === undefined ? id : textIn(document, choice.text, language) || id;
  };
  const answered = (row: FeedbackRow): string =>
    [
      ...(row.score === null ? [] : [format.number(row.score)]),
      ...(row.score === null || row.choices.length > 1 ? row.choices.map((id) => said(row.questionId, id)) : []),
      ...(row.text === '' ? [] : [row.text]),
    ].join(' · ');
  const itemWords = (questionId: string, item: string): string => {
    const shown = [...found.shown.values()].find(
      ({ question, round }) => question.id === questionId && round?.item.id === item,
    );
    return shown?.round === undefined ? said(questionId, item) : textIn(document, shown.round.item.text, language);
  };
  const columns: Column<FeedbackRow>[] = [
    {
      key: 'question',
      title: t('surveys.try.column.question'),
      cell: ({ questionId, itemId, loopKey }) => {
        const question = questions.get(questionId);
        const item = itemId === '' ? loopKey : itemId;
        return (
          <bdi>
            {question === undefined ? questionId : titleOf(document, question, language)}
            {item === '' ? '' : ` (${itemWords(questionId, item)})`}
          </bdi>
        );
      },
    },
    { key: 'instrument', title: t('surveys.try.column.instrument'), wide: true, cell: ({ instrument }) => instrument },
    { key: 'answer', title: t('surveys.try.column.answer'), cell: (row) => <bdi dir="auto">{answered(row)}</bdi> },
  ];
  return (
    <>
      <Card title={t(ended ? 'surveys.try.ended' : 'surveys.try.way')}>
        <ol className={styles['way']}>
          {steps.map((step) => (
            <li key={step.key} aria-current={step.key === now ? 'step' : undefined}>
              <bdi>
                {sayPage(document, document.pages.indexOf(step.page), language, t)}
                {step.round === undefined ? '' : ` (${textIn(document, step.round.item.text, language)})`}
              </bdi>
            </li>
          ))}
          {ended && ending >= 0 ? (
            <li aria-current="step">
              <bdi>{sayEnding(document, ending, language, t)}</bdi>
            </li>
          ) : null}
        </ol>
        {!ended ? null : (
          <p className={styles['soft']}>
            {t(`surveys.try.outcome.${found.outcome}`)}
            {found.counts.length === 0
              ? ''
              : ` ${t('surveys.try.counts', { quotas: format.list(found.counts.map(({ name }) => name)) })}`}
          </p>
        )}
        {scores.length === 0 ? null : (
          <dl className={styles['scores']}>
            {scores.map(({ id, name, value }) => (
              <div key={id}>
                <dt dir="auto">{name}</dt>
                <dd className="num">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </Card>
      {!ended || found.outcome !== 'complete' ? null : (
        <Card title={t('surveys.try.kept')} note={t('surveys.try.kept.note')}>
          <DataTable
            label={t('surveys.try.kept')}
            rows={kept}
            rowKey={(row) => `${row.questionId} ${row.itemId} ${row.loopKey}`}
            columns={columns}
            empty={t('surveys.try.nothing')}
          />
        </Card>
      )}
    </>
  );
}
