import { UnstyledButton } from '@mantine/core';
import { Card, useWords } from '../../../platform/web/ui/index.ts';
import { HeatTable } from '../../../platform/web/ui/heat.tsx';
import { Export } from '../../../platform/web/ui/export.tsx';
import type { SeriesFigure } from '../../metrics/contract.ts';
import { bucketWords, levelWords } from '../../metrics/web/facade.ts';
import { useNames } from '../../metrics/web/parts.ts';
import { refTo } from './evidence-ref.ts';
import styles from './explore.module.css';
import { heatOf } from './heat.ts';
import type { Answer } from './use-answer.ts';
import { figureWords } from './words.ts';

/** A property by time: each cell a figure that opens to where it comes from, shaded where it clearly differs from all together. */
export function HeatCard({ answer, onOpen }: { readonly answer: Answer; readonly onOpen: (ref: string) => void }) {
  const { t, format } = useWords();
  const names = useNames();
  const { info, interval, by = '', asked } = answer.question;
  const { overall, groups, otherGroups } = answer.figures;
  const { columns, rows, compared } = heatOf(answer.figures);
  const words = figureWords(info, t, format);
  const group = new Map(groups.map((g) => [g.key, g]));
  const title = t('explore.groups.title', { metric: names.metric(info.key), property: names.property(by) });
  const isCount = info.method === 'none';
  const note = [
    isCount
      ? t('explore.heat.counted')
      : t('explore.heat.note', { count: compared, value: overall.value === null ? '–' : words.writer.value(overall.value) }), // prettier-ignore
    ...(otherGroups === 0 ? [] : [t('explore.multiples.left', { count: otherGroups })]),
  ];
  const cellOf = (figure: SeriesFigure, sure: boolean, label: string) => ({
    value: figure.value ?? 0,
    few: figure.few,
    sure,
    link: (said: React.ReactNode) => (
      <UnstyledButton
        className={styles['cell'] ?? ''}
        title={words.says(label, figure)}
        aria-label={t('explore.table.how', { value: words.says(label, figure) })}
        onClick={() => onOpen(refTo({ at: figure.at, of: figure.key }))}
      >
        {said}
      </UnstyledButton>
    ),
  });
  return (
    <Card
      title={title}
      help={isCount ? 'n' : 'difference'}
      note={note.join(' ')}
      onward={
        <Export
          path={`/metrics/${info.key}/series`}
          input={{ from: asked.from, to: asked.to, filter: asked.filter, interval, by }}
          size="xs"
        />
      }
    >
      <HeatTable
        label={title}
        corner={names.title(by)}
        columns={columns.map(({ at, partial }) => ({
          key: at,
          label: partial ? t('explore.heat.partly', { when: bucketWords(at, interval, format) }) : bucketWords(at, interval, format), // prettier-ignore
        }))}
        rows={rows.map(({ key, cells }) => ({
          key,
          label: <span dir="auto">{levelWords(by, group.get(key)?.label ?? key, t)}</span>,
          note: t('web.figure.n', { n: group.get(key)?.n ?? 0 }),
          cells: cells.map(
            (cell, place) =>
            cell === null
              ? null
              : cellOf(cell.figure, cell.sure, `${levelWords(by, group.get(key)?.label ?? key, t)} · ${bucketWords(columns[place]?.at ?? '', interval, format)}`), // prettier-ignore
          ),
        }))}
        write={words.writer.value}
        scale={isCount || overall.value === null ? 'more' : { around: overall.value, lowerIsBetter: info.higherIsBetter === false }} // prettier-ignore
      />
    </Card>
  );
}
