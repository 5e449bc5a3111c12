import { api, useRead, useReader } from '../../../platform/web/client/index.ts';
import {
  EmptyState,
  ErrorNote,
  Go,
  Page as Opened,
  useAddress,
  useWords,
  Card,
  Loading,
} from '../../../platform/web/ui/index.ts';
import { useAskedPeriod } from '../../metrics/web/parts.ts';
import { Explored } from './explored.tsx';
import { readChoice } from './state.ts';

/** Any metric by anything, over any period and filter, drawn, compared, saved and taken along. */
export function Page() {
  const { t } = useWords();
  const { may } = useReader();
  const [address] = useAddress();
  const choice = readChoice(address);
  const { asked, nothing, error } = useAskedPeriod();
  const list = useRead(['metrics', 'list'], (signal) => api.metrics.list(undefined, { signal }));
  const fields = useRead(['metrics', 'fields'], (signal) => api.metrics.fields(undefined, { signal }));
  // Where no metric is chosen: the score most people gave.
  const { from, to, filter } = asked ?? { from: undefined, to: undefined, filter: '' };
  const home = useRead(
    ['metrics', 'home', from, to, filter],
    (signal) => api.metrics.home({ from, to, filter }, { signal }),
    {
      enabled: choice.metric === undefined && asked !== undefined,
    },
  );
  const metric = choice.metric ?? (home.data === undefined ? undefined : (home.data.headline ?? 'orders'));
  const info = list.data?.items.find((m) => m.key === metric);
  if (nothing) {
    return (
      <Opened name={t('explore.nav')} sentence={t('metrics.home.empty.sentence')}>
        <EmptyState
          title={t('explore.empty.title')}
          sentence={t('explore.empty.what')}
          step={may('imports:write') ? <Go to="/listen/imports">{t('metrics.home.empty.step')}</Go> : undefined}
        />
      </Opened>
    );
  }
  const wrong = error ?? list.error ?? fields.error ?? home.error;
  if (asked === undefined || info === undefined || list.data === undefined || fields.data === undefined) {
    return (
      <Opened name={t('explore.nav')} sentence={t('metrics.home.loading')}>
        <ErrorNote error={wrong} />
        {wrong === null ? (
          <Card>
            <Loading as="picture" />
          </Card>
        ) : null}
      </Opened>
    );
  }
  return <Explored choice={choice} info={info} asked={asked} metrics={list.data.items} fields={fields.data.items} />;
}
