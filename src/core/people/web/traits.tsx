import { useWorkspace } from '../../../platform/web/client/index.ts';
import { useFieldWords, useWords } from '../../../platform/web/ui/index.ts';
import type { Person } from '../contract.ts';
import { useSourceName } from './source.ts';
import styles from './people.module.css';

const DAY = /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/u;

/** What holds of them, and who said it last. */
export function Traits({ traits }: { readonly traits: Person['traits'] }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const fields = useFieldWords();
  const sourceName = useSourceName();
  // A day is told as days are.
  const valueOf = (key: string, value: unknown): string =>
    typeof value === 'string' && DAY.test(value) ? format.day(value) : fields.value(`person.${key}`, value);
  if (traits.length === 0) return <p className={styles['quiet']}>{t('people.traits.none')}</p>;
  return (
    <dl className={styles['traits']}>
      {traits.map((trait) => (
        <div key={trait.key}>
          <dt>
            <bdi>{fields.name(`person.${trait.key}`)}</bdi>
          </dt>
          <dd>
            <span dir="auto">{valueOf(trait.key, trait.value)}</span>
            <small>
              {t('people.traits.from', { source: sourceName(trait.source), day: format.dayOf(trait.at, zone) })}
            </small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
