import { useWorkspace } from '../../../platform/web/client/index.ts';
import { useWords } from '../../../platform/web/ui/index.ts';
import type { Person } from '../contract.ts';
import { useSourceName } from './source.ts';
import styles from './people.module.css';

/** What holds of them, and who said it last. */
export function Traits({ traits }: { readonly traits: Person['traits'] }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const sourceName = useSourceName();
  if (traits.length === 0) return <p className={styles['quiet']}>{t('people.traits.none')}</p>;
  return (
    <dl className={styles['traits']}>
      {traits.map((trait) => (
        <div key={trait.key}>
          <dt>
            <bdi>{trait.key}</bdi>
          </dt>
          <dd>
            <span dir="auto">{typeof trait.value === 'string' ? trait.value : JSON.stringify(trait.value)}</span>
            <small>
              {t('people.traits.from', { source: sourceName(trait.source), day: format.dayOf(trait.at, zone) })}
            </small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
