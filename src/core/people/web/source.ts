import { useWords } from '../../../platform/web/ui/index.ts';

/** Who told something: a file, a survey of this company's, the demo company, else a program: an SDK or a call of the API. */
export function useSourceName(): (source: string) => string {
  const { t } = useWords();
  return (source) => {
    if (source.startsWith('imp_')) return t('people.source.import');
    return t(source === 'survey' || source === 'demo' ? `people.source.${source}` : 'people.source.http');
  };
}
