import { ActionIcon, Button } from '@mantine/core';
import { type Question, type QuestionKind, isPersonal, textIn } from '@touchstone/domain/survey';
import { useWords } from '../../../../../platform/web/ui/index.ts';
import { insertQuestion, removeQuestion, type Spot, stepQuestion, withQuestion } from './changing.ts';
import { ChoiceList } from './choice-list.tsx';
import { OneField, PlainField, SettingField, TextField, YesField } from './fields.tsx';
import { FIELDS, KIND_GROUPS, listsOf, settingOf, withSetting } from './kinds.ts';
import { asKind, copyOf, newQuestion } from './making.ts';
import { Part, QuestionLogic } from './part.tsx';
import type { QuestionsProps } from './questions-props.ts';
import styles from './questions.module.css';
import { useFirstWords } from './use-first-words.ts';

/** Everything of one question. */
export function QuestionForm(props: QuestionsProps & { readonly question: Question; readonly spot: Spot }) {
  const { document, language, mayWrite, change, question, spot } = props;
  const { t } = useWords();
  const words = useFirstWords(language);
  const { id, kind } = question;
  const put = (next: Question, label: string, as?: string): void => change(withQuestion(document, next), label, as);
  const set = (name: string, value: unknown): void =>
    put(
      withSetting(question, name, value),
      t(isTyped(value) ? 'surveys.did.text' : 'surveys.did.setting'),
      `${id}.${name}`,
    );
  const disabled = !mayWrite;
  const text = (name: string) => ({ at: name, disabled, language, onChange: (next: unknown) => set(name, next) });
  return (
    <section
      className={styles['form']}
      data-form={id}
      aria-label={t('surveys.place.question', { number: spot.page + 1, question: spot.at + 1 })}
    >
      <Head {...props} />
      <OneField
        label={t('surveys.field.kind')}
        at="kind"
        disabled={disabled}
        value={kind}
        of={KINDS.map((one) => ({ value: one, label: t(`surveys.kind.${one}`) }))}
        onChange={(chosen) => {
          const next = KINDS.find((one) => one === chosen);
          if (next !== undefined && next !== kind)
            put(asKind(question, next, newQuestion(document, next, words, Math.random)), t('surveys.did.kind'));
        }}
      />
      <TextField
        label={t('surveys.field.title')}
        {...text('title')}
        value={question.title}
        lines={2}
        onChange={(next) => set('title', next ?? {})}
      />
      <TextField
        label={t('surveys.field.help')}
        note={t('surveys.field.help.note')}
        {...text('help')}
        value={question.help}
      />
      {kind === 'statement' ? null : (
        <YesField
          label={t('surveys.field.required')}
          at="required"
          disabled={disabled}
          value={question.required === true}
          onChange={(yes) => set('required', yes ? true : undefined)}
        />
      )}
      {listsOf(kind).map((list) => (
        <ChoiceList
          key={`${id} ${list}`}
          {...props}
          list={list}
          choices={choicesOf(question, list)}
          pictures={kind === 'picture'}
          onChange={(next, label, as) =>
            put(withSetting(question, list, next), label, as === undefined ? undefined : `${id}.${as}`)
          }
        />
      ))}
      {listsOf(kind).length === 0 ? null : <CarriedFields {...props} set={set} />}
      {FIELDS[kind].length === 0 ? null : (
        <fieldset className={styles['settings']}>
          <legend>{t('surveys.editor.tab.settings')}</legend>
          {FIELDS[kind].map((field) => (
            <SettingField
              key={`${id} ${field.name}`}
              field={field}
              value={settingOf(question, field.name)}
              language={language}
              disabled={disabled}
              onChange={(next) => set(field.name, next)}
            />
          ))}
        </fieldset>
      )}
      <Part
        label={t('surveys.editor.tab.logic')}
        isUsed={question.showIf !== undefined || (question.skips ?? []).length > 0}
      >
        <QuestionLogic {...props} page={spot.page} at={spot.at} />
      </Part>
      <Part label={t('surveys.field.more')} isUsed={question.name !== undefined || question.instrument !== undefined}>
        <div className={styles['settings']}>
          <PlainField
            label={t('surveys.field.name')}
            note={t('surveys.field.name.note')}
            at="name"
            disabled={disabled}
            maxLength={200}
            value={question.name}
            onChange={(next) => set('name', next)}
          />
          <PlainField
            label={t('surveys.field.instrument')}
            note={t('surveys.field.instrument.note')}
            at="instrument"
            disabled={disabled}
            maxLength={40}
            fits={(name) => /^[a-z][a-z0-9_]*$/u.test(name)}
            misfit={t('surveys.misfit.instrument')}
            value={question.instrument}
            onChange={(next) => set('instrument', next)}
          />
          {kind === 'statement' ? null : (
            <YesField
              label={t('surveys.field.personal')}
              note={t('surveys.field.personal.note')}
              at="personal"
              disabled={disabled}
              value={isPersonal(question)}
              onChange={(yes) =>
                set('personal', yes === isPersonal(withSetting(question, 'personal', undefined)) ? undefined : yes)
              }
            />
          )}
        </div>
      </Part>
    </section>
  );
}

