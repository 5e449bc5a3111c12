import { type Page, textIn } from '@touchstone/domain/survey';
import { memo, useId, useRef } from 'react';
import { useWords } from '../../../../../platform/web/ui/index.ts';
import { dropped, type Row, rowsOf, spotOf, movePage, stepQuestion } from './changing.ts';
import { dropMark, useDragging } from './dragging.ts';
import { Handle } from './handle.tsx';
import { Glyph } from './glyph.tsx';
import type { OutlineProps } from './questions-props.ts';
import styles from './questions.module.css';

/** Everything there is, in its order: pages with their questions, and the endings. Drawn anew only when it is told something else. */
export const Outline = memo(function Listed(props: OutlineProps) {
  const { document, language, mayWrite, selected, adding, now } = props;
  // Texts that are missing in a language are seen to in another part of the editor.
  const issues = props.issues.filter(({ code }) => code !== 'missingTranslation');
  const { t } = useWords();
  const hint = useId();
  const list = useRef<HTMLUListElement>(null);
  const rows = rowsOf(document);
  const drop = (from: number, gap: number): void => {
    const row = rows[from];
    const { document: newest, change, say, focusNext } = now();
    const next = dropped(newest, from, gap);
    if (row === undefined || next === newest) return;
    change(next, t('surveys.did.move'));
    say(movedWords(row, next));
    focusNext(`[data-handle="${row.id}"]`);
  };
  const step = (at: number, by: -1 | 1): void => {
    const row = rows[at];
    if (row === undefined) return;
    const { document: newest, change, say, focusNext } = now();
    const next = row.is === 'page' ? movePage(newest, row.page, row.page + by) : stepQuestion(newest, row.id, by);
    if (next === newest) {
      say(t('surveys.move.end'));
      return;
    }
    change(next, t('surveys.did.move'), `move ${row.id}`);
    say(movedWords(row, next));
    focusNext(`[data-handle="${row.id}"]`);
  };
  const movedWords = (row: Row, next: typeof document): string => {
    if (row.is === 'page') {
      const number = next.pages.findIndex(({ id }) => id === row.id) + 1;
      return t('surveys.move.page', { number, of: next.pages.length });
    }
    const spot = spotOf(next, row.id);
    return t('surveys.move.question', {
      number: (spot?.at ?? 0) + 1,
      of: next.pages[spot?.page ?? 0]?.questions.length ?? 0,
      page: (spot?.page ?? 0) + 1,
    });
  };
  const dragging = useDragging(list, drop, step);
  const wrong = (at: string): 'error' | 'warning' | undefined => {
    const own = issues.filter((issue) => issue.at === at || issue.at.startsWith(`${at}.`));
    return own.find(({ severity }) => severity === 'error')?.severity ?? own[0]?.severity;
  };
  return (
    <nav className={styles['outline']} data-scrolls aria-label={t('surveys.outline')}>
      <p id={hint} hidden>
        {t('surveys.move.hint')}
      </p>
      <RowButton
        {...props}
        id="survey"
        title={textIn(document, document.title, language) || t('surveys.outline.untitled')}
        note={t('surveys.outline.survey')}
        wrong={wrong('title')}
      />
      <ul ref={list} className={styles['rows']} data-dragging={dragging.now === undefined ? undefined : ''}>
        {rows.map((row, at) => {
          const page = document.pages[row.page];
          const question = row.is === 'question' ? page?.questions[row.at] : undefined;
          const label = question === undefined ? pageName(row.page, page) : textIn(document, question.title, language);
          const place = row.is === 'page' ? `pages[${row.page}]` : `pages[${row.page}].questions[${row.at}]`;
          return (
            <li
              key={row.id}
              data-row
              data-is={row.is}
              data-selected={row.id === selected ? '' : undefined}
              data-taken={dragging.now?.from === at ? '' : undefined}
              data-drop={dropMark(dragging, at, rows.length)}
            >
              {mayWrite ? (
                <Handle
                  id={row.id}
                  row={at}
                  label={t('surveys.move.handle', { what: label === '' ? t('surveys.outline.untitled') : label })}
                  describedBy={hint}
                  dragging={dragging}
                />
              ) : null}
              <button
                type="button"
                className={styles['row']}
                data-choose={row.id}
                aria-current={row.id === selected ? 'true' : undefined}
                onClick={() => now().select(row.id)}
              >
                {question === undefined ? null : <Glyph kind={question.kind} />}
                <span className={styles['rowText']} dir="auto">
                  {label === '' ? <i>{t('surveys.outline.untitled')}</i> : label}
                  {question?.required === true ? (
                    <span className={styles['must']} title={t('surveys.field.required')}>
                      {' '}
                      *
                    </span>
                  ) : null}
                </span>
                <Wrong severity={row.is === 'page' ? onlyOwn(place) : wrong(place)} />
              </button>
              {mayWrite && row.is === 'page' ? (
                <button
                  type="button"
                  className={styles['plus']}
                  data-add={row.id}
                  aria-label={t('surveys.outline.addTo', { number: row.page + 1 })}
                  title={t('surveys.outline.addTo', { number: row.page + 1 })}
                  aria-pressed={adding === row.page}
                  onClick={() => now().add(row.page)}
                >
                  +
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {mayWrite ? (
        <div className={styles['adds']}>
          <button type="button" className={styles['add']} onClick={() => now().add(document.pages.length - 1)}>
            <span aria-hidden="true" className={styles['plusSign']}>
              +
            </span>
            {t('surveys.outline.addQuestion')}
          </button>
          <button type="button" className={styles['add']} onClick={() => now().addPage()}>
            <span aria-hidden="true" className={styles['plusSign']}>
              +
            </span>
            {t('surveys.outline.addPage')}
          </button>
        </div>
      ) : null}
      <h3 className={styles['part']}>{t('surveys.place.endings')}</h3>
      <ul className={styles['rows']}>
        {document.endings.map((ending, at) => (
          <li key={ending.id} data-selected={ending.id === selected ? '' : undefined}>
            <RowButton
              {...props}
              id={ending.id}
              title={textIn(document, ending.title, language) || t('surveys.outline.untitled')}
              note={
                ending.outcome === undefined || ending.outcome === 'complete'
                  ? undefined
                  : t(`surveys.outcome.${ending.outcome}`)
              }
              wrong={wrong(`endings[${at}]`)}
            />
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <div className={styles['adds']}>
          <button type="button" className={styles['add']} onClick={() => now().addEnding()}>
            <span aria-hidden="true" className={styles['plusSign']}>
              +
            </span>
            {t('surveys.outline.addEnding')}
          </button>
        </div>
      ) : null}
    </nav>
  );

  function pageName(number: number, page: Page | undefined): string {
    const title = textIn(document, page?.title, language);
    const name = t('surveys.place.page', { number: number + 1 });
    return title === '' ? name : `${name} · ${title}`;
  }

  /** What is wrong with a page itself, not with its questions. */
  function onlyOwn(place: string): 'error' | 'warning' | undefined {
    const own = issues.filter(
      ({ at }) => at === place || (at.startsWith(`${place}.`) && !at.startsWith(`${place}.questions`)),
    );
    return own.find(({ severity }) => severity === 'error')?.severity ?? own[0]?.severity;
  }
});

function RowButton(
  props: OutlineProps & {
    readonly id: string;
    readonly title: string;
    readonly note: string | undefined;
    readonly wrong: 'error' | 'warning' | undefined;
  },
) {
  return (
    <button
      type="button"
      className={styles['row']}
      data-choose={props.id}
      data-wide
      aria-current={props.id === props.selected ? 'true' : undefined}
      onClick={() => props.now().select(props.id)}
    >
      <span className={styles['rowText']} dir="auto">
        {props.title}
        {props.note === undefined ? null : <small>{props.note}</small>}
      </span>
      <Wrong severity={props.wrong} />
    </button>
  );
}

/** A mark where something is wrong: filled where it keeps from publishing. */
function Wrong({ severity }: { readonly severity: 'error' | 'warning' | undefined }) {
  const { t } = useWords();
  if (severity === undefined) return null;
  return (
    <span
      className={styles['wrong']}
      data-severity={severity}
      role="img"
      aria-label={t(`surveys.issues.mark.${severity}`)}
    />
  );
}
