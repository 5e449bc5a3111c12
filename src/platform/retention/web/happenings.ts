import type { HappeningWords } from '../../web/client/index.ts';
import { RETENTION_KINDS } from '../vocabulary.ts';

/** What is about to leave, what is leaving, and what could not. */
export const happeningWords: HappeningWords = ({ what, state, name }, t) => {
  const kind = RETENTION_KINDS.find((known) => known === name);
  if (kind === undefined) return undefined;
  const to = '/workspace/retention';
  const values = { what: t(`retention.kind.${kind}`) };
  if (what === 'retention.coming') return { title: t('retention.happening.coming', values), to };
  if (what !== 'retention.remove') return undefined;
  return { title: t(state === 'failed' ? 'retention.happening.failed' : 'retention.happening.running', values), to };
};
