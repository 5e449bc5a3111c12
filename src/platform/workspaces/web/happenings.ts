import type { HappeningWords } from '../../web/client/index.ts';

/** Who joined, and invitations that nobody answered. */
export const happeningWords: HappeningWords = ({ what, name }, t) => {
  const to = '/workspace/members';
  const values = { name: name ?? '' };
  if (what === 'workspaces.joined') return { title: t('workspaces.happening.joined', values), to };
  if (what === 'workspaces.invitation') return { title: t('workspaces.happening.lapsed', values), to };
  return undefined;
};
