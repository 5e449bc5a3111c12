import { useWorkspace } from '../../../platform/web/client/index.ts';
import { Card, useWords } from '../../../platform/web/ui/index.ts';
import type { Person } from '../contract.ts';
import { useSourceName } from './source.ts';
import styles from './people.module.css';

/** Every name they go by, and who told it. */
export function Identities({ identities }: { readonly identities: Person['identities'] }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const sourceName = useSourceName();
  return (
    <Card title={t('people.identities')} note={t('people.identities.note')} help="identity">
      <dl className={styles['traits']}>
        {identities.map((identity) => (
          <div key={`${identity.kind} ${identity.value}`}>
            <dt>{t(`people.kind.${identity.kind}`)}</dt>
            <dd>
              <bdi className={styles['id']}>{identity.value}</bdi>
              {identity.evidence.map((e) => (
                <small key={e.source}>
                  {t('people.traits.from', { source: sourceName(e.source), day: format.dayOf(e.at, zone) })}
                </small>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
