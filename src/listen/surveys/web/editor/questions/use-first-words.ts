import { useWords } from '../../../../../platform/web/ui/index.ts';
import type { FirstWords } from './making.ts';

/** What new questions say at first: known in the reader's language only. In any other the writer has to find the words. */
export function useFirstWords(language: string): FirstWords {
  const { t, language: own } = useWords();
  if (language !== own) return { title: {}, choice: () => '', agree: '' };
  return {
    title: {
      nps: t('surveys.first.nps'),
      csat: t('surveys.first.csat'),
      ces: t('surveys.first.ces'),
    },
    choice: (number) => t('surveys.choice.number', { number }),
    agree: t('surveys.first.agree'),
  };
}
