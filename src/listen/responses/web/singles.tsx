import { Button } from '@mantine/core';
import { useState } from 'react';
import { api, usePages, useWorkspace } from '../../../platform/web/client/index.ts';
import { Card, DataTable, ErrorNote, Loading, Tag, useWords } from '../../../platform/web/ui/index.ts';
import type { SurveyResponse } from '../../surveys/contract.ts';
import type { QuestionResult } from '../contract.ts';
import styles from './results.module.css';

/** Single responses, the newest first; one of them whole. */
export function Singles(props: { readonly surveyId: string; readonly questions: readonly QuestionResult[] }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const [opened, setOpened] = useState<string | undefined>();
  const input = { surveyId: props.surveyId, limit: 50 };
  const responses = usePages(['responses', 'singles', input], (cursor, signal) =>
    api.surveys.responses({ ...input, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
  );
  const one = responses.items.find(({ id }) => id === opened);
  return (
    <>
      <ErrorNote error={responses.error} />
      {one === undefined ? null : (
        <Single response={one} questions={props.questions} onClose={() => setOpened(undefined)} />
      )}
      <Card title={t('responses.singles.title')} note={t('responses.singles.note')}>
        <DataTable
          label={t('responses.singles.title')}
          rows={responses.items}
          rowKey={({ id }) => id}
          stacked
          columns={[
            {
              key: 'at',
              title: t('responses.singles.at'),
              cell: ({ endedAt, changedAt }) => format.moment(endedAt ?? changedAt, zone),
            },
            {
              key: 'state',
              title: t('responses.axis.state'),
              cell: ({ state }) => <Tag tone="neither">{t(`responses.state.${state}`)}</Tag>,
            },
            {
              key: 'language',
              title: t('responses.axis.language'),
              cell: ({ language }) => format.languageName(language),
            },
            {
              key: 'answers',
              title: t('responses.singles.answers'),
              align: 'end',
              cell: ({ answers }) => format.number(Object.keys(answers).length),
            },
            {
              key: 'open',
              title: t('responses.singles.open'),
              align: 'end',
              cell: ({ id }) => (
                <Button size="compact-sm" variant="default" aria-expanded={id === opened} onClick={() => setOpened(id)}>
                  {t('responses.singles.open')}
                </Button>
              ),
            },
          ]}
          more={{ hasMore: responses.hasMore, isLoading: responses.isLoadingMore, onMore: responses.more }}
          empty={responses.isPending ? <Loading as="rows" /> : <p>{t('responses.reason.no-answers')}</p>}
        />
      </Card>
    </>
  );
}

function Single(props: {
  readonly response: SurveyResponse;
  readonly questions: readonly QuestionResult[];
  readonly onClose: () => void;
}) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { response, questions } = props;
  const hidden = Object.entries(response.hidden);
  return (
    <Card
      title={t('responses.singles.one', { at: format.moment(response.endedAt ?? response.changedAt, zone) })}
      onward={
        <Button size="compact-sm" variant="subtle" onClick={props.onClose}>
          {t('responses.singles.close')}
        </Button>
      }
    >
      <dl className={styles['answers']}>
        {Object.entries(response.answers).map(([key, answer]) => {
          const question = questions.find((one) => one.key === key);
          return (
            <div key={key}>
              <dt>
                <bdi>
                  {question === undefined
                    ? key
                    : [question.title, question.round].filter((text) => text !== '').join(' · ')}
                </bdi>
              </dt>
              <dd dir="auto">{words(answer, question, format.number)}</dd>
            </div>
          );
        })}
        {hidden.map(([name, value]) => (
          <div key={`hidden ${name}`}>
            <dt>{t('responses.axis.hidden', { name })}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** An answer in words: ids of choices and rows by what they are called. */
function words(answer: unknown, question: QuestionResult | undefined, number: (n: number) => string): string {
  const named = new Map(
    [...(question?.options ?? []), ...(question?.items ?? []), ...(question?.items[0]?.options ?? [])].map(
      ({ id, label }) => [id, label],
    ),
  );
  const said = (value: unknown): string => {
    if (typeof value === 'number') return number(value);
    if (typeof value === 'boolean') return value ? '✓' : '–';
    if (typeof value === 'string') return named.get(value) ?? value;
    if (Array.isArray(value)) return value.map(said).join(', ');
    if (typeof value !== 'object' || value === null) return '';
    if ('chosen' in value) {
      const extra =
        'words' in value && typeof value.words === 'object' && value.words !== null ? Object.values(value.words) : [];
      return [said(value.chosen), ...extra.map(String)].join(' · ');
    }
    if ('name' in value) return String(value.name);
    return Object.entries(value)
      .map(([id, part]) => `${named.get(id) ?? id}: ${said(part)}`)
      .join('; ');
  };
  return said(answer);
}
