import { Button } from '@mantine/core';
import type { Ending, Outcome } from '@touchstone/domain/survey';
import { useWords } from '../../../../../platform/web/ui/index.ts';
import { moved, withEnding } from './changing.ts';
import { OneField, PlainField, TextField, YesField } from './fields.tsx';
import type { QuestionsProps } from './questions-props.ts';
import styles from './questions.module.css';

const OUTCOMES = ['complete', 'screenedOut', 'overQuota'] as const satisfies readonly Outcome[];
const ADDRESS = /^https:\/\/[^\s<>"]+$/u;

/** What holds for the whole survey. */
export function SurveyForm({ document, language, mayWrite, change }: QuestionsProps) {
  const { t } = useWords();
  const set = (name: 'back' | 'progress', yes: boolean): void => {
    const { [name]: _, ...rest } = document;
    change(yes ? rest : { ...document, [name]: false }, t('surveys.did.setting'));
  };
  return (
    <section className={styles['form']} data-form="survey" aria-label={t('surveys.outline.survey')}>
      <div className={styles['formHead']}>
        <h2>{t('surveys.outline.survey')}</h2>
      </div>
      <TextField
        label={t('surveys.survey.title')}
        note={t('surveys.survey.title.note')}
        at="title"
        disabled={!mayWrite}
        language={language}
        value={document.title}
        onChange={(title) => change({ ...document, title: title ?? {} }, t('surveys.did.text'), 'title')}
      />
      <YesField
        label={t('surveys.survey.back')}
        at="back"
        disabled={!mayWrite}
        value={document.back !== false}
        onChange={(yes) => set('back', yes)}
      />
      <YesField
        label={t('surveys.survey.progress')}
        at="progress"
        disabled={!mayWrite}
        value={document.progress !== false}
        onChange={(yes) => set('progress', yes)}
      />
    </section>
  );
}

/** What is shown when a response has ended. */
export function EndingForm(props: QuestionsProps & { readonly number: number; readonly ending: Ending }) {
  const { document, language, mayWrite, change, number, ending, say, select, focusNext } = props;
  const { t } = useWords();
  const set = (name: 'title' | 'text' | 'outcome' | 'redirect', value: unknown, label: string): void => {
    const { [name]: _, ...rest } = ending;
    const next = value === undefined ? { title: {}, ...rest } : { ...ending, [name]: value };
    change(withEnding(document, number, next), label, `${ending.id}.${name}`);
  };
  const step = (by: -1 | 1): void => {
    const endings = moved(document.endings, number, number + by);
    say(t(endings === document.endings ? 'surveys.move.end' : 'surveys.did.move'));
    if (endings !== document.endings) change({ ...document, endings }, t('surveys.did.move'), `move ${ending.id}`);
  };
  const remove = (): void => {
    const beside = document.endings[number + 1] ?? document.endings[number - 1];
    change({ ...document, endings: document.endings.toSpliced(number, 1) }, t('surveys.did.delete'));
    say(t('surveys.did.delete'));
    select(beside?.id ?? 'survey');
    focusNext(`[data-choose="${beside?.id ?? 'survey'}"]`);
  };
  return (
    <section
      className={styles['form']}
      data-form={ending.id}
      aria-label={t('surveys.place.ending', { number: number + 1 })}
    >
      <div className={styles['formHead']}>
        <h2>{t('surveys.place.ending', { number: number + 1 })}</h2>
        {mayWrite ? (
          <div className={styles['formActs']}>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => step(-1)}>
              {t('surveys.question.up')}
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => step(1)}>
              {t('surveys.question.down')}
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={remove}>
              {t('surveys.act.delete')}
            </Button>
          </div>
        ) : null}
      </div>
      <p className={styles['soft']}>{t('surveys.ending.what')}</p>
      <TextField
        label={t('surveys.ending.title')}
        at="title"
        disabled={!mayWrite}
        language={language}
        value={ending.title}
        onChange={(next) => set('title', next ?? {}, t('surveys.did.text'))}
      />
      <TextField
        label={t('surveys.ending.text')}
        at="text"
        lines={2}
        disabled={!mayWrite}
        language={language}
        value={ending.text}
        onChange={(next) => set('text', next, t('surveys.did.text'))}
      />
      <OneField
        label={t('surveys.ending.outcome')}
        note={t('surveys.ending.outcome.note')}
        at="outcome"
        disabled={!mayWrite}
        value={ending.outcome ?? 'complete'}
        of={OUTCOMES.map((value) => ({ value, label: t(`surveys.outcome.${value}`) }))}
        onChange={(next) => set('outcome', next === 'complete' ? undefined : next, t('surveys.did.setting'))}
      />
      <PlainField
        label={t('surveys.ending.redirect')}
        note={t('surveys.ending.redirect.note')}
        at="redirect"
        disabled={!mayWrite}
        placeholder="https://"
        fits={(address) => ADDRESS.test(address)}
        misfit={t('surveys.misfit.address')}
        value={ending.redirect}
        onChange={(next) => set('redirect', next, t('surveys.did.text'))}
      />
    </section>
  );
}
