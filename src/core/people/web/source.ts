import { useWords } from '../../../platform/web/ui/index.ts';

/** Who told something: an SDK or API call, a file, or a member. */
export function useSourceName(): (source: string) => string {
  const { t } = useWords();
  return (source) => {
    if (source === 'http') return t('people.source.http');
    return t(source.startsWith('imp_') ? 'people.source.import' : 'people.source.member');
  };
}
