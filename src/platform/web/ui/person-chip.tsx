import { Go } from './go.tsx';
import styles from './person-chip.module.css';

export interface PersonChipProps {
  /** How they are called: a name, an e-mail address, an order's number where nothing better is known. */
  readonly label: string;
  /** Their page, where the reader may open it. */
  readonly to?: string | undefined;
  /** What matters here about them: `3 orders`. */
  readonly note?: string;
}

/** A person in a line of text: initials and name; a long code is cut short, and whole when pointed at. */
export function PersonChip({ label, to, note }: PersonChipProps) {
  const initials = initialsOf(label);
  const name = (
    <>
      <span className={styles['mark']} aria-hidden="true">
        {initials}
      </span>
      <bdi className={styles['name']} data-code={initials === CODE ? '' : undefined}>
        {label}
      </bdi>
    </>
  );
  return (
    <span className={styles['chip']} title={label}>
      {to === undefined ? (
        <span className={styles['who']}>{name}</span>
      ) : (
        <Go to={to} className={styles['who']}>
          {name}
        </Go>
      )}
      {note === undefined ? null : <span className={styles['note']}>{note}</span>}
    </span>
  );
}

/** In place of initials. */
const CODE = '#';

/** The first letters of a name's first and last word; `#` for a code, which has no name in it. */
export function initialsOf(label: string): string {
  const name = label.split('@', 1)[0] ?? '';
  if (!/\p{L}/u.test(name) || /^[\p{L}\d-]*\d[\p{L}\d-]*$/u.test(label)) return CODE;
  const words = name.split(/[^\p{L}]+/u).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  // Letters of a script that joins them keep apart.
  return ends.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase()).join('\u200c');
}
