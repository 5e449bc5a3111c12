import { Finding, Rich, useWords } from '../../../platform/web/ui/index.ts';
import type { FindingFact, Home } from '../contract.ts';
import { sayingOf, type Telling } from './saying.ts';

/** What a sentence has to know of the page it stands on. */
export function tellingOf(home: Pick<Home, 'compare' | 'headline' | 'figures'>): Telling {
  return {
    compare: home.compare,
    headline: home.headline,
    unitOf: (metric) => home.figures.find((f) => f.metric === metric)?.unit ?? 'count',
  };
}

/** A finding as a sentence, the words that carry it in the colour of its news. */
export function Said({ finding, telling }: { readonly finding: FindingFact; readonly telling: Telling }) {
  const words = useWords();
  const { k, values } = sayingOf(finding, telling, words);
  return <Rich k={k} values={values} marks={{ found: (text) => <Finding tone={finding.tone}>{text}</Finding> }} />;
}
