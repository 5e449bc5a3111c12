import { useState } from 'react';
import { Button } from '@mantine/core';
import { addDays, type Period } from '@touchstone/domain/calendar';
import { Card, useWords } from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import type { Contrasts, Figures, SeriesFigure } from '../../metrics/contract.ts';
import { bucketWords, levelWords } from '../../metrics/web/facade.ts';
import { useNames } from '../../metrics/web/parts.ts';
import { differencesOf } from './differences.ts';
import { refTo } from './evidence-ref.ts';
import { FigureTable, type FigureRow } from './figure-table.tsx';
import { groupsPicture, linePicture, MOST_ROWS, multiplesPicture } from './scenes.ts';
import { ofAnswer, type Open, Shown, useSpeech } from './shown.tsx';
import type { PeriodBefore } from '../vocabulary.ts';
import { type Answer, FIRST_MULTIPLES } from './use-answer.ts';

function inputOf({ question }: Answer): { readonly from: string; readonly to: string; readonly filter: string } {
  const { from, to, filter } = question.asked;
  return { from, to, filter };
}

export function LineCard(props: {
  readonly answer: Answer;
  readonly before: Figures | undefined;
  readonly against: Period | undefined;
  readonly which: PeriodBefore;
  readonly onOpen: Open;
}) {
  const { t, format } = useWords();
  const names = useNames();
  const { answer, against, onOpen } = props;
  const { info, interval } = answer.question;
  const metric = names.metric(info.key);
  const title = t('metrics.page.courseOf', { metric });
  const before = against === undefined ? undefined : props.before;
  const dashed =
    before === undefined || against === undefined
      ? []
      : [t(`metrics.dashed.${props.which}`, { range: format.dayRange(against.from, addDays(against.to, -1)) })];
  const note = t(info.unit === 'count' ? 'metrics.page.courseCount' : 'metrics.page.courseNote');
  return (
    <Shown
      title={title}
      note={[note, ...dashed].join(' ')}
      more={dashed}
      {...ofAnswer(answer)}
      draw={linePicture(answer, useSpeech(), before)}
      path={`/metrics/${info.key}/series`}
      input={{ ...inputOf(answer), interval }}
      onOpen={onOpen}
    >
      <FigureTable
        info={info}
        label={title}
        groups={undefined}
        rows={answer.figures.series.map((s) => seriesRow(s, bucketWords(s.at, interval, format)))}
        onOpen={onOpen}
      />
    </Shown>
  );
}

function seriesRow(s: SeriesFigure, when: string, group?: string): FigureRow {
  return { key: `${s.at} ${s.key ?? ''}`, when, at: s.at, group, figure: s, ref: refTo({ at: s.at, of: s.key }) };
}

export function GroupsCard(props: {
  readonly answer: Answer;
  readonly contrasts: Contrasts | undefined;
  readonly onOpen: Open;
}) {
  const { t } = useWords();
  const names = useNames();
  const speech = useSpeech();
  const { answer, contrasts, onOpen } = props;
  const { info, by = '' } = answer.question;
  const { groups, otherGroups } = answer.figures;
  const title = t('explore.groups.title', { metric: names.metric(info.key), property: names.property(by) });
  const differences = differencesOf(contrasts);
  const left = Math.max(0, groups.length - MOST_ROWS) + otherGroups;
  const isCount = info.method === 'none';
  const compared = contrasts?.compared ?? 0;
  const note = [
    isCount || compared === 0 ? t('metrics.page.byNote') : t('explore.groups.note', { count: compared }),
    ...(left === 0 ? [] : [t('explore.groups.left', { count: left })]),
  ];
  return (
    <Shown
      title={title}
      note={(isCount ? note.slice(1) : note).join(' ')}
      more={isCount ? [] : note.slice(0, 1)}
      {...ofAnswer(answer)}
      draw={groupsPicture(answer, contrasts, speech)}
      path={`/metrics/${info.key}/groups`}
      input={{ ...inputOf(answer), by }}
      onOpen={onOpen}
    >
      <FigureTable
        info={info}
        label={title}
        groups={names.title(by)}
        rows={groups.map((g) => ({
          key: g.key,
          group: levelWords(by, g.label, t),
          figure: g,
          difference: differences.get(g.key),
          ref: refTo({ of: g.key }),
        }))}
        onOpen={onOpen}
      />
    </Shown>
  );
}

export function MultiplesCard({ answer, onOpen }: { readonly answer: Answer; readonly onOpen: Open }) {
  const { t, format } = useWords();
  const names = useNames();
  const speech = useSpeech();
  const [whole, setWhole] = useState(false);
  const { info, interval, by = '' } = answer.question;
  const { groups, series, otherGroups } = answer.figures;
  const title = t('explore.groups.title', { metric: names.metric(info.key), property: names.property(by) });
  const labels = new Map(groups.map((g) => [g.key, levelWords(by, g.label, t)]));
  const drawn = whole ? groups : groups.slice(0, FIRST_MULTIPLES);
  const left = groups.length - drawn.length + otherGroups;
  const note = [
    t(info.unit === 'count' ? 'explore.multiples.counted' : 'explore.multiples.note', { count: drawn.length }),
    ...(left === 0 ? [] : [t('explore.multiples.left', { count: left })]),
  ];
  return (
    <Shown
      title={title}
      note={note.join(' ')}
      more={note}
      {...ofAnswer(answer)}
      draw={multiplesPicture(answer, drawn, speech)}
      path={`/metrics/${info.key}/series`}
      input={{ ...inputOf(answer), interval, by }}
      onOpen={onOpen}
      foot={
        drawn.length === groups.length ? undefined : (
          <Button variant="subtle" fullWidth mt={8} onClick={() => setWhole(true)}>
            {t('web.table.all', { all: groups.length })}
          </Button>
        )
      }
    >
      <FigureTable
        info={info}
        label={title}
        groups={names.title(by)}
        rows={series.flatMap((s) =>
          s.key === null ? [] : [seriesRow(s, bucketWords(s.at, interval, format), labels.get(s.key) ?? s.key)],
        )}
        onOpen={onOpen}
      />
    </Shown>
  );
}

/** Every figure and no picture: by group and stretch of time. */
export function TableCard({ answer, onOpen }: { readonly answer: Answer; readonly onOpen: Open }) {
  const { t, format } = useWords();
  const names = useNames();
  const { info, interval, by } = answer.question;
  const { groups, series, otherGroups } = answer.figures;
  const metric = names.metric(info.key);
  const title =
    by === undefined
      ? t('metrics.page.courseOf', { metric })
      : t('explore.groups.title', { metric, property: names.property(by) });
  const labels = new Map(groups.map((g) => [g.key, levelWords(by ?? '', g.label, t)]));
  const rows = series
    .filter((s) => (s.key === null) === (by === undefined))
    .map((s) => seriesRow(s, bucketWords(s.at, interval, format), s.key === null ? undefined : labels.get(s.key)));
  return (
    <Card
      title={title}
      note={by === undefined || otherGroups === 0 ? undefined : t('explore.multiples.left', { count: otherGroups })}
      onward={<Export path={`/metrics/${info.key}/series`} input={{ ...inputOf(answer), interval, by }} size="xs" />}
    >
      <FigureTable
        info={info}
        label={title}
        groups={by === undefined ? undefined : names.title(by)}
        rows={rows}
        onOpen={onOpen}
      />
    </Card>
  );
}
