import { useWords } from '../../../platform/web/ui/index.ts';
import { namesOf, type Names } from './names.ts';

/** What metrics, properties and their levels are called in the reader's language. */
export function useNames(): Names {
  return namesOf(useWords().t);
}
