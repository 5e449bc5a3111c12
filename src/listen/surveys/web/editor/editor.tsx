import { estimateSeconds, placeOf } from '@touchstone/domain/survey/design';
import type { SurveyDocument } from '@touchstone/domain/survey';
import {
  lazy,
  memo,
  Suspense,
  useDeferredValue,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useReader } from '../../../../platform/web/client/index.ts';
import { apart, ErrorNote, Loading, Page as Opened, useAddress, useWords } from '../../../../platform/web/ui/index.ts';
import type { Survey } from '../../contract.ts';
import { Tabs } from '../tabs.tsx';
import { ResultsLink } from '../results-link.tsx';
import { EditorActs } from './acts.tsx';
import styles from './editor.module.css';
import { Issues } from './issues.tsx';
import { KeepingNote } from './keeping-note.tsx';
import { type Led, LedContext } from './led.ts';
import { TABS } from './tabs.ts';
import { type Editing, useEditing } from './use-editing.ts';
import type { ViewProps } from './view.ts';

const PANEL = 'survey-editor';
const VIEWS = TABS.map((tab) => ({ ...tab, Shown: lazy(async () => ({ default: (await tab.load()).View })) }));

/** The editor of one survey: what is above every part of it, and the part that is open. */
export function Editor({ first }: { readonly first: Survey }) {
  const { t } = useWords();
  const mayWrite = useReader().may('surveys:write');
  const editing = useEditing(first);
  const { survey, history, act } = editing;
  const document = history.now;
  const quiet = useDeferredValue(document);
  const [address, changeAddress] = useAddress();
  const tab = VIEWS.find(({ key }) => key === address['view']) ?? VIEWS[0];
  const [led, setLed] = useState<Led>();
  const [refused, setRefused] = useState<unknown>(null);
  const goTo = (at: string): void => {
    const { question, page, ending } = placeOf(document, at);
    setLed({ at, times: (led?.times ?? 0) + 1 });
    // What stands on no page is set where the logic is.
    const view = at === 'languages' ? 'texts' : /^(loops|quotas|scores|hidden)/u.test(at) ? 'logic' : undefined;
    changeAddress({ view, at: question ?? ending ?? page });
  };
  const view: ViewProps = {
    surveyId: survey.id,
    name: survey.name,
    rename: editing.rename,
    document,
    change: (next, label, as) => {
      if (mayWrite) act({ act: 'change', next, label, as });
    },
    issues: survey.issues,
    language: document.languages[0] ?? 'en',
    settings: survey.settings,
    changeSettings: (next) => {
      setRefused(null);
      editing.changeSettings(next).catch(setRefused);
    },
    mayWrite,
    goTo,
    address: survey.address,
    version: survey.version,
  };
  return (
    <div
      className={styles['editor']}
      onKeyDown={(event) => undoByKey(event, editing)}
      onBlur={() => act({ act: 'seal' })}
    >
      <Opened
        name={survey.name}
        sentence={<Sentence name={survey.name} document={document} />}
        note={
          <>
            <Standing survey={survey} /> <Takes document={quiet} />
          </>
        }
        actions={
          mayWrite ? (
            <EditorActs editing={editing} goTo={goTo} onShare={() => changeAddress({ view: 'share' })} />
          ) : (
            <ResultsLink survey={survey} />
          )
        }
      >
        <KeepingNote editing={editing} />
        <ErrorNote error={refused} />
        <Issues document={document} issues={survey.issues} goTo={goTo} />
        <Tabs
          label={t('surveys.editor.tabs')}
          tabs={TABS.map(({ key, labelKey }) => ({ key, label: t(labelKey) }))}
          now={tab?.key ?? ''}
          onChoose={(key) => changeAddress({ view: key === TABS[0]?.key ? undefined : key })}
          panel={PANEL}
        />
        <Panel tab={tab?.key ?? ''}>
          <LedContext value={led}>
            <Suspense fallback={<Loading as="rows" count={8} />}>
              {tab === undefined ? null : <tab.Shown {...view} />}
            </Suspense>
          </LedContext>
        </Panel>
      </Opened>
    </div>
  );
}

/** What the open tab shows. Where what had the focus is gone after a change, the panel has it: it is never lost. */
function Panel(props: { readonly tab: string; readonly children: ReactNode }) {
  const panel = useRef<HTMLDivElement>(null);
  const had = useRef<Element | null>(null);
  useLayoutEffect(() => {
    // Between two fields nothing has it for a moment, and all may be drawn in that moment: only what is gone gives it up.
    const isGone = had.current !== null && (!had.current.isConnected || had.current.matches(':disabled'));
    const { activeElement, body } = globalThis.document;
    if (isGone && (activeElement === null || activeElement === body)) panel.current?.focus({ preventScroll: true });
  });
  return (
    <div
      ref={panel}
      id={PANEL}
      role="tabpanel"
      aria-labelledby={`${PANEL}-${props.tab}`}
      tabIndex={-1}
      className={styles['panel']}
      onFocus={({ target }) => (had.current = target)}
      onBlur={({ currentTarget, relatedTarget }) => {
        // Elsewhere on purpose; where what had it was taken away, nothing gets it.
        if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) had.current = null;
      }}
    >
      {props.children}
    </div>
  );
}

/** Ctrl or ⌘ with Z, and with Shift, also while one types: what is typed are steps of the same history. */
function undoByKey(event: KeyboardEvent, { act }: Editing): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.nativeEvent.isComposing) return;
  // By its place, where the layout has other letters.
  const again = (event.code === 'KeyZ' && event.shiftKey) || (event.code === 'KeyY' && !event.shiftKey);
  if (!again && event.code !== 'KeyZ') return;
  event.preventDefault();
  act({ act: again ? 'redo' : 'undo' });
}

/** How much is asked. */
function Sentence({ name, document }: { readonly name: string; readonly document: SurveyDocument }) {
  const { t } = useWords();
  const count = askedIn(document);
  if (count === 0) return <>{t('surveys.editor.asksNothing', { name: apart(name) })}</>;
  return <>{t('surveys.editor.asks', { name: apart(name), count })}</>;
}

function askedIn({ pages }: SurveyDocument): number {
  return pages.reduce((sum, { questions }) => sum + questions.filter(({ kind }) => kind !== 'statement').length, 0);
}

/** About how long it takes: told a moment later while one types, since all of it is gone through. */
const Takes = memo(function Said({ document }: { readonly document: SurveyDocument }) {
  const { t, format } = useWords();
  if (askedIn(document) === 0) return null;
  const { shortest, longest } = estimateSeconds(document, document.languages[0] ?? 'en');
  const [from, to] = [shortest, longest].map((seconds) => format.duration(Math.max(10, roundTime(seconds))));
  return (
    <>
      {from === to
        ? t('surveys.editor.takes', { time: from ?? '' })
        : t('surveys.editor.takesBetween', { from: from ?? '', to: to ?? '' })}
    </>
  );
});

/** Tens of seconds below a minute and a half, then half minutes: an estimate is not exact. */
function roundTime(seconds: number): number {
  const step = seconds < 90 ? 10 : 60;
  return Math.round(seconds / step) * step;
}

/** How what is answered stands to what one sees. */
function Standing({ survey: { state, version, changed } }: { readonly survey: Survey }) {
  const { t, format } = useWords();
  if (version === null) return <>{t('surveys.editor.unpublished')}</>;
  const published = t(state === 'closed' ? 'surveys.editor.closed' : 'surveys.editor.open', {
    version: format.plain(version),
  });
  return (
    <>
      {published} {changed ? t('surveys.editor.changed') : null}
    </>
  );
}
