import { apart, Finding, fromLeft, Rich, useWords } from '../../../platform/web/ui/index.ts';
import type { Results } from '../contract.ts';
import { findingOf } from './finding.ts';

/** The sentence that results open with. */
export function Said({ results }: { readonly results: Pick<Results, 'reason' | 'counts' | 'questions'> }) {
  const { t, format } = useWords();
  const found = findingOf(results);
  switch (found.kind) {
    case 'none':
      return t('responses.said.none');
    case 'hidden':
      return t('responses.said.hidden');
    case 'count':
      return t('responses.said.count', { count: found.n });
    case 'most':
      return t('responses.said.most', {
        share: format.percent(found.share, 0),
        label: apart(found.label),
      });
    case 'nps':
    case 'mean': {
      const isNps = found.kind === 'nps';
      const value = isNps ? format.signed(found.value, 0) : format.number(found.value, 2, true);
      const half = found.half === null ? '' : ` ± ${format.number(found.half, isNps ? 0 : 2)}`;
      const tone = isNps
        ? found.value - (found.half ?? 0) > 0
          ? 'better'
          : found.value + (found.half ?? 0) < 0
            ? 'worse'
            : 'neither'
        : 'neither';
      return (
        <Rich
          k={isNps ? 'responses.said.nps' : 'responses.said.mean'}
          values={{
            value: fromLeft(`${value}${half}`),
            count: found.n,
            title: apart(found.question.title),
            high: format.number(found.question.scale?.high ?? 0),
          }}
          marks={{ figure: (text) => <Finding tone={tone}>{text}</Finding> }}
        />
      );
    }
  }
}
