import { UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Tag, type Tone } from './page.tsx';
import { useWords } from './i18n/language.tsx';
import styles from './quote.module.css';

export interface QuoteProps {
  /** As they wrote it. */
  readonly text: string;
  /** Of BCP 47; '' where it is not known. */
  readonly language?: string;
  /** How they scored it: `2 of 5`. */
  readonly score?: { readonly words: string; readonly tone: Tone } | undefined;
  /** What else is known of it: tags, where it was, a `PersonChip`, the day. Each stands for itself. */
  readonly about?: readonly ReactNode[];
  /** What one can do with it. */
  readonly action?: ReactNode;
}

/** Longer ones are cut and can be opened. */
const SHORT = 420;

/** What a customer wrote, in their own words and direction, and what is known of it. */
export function Quote({ text, language = '', score, about = [], action }: QuoteProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const isLong = text.length > SHORT;
  return (
    <figure className={styles['quote']}>
      <blockquote>
        <p dir="auto" lang={language === '' ? undefined : language} data-cut={isLong && !open ? '' : undefined}>
          {text}
        </p>
      </blockquote>
      {isLong ? (
        <UnstyledButton className={styles['more']} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'web.quote.less' : 'web.quote.more')}
        </UnstyledButton>
      ) : null}
      <figcaption className={styles['about']}>
        {score === undefined ? null : <Tag tone={score.tone}>{score.words}</Tag>}
        {about.map((part, at) =>
          part === null || part === undefined || part === '' || part === false ? null : (
            // They keep their places.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={at} className={styles['part']}>
              {part}
            </span>
          ),
        )}
        {action}
      </figcaption>
    </figure>
  );
}

export type ListedQuote = QuoteProps & { readonly key: string };

/** Quotes under one another, parted by hairlines. */
export function Quotes({ quotes }: { readonly quotes: readonly ListedQuote[] }) {
  return (
    <ul className={styles['quotes']}>
      {quotes.map(({ key, ...quote }) => (
        <li key={key}>
          <Quote {...quote} />
        </li>
      ))}
    </ul>
  );
}
