import { Button } from '@mantine/core';
import { useWords } from '../../../../../platform/web/ui/index.ts';
import { insertPage, movePage, removePage, withPage } from './changing.ts';
import { TextField, YesField } from './fields.tsx';
import { copyOfPage } from './making.ts';
import { PageLogic, Part } from './part.tsx';
import type { QuestionsProps } from './questions-props.ts';
import styles from './questions.module.css';

/** Everything of one page but its questions. */
export function PageForm(props: QuestionsProps & { readonly number: number }) {
  const { document, language, mayWrite, change, number, say, select, focusNext } = props;
  const { t } = useWords();
  const page = document.pages[number];
  if (page === undefined) return null;
  const { id } = page;
  const set = (name: 'title' | 'text' | 'order', value: unknown, label: string): void => {
    const { [name]: _, ...rest } = page;
    change(withPage(document, number, value === undefined ? rest : { ...page, [name]: value }), label, `${id}.${name}`);
  };
  const step = (by: -1 | 1): void => {
    const next = movePage(document, number, number + by);
    say(t(next === document ? 'surveys.move.end' : 'surveys.did.move'));
    if (next !== document) change(next, t('surveys.did.move'), `move ${id}`);
  };
  const duplicate = (): void => {
    const copy = copyOfPage(document, page, Math.random);
    change(insertPage(document, number + 1, copy), t('surveys.did.duplicate'));
    say(t('surveys.did.duplicate'));
    select(copy.id);
    focusNext(`[data-choose="${copy.id}"]`);
  };
  const remove = (): void => {
    const beside = document.pages[number + 1] ?? document.pages[number - 1];
    change(removePage(document, number), t('surveys.did.delete'));
    say(t('surveys.did.delete'));
    select(beside?.id ?? 'survey');
    focusNext(`[data-choose="${beside?.id ?? 'survey'}"]`);
  };
  return (
    <section className={styles['form']} data-form={id} aria-label={t('surveys.place.page', { number: number + 1 })}>
      <div className={styles['formHead']}>
        <h2>{t('surveys.place.page', { number: number + 1 })}</h2>
        {mayWrite ? (
          <div className={styles['formActs']}>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => step(-1)}>
              {t('surveys.question.up')}
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => step(1)}>
              {t('surveys.question.down')}
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={duplicate}>
              {t('surveys.question.duplicate')}
            </Button>
            {document.pages.length > 1 ? (
              <Button size="compact-sm" variant="subtle" color="gray" onClick={remove}>
                {t('surveys.act.delete')}
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
      <TextField
        label={t('surveys.page.title')}
        at="title"
        disabled={!mayWrite}
        language={language}
        value={page.title}
        onChange={(next) => set('title', next, t('surveys.did.text'))}
      />
      <TextField
        label={t('surveys.page.text')}
        note={t('surveys.page.text.note')}
        at="text"
        lines={2}
        disabled={!mayWrite}
        language={language}
        value={page.text}
        onChange={(next) => set('text', next, t('surveys.did.text'))}
      />
      <YesField
        label={t('surveys.page.random')}
        note={t('surveys.page.random.note')}
        at="order"
        disabled={!mayWrite}
        value={page.order === 'random'}
        onChange={(yes) => set('order', yes ? 'random' : undefined, t('surveys.did.setting'))}
      />
      <Part
        label={t('surveys.editor.tab.logic')}
        isUsed={page.showIf !== undefined || page.loop !== undefined || (page.skips ?? []).length > 0}
      >
        <PageLogic {...props} page={number} />
      </Part>
      {mayWrite ? (
        <div>
          <Button variant="default" onClick={() => props.add(number)}>
            {t('surveys.outline.addQuestion')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
