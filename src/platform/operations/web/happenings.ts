import type { HappeningWords } from '../../web/client/index.ts';

/** Jobs that failed for good, and backups. */
export const happeningWords: HappeningWords = ({ what, state, name, count }, t) => {
  const to = '/operations';
  if (what === 'operations.job')
    return { title: t('operations.sentence.failed', { count: count ?? 1 }), note: name ?? '', to };
  if (what !== 'backups.take') return undefined;
  return { title: t(state === 'failed' ? 'operations.happening.backupFailed' : 'operations.happening.backup'), to };
};
