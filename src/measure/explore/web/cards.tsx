import { Group } from '@mantine/core';
import { addDays, type Period } from '@touchstone/domain/calendar';
import { directionOf } from '@touchstone/domain/languages';
import type { ReactNode } from 'react';
import { Card, useWords } from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import type { Contrasts, Figures, MetricInfo, SeriesFigure } from '../../metrics/contract.ts';
import { levelWords } from '../../metrics/web/facade.ts';
import { useNames } from '../../metrics/web/parts.ts';
import { differencesOf } from './differences.ts';
import { type Draw, Drawing } from './drawing.tsx';
import { refTo } from './evidence-ref.ts';
import { FigureTable, type FigureRow } from './figure-table.tsx';
import { PictureMenu } from './picture-menu.tsx';
import { comparePicture, groupsPicture, linePicture, MOST_ROWS, multiplesPicture, type Speech } from './scenes.ts';
import type { PeriodBefore } from '../vocabulary.ts';
import { type Answer, type Compared, MOST_MULTIPLES } from './use-answer.ts';
import { bucketWords, differenceWords } from './words.ts';
import styles from './explore.module.css';

type Open = (ref: string) => void;

function useSpeech(): Speech {
  const { t, format, language } = useWords();
  return { t, format, rtl: directionOf(language) === 'rtl' };
}

/** A picture with its way out as a file, and the same figures as a table under it. */
function Shown(props: {
  readonly title: string;
  readonly note: ReactNode;
  readonly answer: Answer;
  readonly draw: Draw;
  readonly more?: readonly string[];
  readonly path: string;
  readonly input: Readonly<Record<string, string | undefined>>;
  readonly onOpen: Open;
  readonly children: ReactNode;
}) {
  const { t } = useWords();
  const { title, note, answer, draw, more, path, input, onOpen, children } = props;
  const isEmpty = answer.figures.overall.value === null;
  return (
    <>
      <Card
        title={title}
        note={note}
        onward={
          isEmpty ? undefined : (
            <Group gap={8} justify="end">
              <Export path={path} input={input} size="xs" />
              <PictureMenu
                title={title}
                draw={draw}
                lineage={answer.figures.lineage}
                {...(more === undefined ? {} : { more })}
              />
            </Group>
          )
        }
      >
        {isEmpty ? (
          <p className={styles['note']}>{t('web.table.none')}</p>
        ) : (
          <Drawing label={title} draw={draw} onOpen={onOpen} />
        )}
      </Card>
      {isEmpty ? null : <Card title={t('explore.table.title')}>{children}</Card>}
    </>
  );
}

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
      : [t(`explore.dashed.${props.which}`, { range: format.dayRange(against.from, addDays(against.to, -1)) })];
  const note = t(info.unit === 'count' ? 'metrics.page.courseCount' : 'metrics.page.courseNote');
  return (
    <Shown
      title={title}
      note={[note, ...dashed].join(' ')}
      more={dashed}
      answer={answer}
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
  const differences = differencesOf(contrasts?.items ?? [], groups);
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
      answer={answer}
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
  const { info, interval, by = '' } = answer.question;
  const { groups, series, otherGroups } = answer.figures;
  const title = t('explore.groups.title', { metric: names.metric(info.key), property: names.property(by) });
  const labels = new Map(groups.map((g) => [g.key, levelWords(by, g.label, t)]));
  const count = Math.min(MOST_MULTIPLES, groups.length);
  const note = [
    t(info.unit === 'count' ? 'explore.multiples.counted' : 'explore.multiples.note', { count }),
    ...(otherGroups === 0 ? [] : [t('explore.multiples.left', { count: otherGroups })]),
  ];
  return (
    <Shown
      title={title}
      note={note.join(' ')}
      more={note}
      answer={answer}
      draw={multiplesPicture(answer, useSpeech())}
      path={`/metrics/${info.key}/series`}
      input={{ ...inputOf(answer), interval, by }}
      onOpen={onOpen}
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

export function CompareCard(props: {
  readonly info: MetricInfo;
  readonly compared: Compared;
  readonly labels: readonly [string, string] | undefined;
  /** How many comparisons could have been picked. */
  readonly among: number;
  readonly sure: boolean;
  readonly onOpen: Open;
}) {
  const { t, format } = useWords();
  const names = useNames();
  const speech = useSpeech();
  const { info, compared, among, sure, onOpen } = props;
  const { first, second, comparison } = compared;
  const range = ({ from, to }: Period): string => format.dayRange(from, addDays(to, -1));
  const labels = props.labels ?? ([range(first), range(second)] as const);
  const title = t('explore.compare.title', { metric: names.metric(info.key), first: labels[0], second: labels[1] });
  const note = [
    t(info.method === 'none' ? 'explore.compare.noteCount' : 'explore.compare.note'),
    ...(info.method === 'none' || among < 2 ? [] : [t('explore.compare.picks', { count: among })]),
  ];
  const answer = { info, labels, sure };
  const isEmpty = comparison.first.value === null && comparison.second.value === null;
  const sides = [
    { figure: comparison.first, label: labels[0], ref: 'all' },
    { figure: comparison.second, label: labels[1], ref: 'other' },
  ];
  const draw = comparePicture(compared, answer, speech);
  return (
    <>
      <Card
        title={title}
        note={note.join(' ')}
        onward={
          isEmpty ? undefined : (
            <Group gap={8} justify="end">
              <Export
                path={`/metrics/${info.key}/compare`}
                input={{
                  ...first,
                  ...(first.from === second.from && first.to === second.to
                    ? { againstFilter: second.filter }
                    : { againstFrom: second.from, againstTo: second.to }),
                }}
                size="xs"
              />
              <PictureMenu title={title} draw={draw} lineage={comparison.lineage} more={note} />
            </Group>
          )
        }
      >
        {isEmpty ? (
          <p className={styles['note']}>{t('web.table.none')}</p>
        ) : (
          <Drawing label={title} draw={draw} onOpen={onOpen} />
        )}
      </Card>
      <Card title={t('explore.table.title')}>
        <FigureTable
          info={info}
          label={title}
          groups={t('explore.compare.side')}
          rows={sides.map(({ figure, label, ref }) => ({ key: ref, group: label, figure, ref }))}
          onOpen={onOpen}
        />
        {comparison.difference === null ? null : (
          <p className={styles['note']}>{differenceWords(info, comparison.difference, t, format)}</p>
        )}
      </Card>
    </>
  );
}
