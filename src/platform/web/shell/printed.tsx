import { dayAt } from '@touchstone/domain/calendar';
import { useWorkspace } from '../client/session.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { useFilterWords } from '../ui/filter/fields.ts';
import { useScope } from '../ui/scope.tsx';
import { useScoped } from './page-here.ts';
import { comparedDays, periodWords } from './scope-words.ts';
import styles from './shell.module.css';

/** What a printed page opens with, in place of the rail and the controls on top: whose figures, and where they hold, of when, against what, of whom. */
export function Printed() {
  const { t, format } = useWords();
  const { name, zone } = useWorkspace();
  const scope = useScope();
  const scoped = useScoped();
  const filter = useFilterWords(scope.filter);
  const against = comparedDays(scope, format);
  return (
    <div className={styles['printed']}>
      <strong dir="auto">{name}</strong>
      {scoped ? (
        <>
          <span>{`${t('web.period.label')} ${periodWords(scope, t, format)}`}</span>
          {against === undefined ? null : <span>{`${t('web.compare.label')}: ${against}`}</span>}
          <span>
            {t('web.filter.label')} <bdi>{filter}</bdi>
          </span>
        </>
      ) : null}
      <span>{t('web.printed.at', { day: format.day(dayAt(Date.now(), zone)) })}</span>
    </div>
  );
}
