import type { ReactNode } from 'react';
import { Finding } from '../ui/page.tsx';
import { splitRich } from '../ui/i18n/rich.ts';
import { useGallery, type GalleryWords } from './words.ts';
import styles from './gallery.module.css';

/** One component: its name, what it is for, and its states. */
export function Section(props: { readonly of: keyof GalleryWords['sections']; readonly children: ReactNode }) {
  const [name, note] = useGallery().sections[props.of];
  return (
    <section className={styles['section']} id={props.of} aria-labelledby={`${props.of}-name`}>
      <h2 id={`${props.of}-name`}>{name}</h2>
      <p>{note}</p>
      <div className={styles['specimens']}>{props.children}</div>
    </section>
  );
}

/** A component in one of its states. `wide` takes the whole row. */
export function Specimen(props: {
  readonly state: keyof GalleryWords['states'];
  readonly wide?: boolean;
  /** On paper, where it brings its own surface. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}) {
  const { states } = useGallery();
  return (
    <div className={styles['specimen']} data-specimen={props.state} data-wide={props.wide === true ? '' : undefined}>
      <h3>{states[props.state]}</h3>
      <div data-bare={props.bare === true ? '' : undefined}>{props.children}</div>
    </div>
  );
}

/** A sentence of the book whose findings are marked. */
export function Marked({ text }: { readonly text: string }) {
  return splitRich(text).map((piece, at) => {
    // The pieces of one sentence keep their places.
    const key = `${at}`;
    return piece.mark === 'better' || piece.mark === 'worse' || piece.mark === 'neither' ? (
      <Finding key={key} tone={piece.mark}>
        {piece.text}
      </Finding>
    ) : (
      <span key={key}>{piece.text}</span>
    );
  });
}
