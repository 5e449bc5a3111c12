import type { UseQueryResult } from '@tanstack/react-query';
import { api, type ProblemError, useRead } from '../../../platform/web/client/index.ts';
import type { Tone } from '../../../platform/web/ui/index.ts';
import type { Home } from '../contract.ts';
import { type AskedPeriod, homeQuestion } from './asked-period.ts';
import type { Words } from './saying.ts';
import { sizeWords, toneOf } from './writing.ts';

/** All that Home shows; asked once for every page that shows some of it. */
export function useHome(asked: AskedPeriod | undefined): UseQueryResult<Home, ProblemError> {
  const question = asked === undefined ? {} : homeQuestion(asked);
  return useRead(['metrics', 'home', question], (signal) => api.metrics.home(question, { signal }), {
    enabled: asked !== undefined,
  });
}

/** What became of a metric against the other period, and since when; undefined where it is compared with nothing. */
export function changeOf(
  { compare, findings }: Pick<Home, 'compare' | 'findings'>,
  { metric, unit, higherIsBetter, change }: Home['figures'][number],
  { t, format }: Words,
): { readonly words: string; readonly tone: Tone } | undefined {
  if (change === null) return undefined;
  const { verdict, value } = change;
  const tone = toneOf(change, higherIsBetter);
  if (verdict === 'unclear') return { tone, words: t('metrics.change.none') };
  const than = compare === 'year' ? 'year' : 'previous';
  const words = t(`metrics.change.${verdict}.${than}`, { by: sizeWords(unit, value, t) });
  const since = findings.find((f) => f.kind === 'since' && f.metric === metric && f.direction === verdict)?.since;
  if (since === undefined || since === null) return { tone, words };
  return { tone, words: `${words} · ${t('metrics.change.since', { day: format.day(since.at) })}` };
}
