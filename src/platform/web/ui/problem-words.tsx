import { ProblemError } from '../client/problem.ts';
import { apart } from './i18n/apart.ts';
import { useWords } from './i18n/language.tsx';
import styles from './states.module.css';

/** Problems by the code the API gives them: what happened and what to do, in every language. */
export const CODES = [
  'address-not-public',
  'address-unanswered',
  'already-member',
  'archive-several',
  'catalogue-overtaken',
  'code-needed',
  'columns-missing',
  'cron-no-time',
  'cron-too-often',
  'cron-unread',
  'demo-beside-data',
  'field-twice',
  'file-damaged',
  'file-empty',
  'file-no-rows',
  'file-no-table',
  'file-no-text',
  'file-too-large',
  'file-too-many-rows',
  'file-too-wide',
  'file-unpacks-too-large',
  'import-file-gone',
  'import-moved-on',
  'import-rows-left',
  'invitation-gone',
  'last-owner',
  'name-twice',
  'no-import-folder',
  'no-permission',
  'no-provider-there',
  'no-such-thing',
  'not-an-address',
  'not-a-header',
  'not-an-email',
  'number-too-large',
  'number-too-small',
  'one-person-already',
  'owners-only',
  'path-missing',
  'path-outside',
  'provider-domain',
  'provider-needed',
  'provider-not-begun',
  'provider-not-believed',
  'provider-outside',
  'provider-unanswered',
  'provider-unverified',
  'reset-gone',
  'retention-confirm',
  'retention-floor',
  'scale-backwards',
  'scope-needed',
  'second-factor-needed',
  'set-up-already',
  'signed-in-by-provider',
  'store-away',
  'times-mixed',
  'too-long',
  'too-many-sign-ins',
  'not-a-survey',
  'survey-changed',
  'survey-file-broken',
  'survey-file-empty',
  'survey-file-too-deep',
  'survey-file-too-large',
  'survey-file-unknown',
  'survey-too-many-choices',
  'survey-too-many-questions',
  'survey-not-ready',
  'survey-not-open',
  'survey-anonymity-kept',
  'survey-answered',
  'too-many-surveys',
  'too-many-views',
  'too-often',
  'too-short',
  'view-not-yours',
  'wrong-code',
  'wrong-current-password',
  'wrong-password',
] as const;

/** What a problem of a type comes to where nothing closer is known. */
const TYPES = [
  'unreachable',
  'bad-input',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'too-large',
  'unsupported',
  'too-many-requests',
  'unavailable',
] as const;

/**
 * What went wrong and what to do, in the reader's language. What the API alone has words for follows as it wrote it, in
 * English: to the English reader instead of the general words, to any other beneath them.
 */
export function ProblemWords({ error }: { readonly error: unknown }) {
  const { t, language } = useWords();
  if (!(error instanceof ProblemError)) return t('web.problem.internal');
  const code = CODES.find((known) => known === error.code);
  if (code !== undefined) return t(`web.problem.${code}`, keptApart(error.values));
  const own = [error.detail, error.mend].filter((words) => words !== undefined).join(' ');
  const type = TYPES.find((known) => known === error.type);
  const general = t(`web.problem.${type ?? 'internal'}`);
  if (type === 'unreachable') return general;
  if (language === 'en') return own;
  return (
    <>
      {general}
      <span className={styles['own']} dir="ltr" lang="en">
        {own}
      </span>
    </>
  );
}

/** Texts keep to themselves in a sentence of another direction; the number, where there is one, chooses its plural. */
function keptApart(values: ProblemError['values']): Record<string, string | number> {
  const numbers = Object.values(values).filter((value) => typeof value === 'number');
  const [count] = numbers;
  const kept = Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? apart(value) : value]); // prettier-ignore
  return { ...Object.fromEntries(kept), ...(numbers.length === 1 && count !== undefined ? { count } : {}) };
}
