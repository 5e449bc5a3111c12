import { useWorkspace } from '../../../platform/web/client/index.ts';
import { apart, Card, Facts, RankedList, useWords } from '../../../platform/web/ui/index.ts';
import type { Results } from '../contract.ts';
import styles from './results.module.css';

/** How far people came, and how what began ended. */
export function Stops({ results }: { readonly results: Pick<Results, 'pages' | 'counts' | 'medianSeconds'> }) {
  const { t, format } = useWords();
  const { counts, pages, medianSeconds } = results;
  const ended = counts.complete + counts.partial + counts.screenedOut + counts.overQuota;
  const most = pages.toSorted((a, b) => b.stopped - a.stopped)[0];
  const states = (['complete', 'partial', 'screenedOut', 'overQuota'] as const).filter((state) => counts[state] > 0);
  return (
    <Card
      title={t('responses.stops.title')}
      note={
        most === undefined || most.stopped === 0
          ? t('responses.stops.none')
          : t('responses.stops.most', {
              page: apart(most.title),
              share: format.percent(most.stopped / Math.max(1, most.reached), 0),
            })
      }
    >
      <RankedList
        label={t('responses.stops.title')}
        items={pages.map((page, i) => ({
          key: page.id,
          label: <bdi>{`${format.number(i + 1)}. ${page.title}`}</bdi>,
          note: page.stopped === 0 ? t('responses.stops.nobody') : t('responses.stops.after', { count: page.stopped }),
          value: ended === 0 ? null : page.reached / ended,
          n: page.reached,
        }))}
        write={(share) => format.percent(share, 0)}
      />
      <Facts
        facts={[
          ...states.map((state) => [t(`responses.state.${state}`), format.number(counts[state])] as const),
          ...(counts.open === null ? [] : [[t('responses.state.open'), format.number(counts.open)] as const]),
          ...(medianSeconds === null ? [] : [[t('responses.median'), format.duration(medianSeconds)] as const]),
        ]}
      />
      <p className={styles['quiet']}>{t('responses.stops.note')}</p>
    </Card>
  );
}

/** What each version changed. */
export function Versions({ versions }: { readonly versions: Results['versions'] }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  if (versions.length < 2) return null;
  return (
    <Card title={t('responses.versions.title')} note={t('responses.versions.note')}>
      <Facts
        facts={versions.map(
          ({ version, publishedAt, responses, changes }) =>
            [
              t('responses.versions.one', { version: format.number(version), day: format.dayOf(publishedAt, zone) }),
              <>
                {t('web.figure.n', { n: responses })}
                {changes.map(({ what, questionId, title }) => (
                  <div key={`${what} ${questionId}`}>
                    {t(`responses.change.${what}`)}: <bdi>{title}</bdi>
                  </div>
                ))}
              </>,
            ] as const,
        )}
      />
    </Card>
  );
}