const KINDS: readonly QuestionKind[] = Object.values(KIND_GROUPS).flat();

function isTyped(value: unknown): boolean {
  return typeof value === 'object' || value === undefined;
}

function choicesOf(question: Question, list: 'choices' | 'rows' | 'columns') {
  if (question.kind === 'matrix') return list === 'rows' ? question.rows : question.columns;
  return 'choices' in question ? question.choices : [];
}

/** Choices that are taken over from an earlier question. */
function CarriedFields(
  props: QuestionsProps & { readonly question: Question; readonly set: (name: string, value: unknown) => void },
) {
  const { document, question, mayWrite, language, set } = props;
  const { t } = useWords();
  const all = document.pages.flatMap((page) => page.questions);
  const earlier = all
    .slice(
      0,
      all.findIndex(({ id }) => id === question.id),
    )
    .filter(({ kind }) => listsOf(kind).length > 0);
  const carried = 'carried' in question ? question.carried : undefined;
  if (earlier.length === 0 && carried === undefined) return null;
  return (
    <div className={styles['settings']}>
      <OneField
        label={t('surveys.field.carried')}
        at="carried"
        disabled={!mayWrite}
        value={carried?.question ?? ''}
        of={[
          { value: '', label: t('surveys.field.carried.none') },
          ...earlier.map((one) => ({ value: one.id, label: textIn(document, one.title, language) || one.id })),
        ]}
        onChange={(id) => set('carried', id === '' ? undefined : { question: id, take: carried?.take ?? 'chosen' })}
      />
      {carried === undefined ? null : (
        <OneField
          label={t('surveys.field.take')}
          at="carried.take"
          disabled={!mayWrite}
          value={carried.take}
          of={(['chosen', 'unchosen'] as const).map((value) => ({ value, label: t(`surveys.field.take.${value}`) }))}
          onChange={(take) => set('carried', { ...carried, take })}
        />
      )}
    </div>
  );
}

/** Which question it is, and what can be done with it. */
function Head(props: QuestionsProps & { readonly question: Question; readonly spot: Spot }) {
  const { document, mayWrite, change, question, spot, say, focusNext, select } = props;
  const { t } = useWords();
  const { id } = question;
  const step = (by: -1 | 1): void => {
    const next = stepQuestion(document, id, by);
    if (next === document) {
      say(t('surveys.move.end'));
      return;
    }
    change(next, t('surveys.did.move'), `move ${id}`);
    say(t('surveys.did.move'));
  };
  const duplicate = (): void => {
    const copy = copyOf(document, question, Math.random);
    change(insertQuestion(document, { page: spot.page, at: spot.at + 1 }, copy), t('surveys.did.duplicate'));
    say(t('surveys.did.duplicate'));
    select(copy.id);
    focusNext(`[data-form="${copy.id}"] [data-at="title"]`);
  };
  const remove = (): void => {
    const page = document.pages[spot.page];
    const beside = page?.questions[spot.at + 1] ?? page?.questions[spot.at - 1] ?? page;
    change(removeQuestion(document, id), t('surveys.did.delete'));
    say(t('surveys.did.delete'));
    select(beside?.id ?? 'survey');
    focusNext(`[data-choose="${beside?.id ?? 'survey'}"]`);
  };
  return (
    <div className={styles['formHead']}>
      <h2>{t('surveys.place.question', { number: spot.page + 1, question: spot.at + 1 })}</h2>
      {mayWrite ? (
        <div className={styles['formActs']}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('surveys.question.up')}
            title={t('surveys.question.up')}
            onClick={() => step(-1)}
          >
            <span aria-hidden="true">↑</span>
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('surveys.question.down')}
            title={t('surveys.question.down')}
            onClick={() => step(1)}
          >
            <span aria-hidden="true">↓</span>
          </ActionIcon>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={duplicate}>
            {t('surveys.question.duplicate')}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={remove}>
            {t('surveys.act.delete')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
