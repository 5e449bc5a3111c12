import type { QuestionKind } from '@touchstone/domain/survey';
import styles from './questions.module.css';

/** Lines of a little picture of each kind, on 16 by 16. */
const LINES: Readonly<Record<QuestionKind, string>> = {
  nps: 'M2 12V8M5 12V6.5M8 12V5M11 12V3.5M14 12V2M1 14.5h14',
  csat: 'm8 1.8 1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.6l-3.8 2 .7-4.3-3.1-3 4.3-.6z',
  ces: 'M2 12a6.2 6.2 0 0 1 12 0M8 11.5l3-4',
  rating: 'M1.5 5h3.2v6H1.5zM6.4 5h3.2v6H6.4zM11.3 5h3.2v6h-3.2z',
  slider: 'M1.5 8h5M10.5 8h4M8.5 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  single:
    'M4 2.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM4 10.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM8.5 4h6M8.5 12h6',
  multiple: 'M2 2.5h3.6v3.6H2zM2 10h3.6v3.6H2zM2.7 4.2l.9.9 1.3-1.7M8.5 4.3h6M8.5 11.8h6',
  dropdown: 'M1.5 4.5h13v7h-13zM9.5 7.2l1.6 1.7 1.6-1.7',
  picture: 'M1.5 3h13v10h-13zM1.5 11l3.8-3.6 3 2.8 2.2-2 4 3.6M10.8 5.6h.2',
  matrix: 'M1.5 2.5h13v11h-13zM1.5 6.2h13M1.5 9.8h13M6 2.5v11M10.3 2.5v11',
  ranking: 'M2 3h12M2 8h8.5M2 13h5',
  constantSum: 'M8 1.8a6.2 6.2 0 1 0 6.2 6.2H8zM10.6 1.9a6.2 6.2 0 0 1 3.6 3.6h-3.6z',
  maxdiff: 'M5 13V3M2.5 5.5 5 3l2.5 2.5M11 3v10M8.5 10.5 11 13l2.5-2.5',
  longText: 'M2 3.5h12M2 6.5h12M2 9.5h12M2 12.5h7',
  shortText: 'M1.5 5h13v6h-13zM4 7v2',
  email: 'M1.5 3.5h13v9h-13zM1.5 4.2 8 9l6.5-4.8',
  phone: 'M5 1.5h6v13H5zM7.3 12.3h1.4',
  number: 'M6 2.5 4.5 13.5M11.5 2.5 10 13.5M2.5 6h11.5M2 10h11.5',
  date: 'M2 3.5h12v10.5H2zM2 6.8h12M5 1.8v3M11 1.8v3',
  file: 'M4 1.5h5l3.5 3.5v9.5H4zM9 1.5V5h3.5',
  statement: 'M3 3.5h10M8 3.5v9.5',
  consent: 'M2 2.5h11v11H2zM4.8 8l2.3 2.4 4.6-5.4',
};

export function Glyph({ kind }: { readonly kind: QuestionKind }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" className={styles['glyph']} aria-hidden="true">
      <path
        d={LINES[kind]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
