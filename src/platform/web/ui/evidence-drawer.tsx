import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { Facts, type Fact } from './facts.tsx';
import { Figure, Figures, type FigureProps } from './figure.tsx';
import { useFocusBack } from './focus-back.ts';
import { useWords } from './i18n/language.tsx';
import { Quotes, type ListedQuote } from './quote.tsx';
import styles from './evidence.module.css';

export interface EvidenceProps {
  /** What the drawer is called: `How we know`. In its place "Evidence". */
  readonly title?: string;
  /** The finding itself, as the page says it. */
  readonly finding?: ReactNode;
  /** The figures it rests on, each with its interval and n. */
  readonly figures?: readonly FigureProps[];
  /** Definition, period, filter, n, method, what was left out: name and words. */
  readonly facts?: readonly Fact[];
  /** What customers wrote of it. */
  readonly quotes?: readonly ListedQuote[];
  /** More of it: a picture, the rows themselves. */
  readonly children?: ReactNode;
  /** The way in: links or buttons to where one sees it whole. */
  readonly onward?: ReactNode;
}

/** The drawer of `Evidence`. */
export function EvidenceSheet(props: EvidenceProps & { readonly onClose: () => void }) {
  const { t } = useWords();
  useFocusBack();
  const { title, finding, figures = [], facts = [], quotes = [], children, onward, onClose } = props;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(640px, 100vw)"
      title={title ?? t('web.evidence.open')}
      closeButtonProps={{ 'aria-label': t('web.close') }}
    >
      <div className={styles['evidence']}>
        {finding === undefined ? null : <p className={styles['finding']}>{finding}</p>}
        {figures.length === 0 ? null : (
          <Figures>
            {figures.map((figure, at) => (
              // They keep their places.
              // oxlint-disable-next-line react/no-array-index-key
              <Figure key={at} {...figure} />
            ))}
          </Figures>
        )}
        {facts.length === 0 ? null : <Facts facts={facts} />}
        {children}
        {quotes.length === 0 ? null : (
          <section>
            <h3>{t('web.evidence.quotes')}</h3>
            <Quotes quotes={quotes} />
          </section>
        )}
        {onward === undefined ? null : <div className={styles['onward']}>{onward}</div>}
      </div>
    </Drawer>
  );
}
