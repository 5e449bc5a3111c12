import { api, useRead } from '../../../platform/web/client/index.ts';
import { ErrorNote, Go, Page as Opened, Redirect, useParam, useWords } from '../../../platform/web/ui/index.ts';
import { linkOf } from './state.ts';

/** The address of a saved view: leads to the question it keeps, as it is opened today. */
export function Page() {
  const { t } = useWords();
  const viewId = useParam('viewId');
  const read = useRead(['explore', 'view', viewId], (signal) => api.explore.get({ viewId }, { signal }));
  const gone = read.error?.status === 404;
  if (read.data !== undefined) return <Redirect to={linkOf(read.data.opens, read.data.id)} />;
  return (
    <Opened name={t('explore.nav')} sentence={gone ? t('explore.saved.gone') : t('web.loading')}>
      {gone ? <Go to="/measure/explore">{t('explore.nav')}</Go> : <ErrorNote error={read.error} />}
    </Opened>
  );
}
