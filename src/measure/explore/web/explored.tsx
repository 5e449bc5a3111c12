import { Button } from '@mantine/core';
import { usualInterval } from '@touchstone/domain/calendar';
import { useRefresh } from '../../../platform/web/client/index.ts';
import { Card, Loading, Page as Opened, useAddress, useWords } from '../../../platform/web/ui/index.ts';
import type { FieldInfo, MetricInfo } from '../../metrics/contract.ts';
import { pickedVerdict } from '../../metrics/web/facade.ts';
import { type AskedPeriod, Strays, useNames } from '../../metrics/web/parts.ts';
import { CompareFields, useGroupChoice } from './compare-fields.tsx';
import { GroupsCard, LineCard, MultiplesCard, TableCard } from './cards.tsx';
import { CompareCard } from './compare-card.tsx';
import { Evidence, useEvidence } from './evidence.tsx';
import { HeatCard } from './heat-card.tsx';
import { heatInterval } from './heat.ts';
import { QuestionBar, SHOWS } from './question.tsx';
import { SavedViews } from './saved-views.tsx';
import { SavedNote, SaveButton } from './save.tsx';
import { CompareSentence, GroupsSentence, LevelSentence } from './sentence.tsx';
import { Share } from './share.tsx';
import { beforeOf, sidesOf } from './sides.ts';
import { type Choice, periodBefore, stateOf } from './state.ts';
import {
  type Answer,
  type Compared,
  useAnswer,
  useBefore,
  useCompared,
  useContrasts,
  usualBy,
  type Question,
} from './use-answer.ts';
import { Wrong } from './wrong.tsx';
import styles from './explore.module.css';

/** The question bar, the answer as it is to be shown, and what was saved. */
export function Explored(props: {
  readonly choice: Choice;
  readonly info: MetricInfo;
  readonly asked: AskedPeriod;
  readonly metrics: readonly MetricInfo[];
  readonly fields: readonly FieldInfo[];
}) {
  const { t } = useWords();
  const names = useNames();
  const [address] = useAddress();
  const refresh = useRefresh();
  const { info, asked, metrics, fields } = props;
  // Before all time there is nothing to compare with: it begins with groups.
  const isUnsaid = address['against'] === undefined;
  const choice: Choice = asked.allTime && isUnsaid ? { ...props.choice, against: 'groups' } : props.choice;
  const { view } = choice;
  const pairs = view === 'compare' && (choice.against === 'groups' || choice.against === 'rest');
  const grouping = pairs ? 'always' : SHOWS[view].groups;
  const by = choice.by ?? (grouping === 'always' ? usualBy(info, fields) : undefined);
  const interval = choice.interval ?? (view === 'heat' ? heatInterval(asked) : usualInterval(asked));
  const question: Question = {
    info,
    view,
    by: grouping === 'never' ? undefined : by,
    interval,
    asked,
  };
  const answer = useAnswer(question, view !== 'compare' || pairs);
  const against = choice.before === undefined ? undefined : beforeOf(asked, choice.before);
  const before = useBefore(question, against);
  const contrasts = useContrasts(question, question.by !== undefined && info.method !== 'none' && view !== 'compare');
  const shown = answer.data;
  const groups = useGroupChoice(choice, pairs ? shown : undefined);
  const sides = sidesOf(asked, choice, pairs && by !== undefined ? { by, a: groups.a, b: groups.b } : undefined);
  const beside = view === 'line' && against !== undefined ? { first: asked, second: { ...against, filter: asked.filter } } : undefined; // prettier-ignore
  const compared = useCompared(info, view === 'compare' ? sides : beside);
  const [, open] = useEvidence();
  const state = stateOf(choice, { metric: info.key, by: question.by }, address);
  const isWaiting = answer.isPlaceholderData || (view === 'compare' && compared.isPlaceholderData);
  // What changed is said of this question alone, not of the one before it.
  const changed = beside === undefined || compared.isPlaceholderData ? undefined : compared.data?.comparison;
  const ask =
    groups.ask ?? t(choice.against === 'days' ? 'explore.compare.chooseDays' : 'explore.compare.choosePeriod');
  const told = sides === undefined ? undefined : compared.data;
  const sentence =
    view === 'compare' ? (
      <CompareSentence
        question={question}
        compared={told}
        among={groups.among}
        ask={sides === undefined ? ask : t('metrics.home.loading')}
      />
    ) : shown === undefined ? (
      names.metric(info.key)
    ) : shown.question.by !== undefined ? (
      <GroupsSentence
        question={shown.question}
        figures={shown.figures}
        contrasts={contrastsFor(shown.question.by, contrasts.data)}
      />
    ) : (
      <LevelSentence question={shown.question} figures={shown.figures} compared={changed} />
    );
  return (
    <Opened
      name={t('explore.nav')}
      sentence={sentence}
      note={<SavedNote choice={choice} state={state} metric={info} />}
      actions={
        <>
          <SaveButton choice={choice} state={state} />
          <Share state={state} />
          <Button variant="default" onClick={() => open('all')}>
            {t('metrics.home.howWeKnow')}
          </Button>
        </>
      }
    >
      <QuestionBar
        metrics={metrics}
        fields={fields}
        metric={info.key}
        by={question.by}
        grouping={grouping}
        interval={interval}
        view={view}
      >
        {view === 'compare' ? <CompareFields choice={choice} groups={groups} /> : null}
      </QuestionBar>
      <Wrong
        isUnknown={shown?.question.by !== undefined && isAllUnknown(shown)}
        error={answer.error ?? contrasts.error ?? compared.error}
        onAgain={() => void refresh('metrics')}
      />
      <Strays asked={asked} to="/measure/explore" search={address} />
      <div className={isWaiting ? styles['waiting'] : undefined} aria-busy={isWaiting}>
        {view === 'compare' ? (
          told === undefined ? null : (
            <CompareCard
              info={info}
              compared={told}
              labels={groups.labels}
              among={groups.among}
              sure={isSure(told, groups.among)}
              onOpen={open}
            />
          )
        ) : answer.error !== null ? null : shown === undefined ? (
          <Card>
            <Loading as="picture" />
          </Card>
        ) : shown.question.view === 'line' ? (
          <LineCard answer={shown} before={before.data} against={against} which={periodBefore(choice)} onOpen={open} />
        ) : shown.question.view === 'groups' ? (
          <GroupsCard answer={shown} contrasts={contrastsFor(shown.question.by, contrasts.data)} onOpen={open} />
        ) : shown.question.view === 'multiples' ? (
          <MultiplesCard answer={shown} onOpen={open} />
        ) : shown.question.view === 'heat' ? (
          <HeatCard answer={shown} onOpen={open} />
        ) : (
          <TableCard answer={shown} onOpen={open} />
        )}
      </div>
      <SavedViews />
      <Evidence info={info} page={{ asked: sides?.first ?? asked, other: sides?.second, by: question.by, interval }} />
    </Opened>
  );
}

/** A property nobody has is known by having one group, of what has none. */
function isAllUnknown({ figures: { groups } }: Answer): boolean {
  return groups.length === 1 && groups[0]?.key === '';
}

/** Whether their difference is called one. */
function isSure({ comparison: { difference } }: Compared, among: number): boolean {
  if (difference === null) return false;
  const verdict = pickedVerdict(difference, among);
  return verdict === 'higher' || verdict === 'lower';
}

/** What was found of another property is not told of this one. */
function contrastsFor<T extends { readonly by: string }>(
  by: string | undefined,
  contrasts: T | undefined,
): T | undefined {
  return contrasts?.by === by ? contrasts : undefined;
}
