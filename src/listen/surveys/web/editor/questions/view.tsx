import type { QuestionKind } from '@touchstone/domain/survey';
import { use, useCallback, useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useAddress, useWords } from '../../../../../platform/web/ui/index.ts';
import { fieldAt, LedContext } from '../led.ts';
import type { ViewProps } from '../view.ts';
import { EndingForm, SurveyForm } from './around-forms.tsx';
import { insertPage, insertQuestion, isSameShape, spotOf } from './changing.ts';
import { Gallery } from './gallery.tsx';
import { newEnding, newPage, newQuestion } from './making.ts';
import { Outline } from './outline.tsx';
import { PageForm } from './page-form.tsx';
import { Preview } from './preview.tsx';
import { QuestionForm } from './question-form.tsx';
import type { QuestionsProps } from './questions-props.ts';
import styles from './questions.module.css';
import { useFirstWords } from './use-first-words.ts';
import { useFocusNext } from './use-focus-next.ts';

const PANES = ['outline', 'form', 'preview'] as const;
type Pane = (typeof PANES)[number];

/** Pages and questions: what there is, the one that is open, and how it looks on a phone. */
export function View(props: ViewProps) {
  const { document, change, language } = props;
  const { t } = useWords();
  // Of a large survey the outline follows what is typed a moment later; places are never behind.
  const quiet = useDeferredValue(document);
  const root = useRef<HTMLDivElement>(null);
  const focusNext = useFocusNext(root);
  const words = useFirstWords(language);
  const [address, changeAddress] = useAddress();
  // Of an empty survey one begins with a question.
  const [isEmpty] = useState(() => props.mayWrite && document.pages.every(({ questions }) => questions.length === 0));
  const [pane, setPane] = useState<Pane>(() =>
    !isEmpty && address['at'] === undefined && matchMedia('(max-width: 860px)').matches ? 'outline' : 'form',
  );
  const [adding, setAdding] = useState<{ readonly page: number; readonly at: number } | undefined>(
    isEmpty && document.pages.length > 0 ? { page: 0, at: 0 } : undefined,
  );
  const [said, setSaid] = useState('');
  const selected = isThere(props, address['at']) ? (address['at'] ?? 'survey') : 'survey';
  const select = (id: string): void => {
    setAdding(undefined);
    setPane('form');
    changeAddress({ at: id === 'survey' ? undefined : id });
  };
  useLed(root, () => {
    setAdding(undefined);
    setPane('form');
  });
  const add = (page: number): void => {
    const spot = spotOf(document, selected);
    // Behind the one that is open, else at the page's end.
    setAdding({ page, at: spot?.page === page ? spot.at + 1 : (document.pages[page]?.questions.length ?? 0) });
    setPane('form');
    focusNext('[data-kind]');
  };
  const addQuestion = (kind: QuestionKind): void => {
    if (adding === undefined) return;
    const question = newQuestion(document, kind, words, Math.random);
    change(insertQuestion(document, adding, question), t('surveys.did.addQuestion'));
    select(question.id);
    focusNext(titleOf(question.id));
  };
  const view: QuestionsProps = {
    ...props,
    selected,
    select,
    adding: adding?.page,
    add,
    addPage: () => {
      const page = newPage(document, Math.random);
      change(insertPage(document, document.pages.length, page), t('surveys.did.addPage'));
      select(page.id);
      focusNext(titleOf(page.id));
    },
    addEnding: () => {
      const ending = newEnding(document, {}, Math.random);
      change({ ...document, endings: [...document.endings, ending] }, t('surveys.did.addEnding'));
      select(ending.id);
      focusNext(titleOf(ending.id));
    },
    say: setSaid,
    focusNext,
  };
  const latest = useRef(view);
  useLayoutEffect(() => {
    latest.current = view;
  });
  const now = useCallback(() => latest.current, []);
  return (
    <div ref={root} className={styles['questions']} data-pane={pane}>
      <p className="seen-by-readers" role="status">
        {said}
      </p>
      <div className={styles['panes']} role="group" aria-label={t('surveys.pane')}>
        {PANES.map((one) => (
          <button key={one} type="button" data-show={one} aria-pressed={pane === one} onClick={() => setPane(one)}>
            {t(`surveys.pane.${one}`)}
          </button>
        ))}
      </div>
      <Outline
        document={isSameShape(document, quiet) ? quiet : document}
        {...{ language, selected }}
        mayWrite={props.mayWrite}
        issues={props.issues}
        adding={adding?.page}
        now={now}
      />
      <div className={styles['main']}>
        {adding === undefined ? (
          <Open {...view} />
        ) : (
          <Gallery
            page={adding.page}
            onChoose={addQuestion}
            onCancel={() => {
              setAdding(undefined);
              focusNext(`[data-choose="${selected}"]`);
            }}
          />
        )}
      </div>
      <Preview {...view} />
    </div>
  );
}

/** The form of what is open. */
function Open(props: QuestionsProps) {
  const { document, selected } = props;
  const spot = spotOf(document, selected);
  const question = spot === undefined ? undefined : document.pages[spot.page]?.questions[spot.at];
  if (spot !== undefined && question !== undefined)
    return <QuestionForm key={selected} {...props} question={question} spot={spot} />;
  const page = document.pages.findIndex(({ id }) => id === selected);
  if (page >= 0) return <PageForm key={selected} {...props} number={page} />;
  const at = document.endings.findIndex(({ id }) => id === selected);
  const ending = document.endings[at];
  if (ending !== undefined) return <EndingForm key={selected} {...props} number={at} ending={ending} />;
  return <SurveyForm {...props} />;
}

/** The first field of a form, once it is that of this thing. */
function titleOf(id: string): string {
  return `[data-form="${id}"] [data-at="title"]`;
}

function isThere({ document }: ViewProps, id: string | undefined): boolean {
  return (
    id !== undefined &&
    (spotOf(document, id) !== undefined || [...document.pages, ...document.endings].some((one) => one.id === id))
  );
}

/** Puts the focus where the reader was led to, once that is open. */
function useLed(root: { readonly current: HTMLElement | null }, onLed: () => void): void {
  const led = use(LedContext);
  const followed = useRef(0);
  useEffect(() => {
    if (led === undefined || led.times === followed.current) return undefined;
    followed.current = led.times;
    onLed();
    const place = led.at.replace(/^(pages\[\d+\]\.questions\[\d+\]|pages\[\d+\]|endings\[\d+\])\.?/u, '');
    // The form of another question comes with the next drawing.
    const frame = requestAnimationFrame(() => {
      const form = root.current?.querySelector(`.${styles['form'] ?? ''}`);
      const field =
        form === null || form === undefined
          ? null
          : (fieldAt(form, led.at) ?? fieldAt(form, place) ?? fieldAt(form, 'title'));
      field?.closest('details')?.setAttribute('open', '');
      field?.focus();
    });
    return () => cancelAnimationFrame(frame);
  });
}
