import { Finding, Rich, useWords } from '../../../platform/web/ui/index.ts';
import type { FindingFact, Home } from '../contract.ts';
import { sayingOf, sinceSaying, type Saying, type Telling } from './saying.ts';

/** What a sentence has to know of the page it stands on. */
export function tellingOf(home: Pick<Home, 'compare' | 'headline' | 'figures'>): Telling {
  return {
    compare: home.compare,
    headline: home.headline,
    unitOf: (metric) => home.figures.find((f) => f.metric === metric)?.unit ?? 'count',
  };
}

interface Props {
  readonly finding: FindingFact;
  readonly telling: Telling;
}

/** A finding as a sentence, the words that carry it in the colour of its news. */
export function Said({ finding, telling }: Props) {
  const words = useWords();
  return <Spoken finding={finding} saying={sayingOf(finding, telling, words)} />;
}

/** Since when, after a sentence that names the metric. */
export function SinceSaid({ finding, telling }: Props) {
  const words = useWords();
  return <Spoken finding={finding} saying={sinceSaying(finding, telling, words)} />;
}

function Spoken({ finding, saying: { k, values } }: { readonly finding: FindingFact; readonly saying: Saying }) {
  return <Rich k={k} values={values} marks={{ found: (text) => <Finding tone={finding.tone}>{text}</Finding> }} />;
}
