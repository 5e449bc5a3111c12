import type { HappeningWords } from '../../../platform/web/client/index.ts';

/** The past, while it is given the places of new rules. */
export const happeningWords: HappeningWords = ({ what, state, count }, t) => {
  if (what !== 'catalogue.apply') return undefined;
  const to = '/understand/catalogue';
  const title = t('catalogue.run');
  return state === 'done'
    ? { title: t('catalogue.nav'), note: t('catalogue.run.done', { count: count ?? 0 }), to }
    : { title, to };
};
