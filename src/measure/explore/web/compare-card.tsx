import { addDays, type Period } from '@touchstone/domain/calendar';
import { useWords } from '../../../platform/web/ui/index.ts';
import type { MetricInfo } from '../../metrics/contract.ts';
import { useNames } from '../../metrics/web/parts.ts';
import { FigureTable } from './figure-table.tsx';
import { comparePicture } from './scenes.ts';
import { type Open, Shown, useSpeech } from './shown.tsx';
import type { Compared } from './use-answer.ts';
import { foundWords } from './words.ts';
import styles from './explore.module.css';

/** Two sides and their difference. */
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
  const sides = [
    { figure: comparison.first, label: labels[0], ref: 'all' },
    { figure: comparison.second, label: labels[1], ref: 'other' },
  ];
  return (
    <Shown
      title={title}
      note={note.join(' ')}
      more={note}
      isEmpty={sides.every(({ figure }) => figure.value === null)}
      draw={comparePicture(compared, { info, labels, sure }, speech)}
      lineage={comparison.lineage}
      path={`/metrics/${info.key}/compare`}
      input={{
        ...first,
        ...(first.from === second.from && first.to === second.to
          ? { againstFilter: second.filter }
          : { againstFrom: second.from, againstTo: second.to }),
      }}
      onOpen={onOpen}
    >
      <FigureTable
        info={info}
        label={title}
        groups={t('explore.compare.side')}
        rows={sides.map(({ figure, label, ref }) => ({ key: ref, group: label, figure, ref }))}
        onOpen={onOpen}
      />
      {comparison.difference === null ? null : (
        <p className={styles['note']}>{foundWords(info, comparison.difference, t, format)}</p>
      )}
    </Shown>
  );
}
