import type { SurveyDocument } from '@touchstone/domain/survey';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { api, useRefresh } from '../../../../platform/web/client/index.ts';
import { useWords } from '../../../../platform/web/ui/index.ts';
import type { Survey, SurveySettings } from '../../contract.ts';
import { isSame } from './comparing.ts';
import { begin, type History, historyAfter, type HistoryAct } from './history.ts';
import { forget, leave, takeLeft } from './left.ts';
import { told } from '../told.ts';
import { Keeper, type Keeping } from './keeper.ts';

/** A survey as the editor has it: what one sees, what came of it on the server, and how the two stand to each other. */
export interface Editing {
  /** As the server told it last: state, version, settings, issues. Its document may be older than what one sees. */
  readonly survey: Survey;
  readonly history: History<SurveyDocument>;
  readonly act: (act: HistoryAct<SurveyDocument>) => void;
  readonly keeping: Keeping;
  /** Saves at once what is not saved yet; false where that cannot be. */
  readonly flush: () => Promise<boolean>;
  readonly rename: (name: string) => Promise<void>;
  readonly changeSettings: (settings: SurveySettings) => Promise<void>;
  /** False where what one sees cannot be saved: nothing is published then. */
  readonly publish: () => Promise<boolean>;
  readonly close: () => Promise<void>;
  /** Of a change by somebody else: theirs in place of one's own, which undo brings back. */
  readonly takeTheirs: (label: string) => Promise<void>;
  /** Writes one's own over theirs. */
  readonly keepOwn: () => Promise<void>;
  /** Makes another survey of one's own; gives its id. */
  readonly keepApart: (name: string) => Promise<string>;
}

export function useEditing(first: Survey): Editing {
  const { id: surveyId } = first;
  const [survey, setSurvey] = useState(first);
  const { t } = useWords();
  // Once for this opening, whatever is drawn how often.
  const [left] = useState(() => {
    const found = takeLeft(surveyId);
    // It was saved after all: the answer came when the page was gone.
    return found === undefined || isSame(found.document, first.document) ? undefined : found;
  });
  const [history, act] = useReducer(historyAfter<SurveyDocument>, first.document, (now) =>
    left === undefined
      ? begin(now)
      : historyAfter(begin(now), { act: 'change', next: left.document, label: t('surveys.editor.did.left') }),
  );
  // Settings travel beside the document: an answer about one of the two is not the newest about the other.
  const settingsAway = useRef(0);
  const hear = (answer: Survey): void =>
    setSurvey((now) => (settingsAway.current > 0 ? { ...answer, settings: now.settings } : answer));
  const [keeping, setKeeping] = useState<Keeping>({ is: 'saved' });
  const [keeper] = useState(
    () =>
      new Keeper<SurveyDocument>({
        value: first.document,
        // Over what it was written over: what somebody saved meanwhile is not replaced unseen.
        revision: left?.revision ?? first.revision,
        save: async (document, revision) => {
          const saved = await api.surveys.change({ surveyId, document, revision });
          hear(told(saved));
          forget(surveyId);
          return saved.revision;
        },
        hear: setKeeping,
        later: (then, ms) => {
          const timer = setTimeout(then, ms);
          return () => clearTimeout(timer);
        },
      }),
  );
  const { now } = history;
  useEffect(() => keeper.want(now), [keeper, now]);
  const refresh = useRefresh();
  // Whoever leaves takes nothing along that is not saved, and finds the list as it is then.
  useEffect(
    () => () => {
      const keepLeft = (): void => {
        if (keeper.unsaved !== undefined) leave(surveyId, { document: keeper.unsaved, revision: keeper.revision });
      };
      void keeper
        .flush()
        .then(keepLeft)
        .then(() => refresh('surveys'));
    },
    [keeper, refresh, surveyId],
  );
  const isSaved = keeping.is === 'saved';
  useEffect(() => {
    if (isSaved) return undefined;
    const stay = (event: BeforeUnloadEvent): void => {
      void keeper.flush();
      if (keeper.unsaved !== undefined) leave(surveyId, { document: keeper.unsaved, revision: keeper.revision });
      event.preventDefault();
    };
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [isSaved, keeper, surveyId]);

  return {
    survey,
    history,
    act,
    keeping,
    flush: useCallback(() => keeper.flush(), [keeper]),
    rename: async (name) => hear(told(await api.surveys.change({ surveyId, name }))),
    changeSettings: async (settings) => {
      // Shown at once; what is refused of it, as it was.
      const changed = changedIn(survey.settings, settings);
      const before = changedIn(settings, survey.settings);
      setSurvey((now) => ({ ...now, settings: { ...now.settings, ...changed } }));
      settingsAway.current += 1;
      try {
        const answer = told(await api.surveys.change({ surveyId, settings: changed }));
        settingsAway.current -= 1;
        hear(answer);
      } catch (error) {
        settingsAway.current -= 1;
        setSurvey((now) => ({ ...now, settings: { ...now.settings, ...before } }));
        throw error;
      }
    },
    publish: async () => {
      if (!(await keeper.flush())) return false;
      hear(told(await api.surveys.publish({ surveyId, revision: keeper.revision })));
      return true;
    },
    close: async () => hear(told(await api.surveys.close({ surveyId }))),
    takeTheirs: async (label) => {
      const theirs = told(await api.surveys.get({ surveyId }));
      hear(theirs);
      forget(surveyId);
      keeper.settle(theirs.document, theirs.revision);
      act({ act: 'change', next: theirs.document, label });
    },
    keepOwn: async () => {
      const { revision } = await api.surveys.get({ surveyId });
      await keeper.goOnOver(revision);
    },
    keepApart: async (name) => (await api.surveys.create({ name, document: now, settings: survey.settings })).id,
  };
}

/** What is other: what somebody else changed beside it stays as it is. */
function changedIn(before: SurveySettings, after: SurveySettings): Partial<SurveySettings> {
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => !isSame(value, before[name as keyof SurveySettings])),
  );
}
