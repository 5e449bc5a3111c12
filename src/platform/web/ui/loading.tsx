import { useWords } from './i18n/language.tsx';
import styles from './loading.module.css';

export interface LoadingProps {
  /** What comes: a row of figures, a picture, rows of a table or list, a line of text. */
  readonly as: 'figures' | 'picture' | 'rows' | 'sentence';
  /** So many of them: figures or rows. */
  readonly count?: number;
}

/** The place of what is on its way, as large as it will be, so that nothing jumps when it is there. */
export function Loading({ as, count = as === 'figures' ? 4 : 5 }: LoadingProps) {
  const { t } = useWords();
  const places = Array.from({ length: as === 'figures' || as === 'rows' ? count : 1 }, (_, place) => place);
  return (
    <div className={styles[as]} role="status">
      <span className="seen-by-readers">{t('web.loading')}</span>
      {places.map((place) => (
        <span key={place} className={styles['place']} aria-hidden="true">
          <i />
          {as === 'figures' || as === 'rows' ? <i /> : null}
        </span>
      ))}
    </div>
  );
}
