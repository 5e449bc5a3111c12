import { useWords } from '../../../../../platform/web/ui/index.ts';
import type { FirstWords } from './making.ts';

/** What new questions say at first: known in the reader's language only. In any other the writer has to find the words. */
export function useFirstWords(language: string): FirstWords {
  const { t, language: own } = useWords();
  if (language !== own) return { title: {}, choice: () => '', row: () => '', agreement: [], agree: '' };
  return {
    title: {
      nps: t('surveys.first.nps'),
      csat: t('surveys.first.csat'),
      ces: t('surveys.first.ces'),
    },
    choice: (number) => t('surveys.choice.number', { number }),
    row: (number) => t('surveys.first.row', { number }),
    agreement: ([1, 2, 3, 4, 5] as const).map((step) => t(`surveys.first.agreement.${step}`)),
    agree: t('surveys.first.agree'),
  };
}
