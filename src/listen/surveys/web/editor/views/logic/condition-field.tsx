import { Button, CloseButton, Group, NativeSelect } from '@mantine/core';
import type { Condition, SurveyDocument } from '@touchstone/domain/survey';
import type { ReactNode } from 'react';
import { useWords } from '../../../../../../platform/web/ui/index.ts';
import { addPiece, type GroupPiece, MOST_LEVELS, type Piece, putPiece, readPiece, writePiece } from './condition.ts';
import { ConditionRow } from './condition-row.tsx';
import { fieldFinder, firstValue, type Subject, subjectsAt } from './known.ts';
import styles from './logic.module.css';
import { sayCondition } from './says.ts';

export interface ConditionFieldProps {
  readonly document: SurveyDocument;
  /** Its place, `pages[0].questions[1].showIf`: what can be asked of depends on what is answered before. */
  readonly at: string;
  readonly value: Condition | undefined;
  readonly onChange: (next: Condition | undefined) => void;
  /** Of the survey's texts. */
  readonly language: string;
  readonly mayWrite: boolean;
  /** The whole as a sentence: `Shown when …`, of the condition in words. */
  readonly says: (condition: string) => string;
  /** What holds where there is no condition: `Always shown`. */
  readonly otherwise: string;
}

/** A condition: as a sentence to read, and as lines to change. What has no line is said in words and kept. */
export function ConditionField(props: ConditionFieldProps) {
  const { document, at, value, onChange, language, mayWrite } = props;
  const { t, format } = useWords();
  const subjects = subjectsAt(document, at, language);
  const find = fieldFinder(subjects);
  const piece = value === undefined ? undefined : readPiece(value, (field) => find(field)?.kind);
  const put = (next: Piece | undefined): void => onChange(next === undefined ? undefined : writePiece(lifted(next)));
  const fresh = freshRow(subjects);
  return (
    <div className={styles['condition']}>
      <p className={styles['sentence']} dir="auto">
        {value === undefined
          ? props.otherwise
          : props.says(sayCondition(value, { document, language, t, locale: format.locale }))}
      </p>
      {piece === undefined || !mayWrite ? null : (
        <Pieces
          piece={piece}
          level={1}
          onPut={(path, next) => put(putPiece(piece, path, next))}
          {...{ document, language, subjects, fresh }}
        />
      )}
      {!mayWrite ? null : (
        <Group gap={6}>
          {piece?.is === 'group' ? null : (
            <Button variant="default" size="compact-sm" onClick={() => put(addPiece(piece, fresh))}>
              {t('surveys.logic.add')}
            </Button>
          )}
          {value === undefined ? null : (
            <Button variant="subtle" size="compact-sm" onClick={() => onChange(undefined)}>
              {t('surveys.logic.clear')}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

interface PiecesProps {
  readonly piece: Piece;
  readonly level: number;
  readonly onPut: (path: readonly number[], next: Piece | undefined) => void;
  readonly document: SurveyDocument;
  readonly language: string;
  readonly subjects: readonly Subject[];
  readonly fresh: Piece;
}

function Pieces(props: PiecesProps): ReactNode {
  const { piece, level, onPut, document, language, subjects, fresh } = props;
  const { t, format } = useWords();
  if (piece.is === 'row')
    return <ConditionRow row={piece} {...{ subjects, document, language }} onChange={(next) => onPut([], next)} />;
  if (piece.is === 'kept')
    return (
      <div className={styles['row']}>
        <p className={styles['kept']} dir="auto">
          {sayCondition(piece.predicate, { document, language, t, locale: format.locale })}
          <small>{t('surveys.logic.kept')}</small>
        </p>
        <CloseButton aria-label={t('surveys.logic.remove')} onClick={() => onPut([], undefined)} />
      </div>
    );
  const grown = (more: Piece): GroupPiece => ({ ...piece, parts: [...piece.parts, more] });
  return (
    <fieldset className={styles['group']} data-level={level}>
      <legend>
        <NativeSelect
          size="xs"
          aria-label={t('surveys.logic.how')}
          value={piece.how}
          onChange={({ currentTarget }) => onPut([], { ...piece, how: currentTarget.value === 'any' ? 'any' : 'all' })}
          data={[
            { value: 'all', label: t('surveys.logic.all') },
            { value: 'any', label: t('surveys.logic.any') },
          ]}
        />
      </legend>
      {piece.parts.map((part, i) => (
        <Pieces
          // Lines are told apart by their place alone.
          // oxlint-disable-next-line react/no-array-index-key
          key={i}
          {...props}
          piece={part}
          level={level + 1}
          onPut={(path, next) => onPut([i, ...path], next)}
        />
      ))}
      <Group gap={6}>
        <Button variant="default" size="compact-sm" onClick={() => onPut([], grown(fresh))}>
          {t('surveys.logic.add')}
        </Button>
        {level >= MOST_LEVELS ? null : (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() =>
              onPut([], grown({ is: 'group', how: piece.how === 'all' ? 'any' : 'all', parts: [fresh, fresh] }))
            }
          >
            {t('surveys.logic.addGroup')}
          </Button>
        )}
      </Group>
    </fieldset>
  );
}

/** A group of one at the top is the one. */
function lifted(piece: Piece): Piece {
  const [only, ...others] = piece.is === 'group' ? piece.parts : [];
  return only !== undefined && others.length === 0 ? only : piece;
}

/** The line a new condition begins with: of the last thing that was asked. */
function freshRow(subjects: readonly Subject[]): Piece {
  const asked = subjects.filter(({ of, fields }) => of === 'answer' && fields.length > 0);
  const field = (asked.at(-1) ?? subjects.find(({ fields }) => fields.length > 0))?.fields[0];
  if (field === undefined) return { is: 'row', field: 'person.plan', op: 'exists', values: [] };
  if (field.kind === 'given') return { is: 'row', field: field.field, op: 'exists', values: [] };
  // Of a scale one asks for its low end, most often: of 0 to 10 for 6 and less, as detractors are.
  if (field.kind === 'number' && field.from !== undefined && field.to !== undefined)
    return {
      is: 'row',
      field: field.field,
      op: 'le',
      values: [Math.floor(field.from + (field.to - field.from) * 0.6)],
    };
  return { is: 'row', field: field.field, op: 'eq', values: [firstValue(field)] };
}
