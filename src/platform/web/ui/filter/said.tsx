import { useFilterWords } from './fields.ts';
import styles from './said.module.css';

/** A filter as a reader says it, and small beneath as it is written. */
export function FilterSaid({ filter }: { readonly filter: string }) {
  const words = useFilterWords(filter);
  return (
    <>
      <span dir="auto">{words}</span>
      {words === filter ? null : (
        <code className={styles['written']} dir="ltr">
          {filter}
        </code>
      )}
    </>
  );
}
