import type { UseQueryResult } from '@tanstack/react-query';
import { api, type ProblemError, useRead } from '../../../platform/web/client/index.ts';
import type { Tone, Translate } from '../../../platform/web/ui/index.ts';
import type { Home } from '../contract.ts';
import { type AskedPeriod, homeQuestion } from './asked-period.ts';
import { sizeWords, toneOf } from './writing.ts';

/** All that Home shows; asked once for every page that shows some of it. */
export function useHome(asked: AskedPeriod | undefined): UseQueryResult<Home, ProblemError> {
  const question = asked === undefined ? {} : homeQuestion(asked);
  return useRead(['metrics', 'home', question], (signal) => api.metrics.home(question, { signal }), {
    enabled: asked !== undefined,
  });
}

/** What became of a metric against the other period; undefined where it is compared with nothing. */
export function changeOf(
  { compare }: Pick<Home, 'compare'>,
  { unit, higherIsBetter, change }: Home['figures'][number],
  t: Translate,
): { readonly words: string; readonly tone: Tone } | undefined {
  if (change === null) return undefined;
  const { verdict, value } = change;
  const than = compare === 'year' ? 'year' : 'previous';
  return {
    tone: toneOf(change, higherIsBetter),
    words:
      verdict === 'unclear'
        ? t('metrics.change.none')
        : t(`metrics.change.${verdict}.${than}`, { by: sizeWords(unit, value, t) }),
  };
}
