import { Button, Checkbox, CloseButton, NativeSelect, NumberInput } from '@mantine/core';
import type { Loop } from '@touchstone/domain/survey';
import { Card, useWords } from '../../../../../../platform/web/ui/index.ts';
import type { ViewProps } from '../../view.ts';
import { at, freshId, put, some } from './edits.ts';
import { titleOf } from './known.ts';
import styles from './logic.module.css';
import { sayLoop } from './loop-words.ts';
import { sayPage } from './targets.ts';

/** Pages that are gone through once for each thing that was chosen. */
export function LoopsCard({ document, change, language, mayWrite }: ViewProps) {
  const { t, format } = useWords();
  const loops = document.loops ?? [];
  const set = (next: readonly Loop[]): void =>
    change(put(document, 'loops', some(next)), t('surveys.logic.did.loop'), undefined);
  const choosing = document.pages
    .flatMap((page) => page.questions)
    .filter((question) => 'choices' in question && question.kind !== 'maxdiff')
    .map((question) => ({ value: question.id, label: titleOf(document, question, language) }));
  const remove = (i: number, { id }: Loop): void => {
    const pages = document.pages.map((page) => (page.loop === id ? put(page, 'loop', undefined) : page));
    change(put({ ...document, pages }, 'loops', some(at(loops, i, undefined))), t('surveys.logic.did.loop'));
  };
  return (
    <Card title={t('surveys.logic.loops')} note={t('surveys.logic.loops.note')}>
      <div className={styles['list']}>
        {loops.map((loop, i) => {
          const pages = document.pages.flatMap((page, p) =>
            page.loop === loop.id ? [sayPage(document, p, language, t)] : [],
          );
          return (
            <div key={loop.id} className={styles['item']} data-at={`loops[${i}]`}>
              <div className={styles['itemHead']}>
                <strong dir="auto">{sayLoop(document, loop, language, t)}</strong>
                {mayWrite ? (
                  <CloseButton aria-label={t('surveys.logic.loop.remove')} onClick={() => remove(i, loop)} />
                ) : null}
              </div>
              <p className={styles['soft']} dir="auto">
                {pages.length === 0
                  ? t('surveys.logic.loop.noPages')
                  : t('surveys.logic.loop.pages', { pages: format.list(pages) })}
              </p>
              <div className={styles['fields']}>
                {'over' in loop ? (
                  <>
                    <NativeSelect
                      size="xs"
                      label={t('surveys.logic.loop.question')}
                      disabled={!mayWrite}
                      value={loop.over.question}
                      data={choosing}
                      onChange={({ currentTarget: { value } }) =>
                        set(at(loops, i, { ...loop, over: { ...loop.over, question: value } }))
                      }
                    />
                    <NativeSelect
                      size="xs"
                      label={t('surveys.logic.loop.take')}
                      disabled={!mayWrite}
                      value={loop.over.take}
                      data={(['chosen', 'unchosen'] as const).map((take) => ({
                        value: take,
                        label: t(`surveys.logic.loop.${take}`),
                      }))}
                      onChange={({ currentTarget: { value } }) =>
                        set(
                          at(loops, i, {
                            ...loop,
                            over: { ...loop.over, take: value === 'unchosen' ? 'unchosen' : 'chosen' },
                          }),
                        )
                      }
                    />
                  </>
                ) : null}
                <NumberInput
                  size="xs"
                  label={t('surveys.logic.loop.most')}
                  placeholder={t('surveys.logic.loop.all')}
                  min={1}
                  max={100}
                  allowDecimal={false}
                  disabled={!mayWrite}
                  value={loop.most ?? ''}
                  onChange={(most) => set(at(loops, i, put(loop, 'most', typeof most === 'number' ? most : undefined)))}
                />
              </div>
              <Checkbox
                size="xs"
                label={t('surveys.logic.loop.random')}
                disabled={!mayWrite}
                checked={loop.order === 'random'}
                onChange={({ currentTarget }) =>
                  set(at(loops, i, put(loop, 'order', currentTarget.checked ? 'random' : undefined)))
                }
              />
            </div>
          );
        })}
        {!mayWrite ? null : choosing[0] === undefined ? (
          <p className={styles['soft']}>{t('surveys.logic.loop.needs')}</p>
        ) : (
          <Button
            variant="default"
            size="compact-sm"
            className={styles['start']}
            onClick={() =>
              set([
                ...loops,
                { id: freshId(document, 'loop'), over: { question: choosing[0]?.value ?? '', take: 'chosen' } },
              ])
            }
          >
            {t('surveys.logic.loop.add')}
          </Button>
        )}
      </div>
    </Card>
  );
}
