import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** A name and what is to be said of it: `Definition`, `Mean of the stars …`. */
export type Fact = readonly [name: string, words: ReactNode];

/** Facts one under the other; the same name may stand twice. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, words], at) => (
        // They keep their places.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
