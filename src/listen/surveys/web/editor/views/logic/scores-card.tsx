import { Button, Checkbox, CloseButton, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import {
  type Question,
  type Score,
  scaleOf,
  type ScorePart,
  type SurveyDocument,
  textIn,
} from '@touchstone/domain/survey';
import { Card, useWords } from '../../../../../../platform/web/ui/index.ts';
import type { ViewProps } from '../../view.ts';
import { at, freshId, put, some } from './edits.ts';
import { choicesOf, shortened, titleOf } from './known.ts';
import styles from './logic.module.css';

const WAYS = ['sum', 'mean', 'percent'] as const;

/** Figures made of answers. */
export function ScoresCard({ document, change, language, mayWrite }: ViewProps) {
  const { t } = useWords();
  const scores = document.scores ?? [];
  const set = (next: readonly Score[], as?: string): void =>
    change(put(document, 'scores', some(next)), t('surveys.logic.did.scores'), as);
  const parts = partsOf(document, language);
  return (
    <Card title={t('surveys.logic.scores')} note={t('surveys.logic.scores.note')}>
      <div className={styles['list']}>
        {scores.map((score, i) => (
          <div key={score.id} className={styles['item']} data-at={`scores[${i}]`}>
            <div className={styles['itemHead']}>
              <TextInput
                size="xs"
                dir="auto"
                label={t('surveys.logic.name')}
                disabled={!mayWrite}
                maxLength={200}
                value={textIn(document, score.name, language)}
                onChange={({ currentTarget: { value } }) =>
                  set(at(scores, i, { ...score, name: { ...score.name, [language]: value } }), `scores[${i}].name`)
                }
              />
              {mayWrite ? (
                <CloseButton
                  aria-label={t('surveys.logic.score.remove', { name: textIn(document, score.name, language) })}
                  onClick={() => set(at(scores, i, undefined))}
                />
              ) : null}
            </div>
            <NativeSelect
              size="xs"
              label={t('surveys.logic.score.how')}
              disabled={!mayWrite}
              value={score.how}
              data={WAYS.map((how) => ({ value: how, label: t(`surveys.logic.score.${how}`) }))}
              onChange={({ currentTarget: { value } }) =>
                set(at(scores, i, { ...score, how: WAYS.find((how) => how === value) ?? 'sum' }))
              }
            />
            {score.of.map((part, n) => (
              <PartRow
                // Parts are told apart by their place alone: one question may count twice.
                // oxlint-disable-next-line react/no-array-index-key
                key={n}
                {...{ part, parts, mayWrite }}
                onChange={(next) =>
                  set(at(scores, i, { ...score, of: at(score.of, n, next) }), `scores[${i}].of[${n}]`)
                }
              />
            ))}
            {!mayWrite || parts[0] === undefined ? null : (
              <Button
                variant="subtle"
                size="compact-sm"
                className={styles['start']}
                onClick={() => {
                  const next = parts.find(({ key }) => score.of.every((part) => keyOf(part) !== key)) ?? parts[0];
                  if (next !== undefined) set(at(scores, i, { ...score, of: [...score.of, next.part] }));
                }}
              >
                {t('surveys.logic.score.addPart')}
              </Button>
            )}
          </div>
        ))}
        {!mayWrite ? null : parts[0] === undefined ? (
          <p className={styles['soft']}>{t('surveys.logic.score.needs')}</p>
        ) : (
          <Button
            variant="default"
            size="compact-sm"
            className={styles['start']}
            onClick={() => {
              const name = { [language]: t('surveys.logic.score.new', { number: scores.length + 1 }) };
              const of = parts.slice(0, 1).map(({ part }) => part);
              set([...scores, { id: freshId(document, 'score'), name, how: 'mean', of }]);
            }}
          >
            {t('surveys.logic.score.add')}
          </Button>
        )}
      </div>
    </Card>
  );
}

interface Part {
  readonly key: string;
  readonly words: string;
  readonly part: ScorePart;
}

function PartRow(props: {
  readonly part: ScorePart;
  readonly parts: readonly Part[];
  readonly mayWrite: boolean;
  readonly onChange: (next: ScorePart | undefined) => void;
}) {
  const { part, parts, mayWrite, onChange } = props;
  const { t } = useWords();
  const key = keyOf(part);
  const data = parts.map((one) => ({ value: one.key, label: one.words }));
  return (
    <div className={styles['row']}>
      <NativeSelect
        size="xs"
        className={styles['subject']}
        aria-label={t('surveys.logic.score.of')}
        disabled={!mayWrite}
        value={key}
        data={data.some(({ value }) => value === key) ? data : [{ value: key, label: key }, ...data]}
        onChange={({ currentTarget: { value } }) => {
          const next = parts.find((one) => one.key === value)?.part;
          if (next !== undefined) onChange({ ...next, ...(part.weight === undefined ? {} : { weight: part.weight }) });
        }}
      />
      <NumberInput
        size="xs"
        className={styles['number']}
        aria-label={t('surveys.logic.score.weight')}
        prefix="× "
        disabled={!mayWrite}
        min={-1e6}
        max={1e6}
        value={part.weight ?? 1}
        onChange={(weight) =>
          onChange(put(part, 'weight', typeof weight === 'number' && weight !== 1 ? weight : undefined))
        }
      />
      <Checkbox
        size="xs"
        label={t('surveys.logic.score.reversed')}
        disabled={!mayWrite}
        checked={part.reversed === true}
        onChange={({ currentTarget }) => onChange(put(part, 'reversed', currentTarget.checked ? true : undefined))}
      />
      {mayWrite ? (
        <CloseButton aria-label={t('surveys.logic.score.removePart')} onClick={() => onChange(undefined)} />
      ) : null}
    </div>
  );
}

function keyOf({ question, row }: ScorePart): string {
  return row === undefined ? question : `${question}.${row}`;
}

/** Whatever gives a number: scales, numbers, choices with points, rows of them. */
function partsOf(document: SurveyDocument, language: string): Part[] {
  return document.pages
    .flatMap((page) => page.questions)
    .flatMap((question): Part[] => {
      const { id } = question;
      const words = titleOf(document, question, language);
      const rows = (): Part[] =>
        choicesOf(document, id).map((row) => ({
          key: `${id}.${row.id}`,
          words: `${words}: ${shortened(textIn(document, row.text, language)) || row.id}`,
          part: { question: id, row: row.id },
        }));
      const itself = { key: id, words, part: { question: id } };
      if (question.kind === 'constantSum' || question.kind === 'maxdiff') return rows();
      if (question.kind === 'matrix') return hasPoints(question.columns) ? [itself, ...rows()] : [];
      return givesNumber(question) ? [itself] : [];
    });
}

function givesNumber(question: Question): boolean {
  if (scaleOf(question) !== undefined || question.kind === 'number') return true;
  return 'choices' in question && question.kind !== 'ranking' && hasPoints(question.choices);
}

function hasPoints(choices: readonly { readonly value?: number }[]): boolean {
  return choices.some(({ value }) => value !== undefined);
}
