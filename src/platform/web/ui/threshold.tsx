import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';
import styles from './threshold.module.css';

/** A page outside the shell: signing in, setting up, an invitation, something missing. One thing to do. */
export function Threshold(props: {
  readonly title: ReactNode;
  readonly sentence?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles['place']}>
      <main className={styles['main']}>
        <div className={styles['brand']}>
          <Mark /> Touchstone
        </div>
        <h1>{props.title}</h1>
        {props.sentence === undefined ? null : <p className={styles['sentence']}>{props.sentence}</p>}
        {props.children}
      </main>
    </div>
  );
}
