import { api, useRead, useReader } from '../../../platform/web/client/index.ts';
import { Card, ErrorNote, Go, Loading, useWords } from '../../../platform/web/ui/index.ts';
import { Distribution, type Part } from '../../../platform/web/ui/charts/distribution.tsx';
import { Export } from '../../../platform/web/ui/export.tsx';
import type { MetricInfo, ScorePart } from '../contract.ts';
import { narrowed } from './narrowed.ts';
import type { AskedPeriod } from './scope.ts';
import styles from './score-shares.module.css';
import { useNames } from './use-names.ts';

const TONES = { low: 'worse', middle: 'neither', high: 'better' } as const;

/** How the answers fall to scores: of NPS detractors, passives and promoters too, each leading to what they wrote. */
export function ScoreShares({ info, asked }: { readonly info: MetricInfo; readonly asked: AskedPeriod }) {
  const { t, format } = useWords();
  const names = useNames();
  const { may } = useReader();
  const { from, to, filter } = asked;
  const input = { key: info.key, from, to, filter };
  const read = useRead(['metrics', 'distribution', input], (signal) => api.metrics.distribution(input, { signal }), {
    enabled: info.scale !== null,
  });
  if (info.scale === null || (read.data?.reason ?? null) !== null) return null;
  const label = t('metrics.scores.label', { metric: names.metric(info.key) });
  const isNps = info.key === 'nps';
  const scores = (read.data?.scores ?? []).toReversed();
  const range = ({ from: low, to: high }: ScorePart): string =>
    low === high ? format.number(low) : t('metrics.scores.range', { from: low, to: high });
  const moods = (read.data?.moods ?? []).map((mood) => partOf(mood, isNps && may('comments:read') ? <Said of={mood} filter={filter} /> : isNps ? <Named of={mood} /> : range(mood))); // prettier-ignore
  const few = read.data?.few ?? false;
  return (
    <Card
      title={t('metrics.scores.title')}
      help={isNps ? 'nps' : 'n'}
      note={read.data === undefined ? undefined : t('metrics.scores.note', { count: read.data.n })}
      onward={<Export path={`/metrics/${info.key}/distribution`} input={{ from, to, filter }} size="xs" />}
    >
      <ErrorNote error={read.error} />
      {read.data === undefined ? (
        read.error === null ? (
          <Loading as="rows" />
        ) : null
      ) : (
        <div className={styles['shares']}>
          {isNps || scores.length === 0 ? <Distribution label={label} shape="stack" parts={moods} few={few} /> : null}
          {scores.length === 0 ? (
            <p className={styles['note']}>{t('metrics.scores.some')}</p>
          ) : (
            <Distribution label={label} parts={scores.map((s) => partOf(s, range(s)))} few={few} />
          )}
        </div>
      )}
    </Card>
  );
}

function partOf(part: ScorePart, label: Part['label']): Part {
  const { from, to, mood, n, low, high } = part;
  return { key: `${from} ${to}`, label, n, low, high, tone: TONES[mood] };
}

/** `Promoters 9 to 10`. */
function Named({ of }: { readonly of: ScorePart }) {
  const { t } = useWords();
  return (
    <>
      {t(`metrics.scores.${of.mood}`)}{' '}
      <span className={styles['range']}>{t('metrics.scores.range', { from: of.from, to: of.to })}</span>
    </>
  );
}

/** The same, leading to what they wrote. */
function Said({ of, filter }: { readonly of: ScorePart; readonly filter: string }) {
  const { t } = useWords();
  const own = `feedback.instrument:nps;feedback.score>=${of.from};feedback.score<${of.to + 1}`;
  return (
    <>
      <Go to="/listen/comments" search={{ filter: narrowed(filter, own) }}>
        {t(`metrics.scores.${of.mood}`)}
      </Go>{' '}
      <span className={styles['range']}>{t('metrics.scores.range', { from: of.from, to: of.to })}</span>
    </>
  );
}
