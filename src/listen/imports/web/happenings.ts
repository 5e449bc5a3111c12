import type { HappeningWords } from '../../../platform/web/client/index.ts';

const STATES = { waiting: 'queued', running: 'running', failed: 'failed' } as const;

/** Imports, and the sources that files come from by themselves. */
export const happeningWords: HappeningWords = ({ what, state, name, count }, t) => {
  const to = '/listen/imports';
  const title = t('imports.happening', { name: name ?? '' });
  if (what === 'imports.undo') return { title, note: t('imports.state.undoing'), to };
  if (what === 'sources.look')
    return {
      title: t('imports.happening.source', { name: name ?? '' }),
      note: t('imports.happening.sourceFailed'),
      to,
    };
  if (what !== 'imports.load' || state === 'attention') return undefined;
  const note =
    state === 'done' ? t('imports.happening.done', { count: count ?? 0 }) : t(`imports.state.${STATES[state]}`);
  return { title, note, to };
};
