import { Go, useWords } from '../../../platform/web/ui/index.ts';
import type { Survey } from '../contract.ts';

/** To what a survey found; nothing where it was never asked. */
export function ResultsLink({ survey: { id, version } }: { readonly survey: Pick<Survey, 'id' | 'version'> }) {
  const { t } = useWords();
  return version === null ? null : <Go to={`/listen/surveys/${id}/results`}>{t('surveys.results')}</Go>;
}
