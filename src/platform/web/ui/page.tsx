import { useEffect, type ReactNode } from 'react';
import type { Concept } from './help/concepts.ts';
import { Help } from './help/help.tsx';
import styles from './page.module.css';

export interface PageProps {
  /** What the browser's tab says. */
  readonly name: string;
  /** The finding in plain words, or what the page is for. Words that carry it are marked by `<Finding tone>`. */
  readonly sentence: ReactNode;
  /** One quiet line under it. */
  readonly note?: ReactNode;
  /** The concept it is about, said by a question mark beside the note. */
  readonly help?: Concept;
  /** Buttons at the sentence's end. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** Every page opens with a sentence. */
export function Page({ name, sentence, note, help, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${name} · Touchstone`;
    announce(name);
  }, [name]);
  return (
    <div className={styles['page']}>
      <div className={styles['opening']}>
        <div>
          <h1>{sentence}</h1>
          {note === undefined && help === undefined ? null : (
            <div className={styles['titled']}>
              {note === undefined ? null : <p className={styles['note']}>{note}</p>}
              {help === undefined ? null : <Help of={help} />}
            </div>
          )}
        </div>
        {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/**
 * Tells those who do not see the page change which one it is now, in a region that stays while pages come and go. The first
 * one the browser tells by itself.
 */
function announce(name: string): void {
  const known = document.getElementById('announced');
  if (known !== null) {
    known.textContent = name;
    return;
  }
  const region = document.createElement('div');
  region.id = 'announced';
  region.className = 'seen-by-readers';
  region.role = 'status';
  document.body.prepend(region);
}

export type Tone = 'better' | 'worse' | 'neither';

/** The words of a sentence that are the finding. */
export function Finding({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <em className={styles[tone]}>{children}</em>;
}

export interface CardProps {
  readonly title?: ReactNode;
  /** What is shown, in one line. */
  readonly note?: ReactNode;
  /** The concept it is about: a question mark beside the title says what that means. */
  readonly help?: Concept;
  /** The one way onward, at the card's top end. */
  readonly onward?: ReactNode;
  readonly children: ReactNode;
}

export function Card({ title, note, help, onward, children }: CardProps) {
  return (
    <section className={styles['card']}>
      {title === undefined && onward === undefined ? null : (
        <div className={styles['head']}>
          <div>
            <div className={styles['titled']}>
              <h2>{title}</h2>
              {help === undefined ? null : <Help of={help} />}
            </div>
            {note === undefined ? null : <p className={styles['sub']}>{note}</p>}
          </div>
          {onward === undefined ? null : <div className={styles['onward']}>{onward}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

/** Cards beside each other where there is room. `wide`: the first takes more of it; `level`: they end at one height. */
export function Columns(props: { readonly children: ReactNode; readonly wide?: boolean; readonly level?: boolean }) {
  const classes = ['columns', ...(props.wide === true ? ['wide'] : []), ...(props.level === true ? ['level'] : [])];
  return <div className={classes.map((name) => styles[name]).join(' ')}>{props.children}</div>;
}

export function Tag({ children, tone }: { readonly children: ReactNode; readonly tone?: Tone }) {
  return <span className={`${styles['tag']} ${tone === undefined ? '' : styles[`tag-${tone}`]}`}>{children}</span>;
}
