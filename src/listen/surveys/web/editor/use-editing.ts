import type { SurveyDocument } from '@touchstone/domain/survey';
import { useCallback, useEffect, useReducer, useState } from 'react';
import { api, useRefresh } from '../../../../platform/web/client/index.ts';
import type { Survey, SurveySettings } from '../../contract.ts';
import { begin, type History, historyAfter, type HistoryAct } from './history.ts';
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
  readonly publish: () => Promise<void>;
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
  const [history, act] = useReducer(historyAfter<SurveyDocument>, first.document, begin);
  const [keeping, setKeeping] = useState<Keeping>({ is: 'saved' });
  const [keeper] = useState(
    () =>
      new Keeper<SurveyDocument>({
        value: first.document,
        revision: first.revision,
        save: async (document, revision) => {
          const saved = await api.surveys.change({ surveyId, document, revision });
          setSurvey(told(saved));
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
  useEffect(() => () => void keeper.flush().then(() => refresh('surveys')), [keeper, refresh]);
  const isSaved = keeping.is === 'saved';
  useEffect(() => {
    if (isSaved) return undefined;
    const stay = (event: BeforeUnloadEvent): void => {
      void keeper.flush();
      event.preventDefault();
    };
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [isSaved, keeper]);

  return {
    survey,
    history,
    act,
    keeping,
    flush: useCallback(() => keeper.flush(), [keeper]),
    rename: async (name) => setSurvey(told(await api.surveys.change({ surveyId, name }))),
    changeSettings: async (settings) => setSurvey(told(await api.surveys.change({ surveyId, settings }))),
    publish: async () => {
      if (await keeper.flush()) setSurvey(told(await api.surveys.publish({ surveyId, revision: keeper.revision })));
    },
    close: async () => setSurvey(told(await api.surveys.close({ surveyId }))),
    takeTheirs: async (label) => {
      const theirs = told(await api.surveys.get({ surveyId }));
      setSurvey(theirs);
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
