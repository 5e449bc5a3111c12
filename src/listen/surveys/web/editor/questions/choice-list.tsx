import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import type { Choice } from '@touchstone/domain/survey';
import { useId, useRef, useState } from 'react';
import { Tag, useWords } from '../../../../../platform/web/ui/index.ts';
import { linesOf, moved, withChoice, withText } from './changing.ts';
import { dropMark, useDragging } from './dragging.ts';
import { PlainField, NumberField } from './fields.tsx';
import { Handle } from './handle.tsx';
import { newChoice } from './making.ts';
import type { QuestionsProps } from './questions-props.ts';
import styles from './questions.module.css';

const ADDRESS = /^(https:\/\/[^\s<>"]+|data:image\/.+|[A-Za-z0-9][\w-]*)$/u;
const FLAGS = ['words', 'exclusive', 'fixed'] as const;

/** Choices, rows or columns: written, put in order, and told what they do. */
export function ChoiceList(
  props: Pick<QuestionsProps, 'language' | 'mayWrite' | 'say' | 'focusNext'> & {
    readonly list: 'choices' | 'rows' | 'columns';
    readonly choices: readonly Choice[];
    readonly pictures: boolean;
    readonly onChange: (next: readonly Choice[], label: string, as?: string) => void;
  },
) {
  const { list, choices, language, mayWrite, onChange, say, focusNext } = props;
  const { t } = useWords();
  const hint = useId();
  const ul = useRef<HTMLUListElement>(null);
  const [valued, setValued] = useState(choices.some(({ value }) => value !== undefined));
  const move = (from: number, to: number, as?: string): void => {
    const next = moved(choices, from, to);
    const id = choices[from]?.id;
    if (next === choices || id === undefined) {
      say(t('surveys.move.end'));
      return;
    }
    onChange(next, t('surveys.did.move'), as);
    say(t('surveys.move.choice', { number: to + 1, of: choices.length }));
    focusNext(`[data-handle="${id}"]`);
  };
  const dragging = useDragging(
    ul,
    (from, gap) => move(from, gap > from ? gap - 1 : gap),
    (at, by) => move(at, at + by, `move ${choices[at]?.id ?? ''}`),
  );
  const add = (texts: readonly string[], at = choices.length, more: Partial<Choice> = {}): void => {
    const next = texts.reduce<readonly Choice[]>(
      (made, text, i) =>
        made.toSpliced(at + i, 0, newChoice(made, withText(undefined, language, text) ?? {}, Math.random, more)),
      choices,
    );
    onChange(next, t('surveys.did.addChoice'));
    focusNext(`[data-at="${list}[${at + texts.length - 1}].text"]`);
  };
  const remove = (at: number): void => {
    onChange(choices.toSpliced(at, 1), t('surveys.did.removeChoice'));
    say(t('surveys.did.removeChoice'));
    focusNext(choices.length > 1 ? `[data-at="${list}[${Math.max(0, at - 1)}].text"]` : `[data-add-to="${list}"]`);
  };
  return (
    <fieldset className={styles['choices']} data-at={list}>
      <legend>{t(`surveys.list.of.${list}`)}</legend>
      <p id={hint} hidden>
        {t('surveys.move.hint')}
      </p>
      <ul ref={ul} className={styles['rows']} data-dragging={dragging.now === undefined ? undefined : ''}>
        {choices.map((choice, at) => (
          <li
            key={choice.id}
            data-row
            data-is="choice"
            data-taken={dragging.now?.from === at ? '' : undefined}
            data-drop={dropMark(dragging, at, choices.length)}
          >
            {mayWrite ? (
              <Handle
                id={choice.id}
                row={at}
                label={t('surveys.move.handle', {
                  what: choice.text[language] ?? t('surveys.choice.number', { number: at + 1 }),
                })}
                describedBy={hint}
                dragging={dragging}
              />
            ) : null}
            <div className={styles['choice']}>
              <TextInput
                aria-label={t('surveys.choice.number', { number: at + 1 })}
                data-at={`${list}[${at}].text`}
                dir="auto"
                lang={language}
                size="sm"
                value={choice.text[language] ?? ''}
                readOnly={!mayWrite}
                onFocus={({ currentTarget }) => {
                  // What nobody has written yet is written over.
                  if (currentTarget.value === t('surveys.choice.number', { number: at + 1 })) currentTarget.select();
                }}
                onChange={(event) =>
                  onChange(
                    withChoice(choices, at, { text: withText(choice.text, language, event.currentTarget.value) ?? {} }),
                    t('surveys.did.text'),
                    `${choice.id}.text`,
                  )
                }
                onKeyDown={(event) => {
                  if (!mayWrite) return;
                  if (event.key === 'Enter') {
                    event.preventDefault();
                    add([''], at + 1);
                  } else if (event.key === 'Backspace' && event.currentTarget.value === '' && choices.length > 1) {
                    event.preventDefault();
                    remove(at);
                  }
                }}
                onPaste={(event) => {
                  const lines = linesOf(event.clipboardData.getData('text'));
                  if (lines.length < 2 || !mayWrite) return;
                  event.preventDefault();
                  add(lines, at + 1);
                }}
              />
              {props.pictures ? (
                <PlainField
                  label={t('surveys.choice.picture')}
                  at={`${list}[${at}].picture`}
                  disabled={!mayWrite}
                  value={choice.picture}
                  placeholder="https://"
                  fits={(address) => ADDRESS.test(address)}
                  misfit={t('surveys.misfit.address')}
                  maxLength={60_000}
                  onChange={(picture) =>
                    onChange(withChoice(choices, at, { picture }), t('surveys.did.setting'), `${choice.id}.picture`)
                  }
                />
              ) : null}
              <div className={styles['flags']}>
                {FLAGS.filter((flag) => choice[flag] === true).map((flag) => (
                  <Tag key={flag} tone="neither">
                    {t(`surveys.choice.${flag}`)}
                  </Tag>
                ))}
              </div>
            </div>
            {valued ? (
              <div className={styles['value']}>
                <NumberField
                  small
                  label={t('surveys.choice.value', { number: at + 1 })}
                  at={`${list}[${at}].value`}
                  disabled={!mayWrite}
                  from={-1e6}
                  to={1e6}
                  digits={4}
                  value={choice.value}
                  onChange={(value) =>
                    onChange(withChoice(choices, at, { value }), t('surveys.did.setting'), `${choice.id}.value`)
                  }
                />
              </div>
            ) : null}
            {mayWrite && list === 'choices' ? (
              <Flags
                choice={choice}
                number={at + 1}
                onChange={(change) => onChange(withChoice(choices, at, change), t('surveys.did.setting'))}
              />
            ) : null}
            {mayWrite ? (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('surveys.choice.remove', { number: at + 1 })}
                title={t('surveys.choice.remove', { number: at + 1 })}
                onClick={() => remove(at)}
              >
                <span aria-hidden="true">×</span>
              </ActionIcon>
            ) : null}
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <div className={styles['adds']}>
          <Button size="compact-sm" variant="subtle" data-add-to={list} onClick={() => add([''])}>
            <span aria-hidden="true" className={styles['plusSign']}>
              +
            </span>
            {t(`surveys.list.add.${list}`)}
          </Button>
          {list === 'choices' ? (
            <>
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => add([t('surveys.choice.other')], choices.length, { words: true, fixed: true })}
              >
                <span aria-hidden="true" className={styles['plusSign']}>
                  +
                </span>
                {t('surveys.choice.other')}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => add([t('surveys.choice.noneOf')], choices.length, { exclusive: true, fixed: true })}
              >
                <span aria-hidden="true" className={styles['plusSign']}>
                  +
                </span>
                {t('surveys.choice.noneOf')}
              </Button>
            </>
          ) : null}
          {list === 'rows' ? null : (
            <Button size="compact-sm" variant="subtle" aria-pressed={valued} onClick={() => setValued(!valued)}>
              {t(valued ? 'surveys.choice.values.hide' : 'surveys.choice.values.show')}
            </Button>
          )}
        </div>
      ) : null}
    </fieldset>
  );
}

/** What a choice does beside being chosen. */
function Flags(props: {
  readonly choice: Choice;
  readonly number: number;
  readonly onChange: (change: Partial<Choice>) => void;
}) {
  const { t } = useWords();
  return (
    <Menu position="bottom-end" width={260} shadow="md" closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('surveys.choice.more', { number: props.number })}>
          <span aria-hidden="true">⋯</span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {FLAGS.map((flag) => {
          const on = props.choice[flag] === true;
          return (
            <Menu.Item
              key={flag}
              role="menuitemcheckbox"
              aria-checked={on}
              leftSection={<span className={styles['tick']}>{on ? '✓' : ''}</span>}
              onClick={() => props.onChange({ [flag]: on ? undefined : true })}
            >
              {t(`surveys.choice.${flag}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
