import type { HappeningWords } from '../../../platform/web/client/index.ts';

const FILLING = { waiting: 'step.waiting', running: 'coming', done: 'done', failed: 'failed' } as const;

/** The demo company while it comes in or leaves, and how that ended. */
export const happeningWords: HappeningWords = ({ what, state, name }, t) => {
  const company = name ?? '';
  const told = { title: t('demo.nav'), to: '/demo' } as const;
  if (what === 'demo.remove') return { ...told, note: t('demo.removing', { company }) };
  if (what !== 'demo.fill' || state === 'attention') return undefined;
  return { ...told, note: t(`demo.${FILLING[state]}`, { company }) };
};
