import { Group } from '@mantine/core';
import { directionOf } from '@touchstone/domain/languages';
import type { ReactNode } from 'react';
import { Card, useWords } from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import type { Lineage } from '../../metrics/contract.ts';
import { type Draw, Drawing } from './drawing.tsx';
import { PictureMenu } from './picture-menu.tsx';
import type { Speech } from './scenes.ts';
import type { Answer } from './use-answer.ts';
import styles from './explore.module.css';

export type Open = (ref: string) => void;

export function useSpeech(): Speech {
  const { t, format, language } = useWords();
  return { t, format, rtl: directionOf(language) === 'rtl' };
}

/** A picture with its way out as a file, and the same figures as a table under it. */
export function Shown(props: {
  readonly title: string;
  readonly note: ReactNode;
  /** There is no figure at all. */
  readonly isEmpty: boolean;
  readonly draw: Draw;
  readonly lineage: Lineage;
  /** What the file of the picture says beside its period and filter. */
  readonly more?: readonly string[];
  /** Where the figures are exported from, and what is asked there. */
  readonly path: string;
  readonly input: Readonly<Record<string, string | undefined>>;
  readonly onOpen: Open;
  /** Under the picture: the way to more of it. */
  readonly foot?: ReactNode;
  /** The table. */
  readonly children: ReactNode;
}) {
  const { t } = useWords();
  const { title, note, isEmpty, draw, lineage, more, path, input, onOpen, foot, children } = props;
  return (
    <>
      <Card
        title={title}
        note={note}
        onward={
          isEmpty ? undefined : (
            <Group gap={8} justify="end">
              <Export path={path} input={input} size="xs" />
              <PictureMenu title={title} draw={draw} lineage={lineage} {...(more === undefined ? {} : { more })} />
            </Group>
          )
        }
      >
        {isEmpty ? (
          <p className={styles['note']}>{t('web.table.none')}</p>
        ) : (
          <>
            <Drawing label={title} draw={draw} onOpen={onOpen} />
            {foot}
          </>
        )}
      </Card>
      {isEmpty ? null : <Card title={t('explore.table.title')}>{children}</Card>}
    </>
  );
}

/** What is shown of an answer: whether there is anything, and where it comes from. */
export function ofAnswer({ figures: { overall, lineage } }: Answer): {
  readonly isEmpty: boolean;
  readonly lineage: Lineage;
} {
  return { isEmpty: overall.value === null, lineage };
}
