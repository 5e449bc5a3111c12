import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { dayAt } from '@touchstone/domain/calendar';
import { prepare } from '@touchstone/domain/survey';
import type { Fields } from '@touchstone/sdk/survey';
import { useState } from 'react';
import { useWorkspace } from '../../../../../../platform/web/client/index.ts';
import { Card, useWords } from '../../../../../../platform/web/ui/index.ts';
import { AnswerFrame } from '../../../answering/frame.tsx';
import { BEGUN, handed, shownOf, type Trial, type Trying } from '../../../answering/trial.ts';
import type { ViewProps } from '../../view.ts';
import { Gathered } from './gathered.tsx';
import { traitsOf } from './needs.ts';
import styles from './trying.module.css';

/** Answering the survey as it is now, without leaving anything. */
export function View({ document, settings }: ViewProps) {
  const { t, format, language: reads } = useWords();
  const { zone } = useWorkspace();
  const [today] = useState(() => dayAt(Date.now(), zone));
  const [trial, setTrial] = useState<Trial>(BEGUN);
  const [round, setRound] = useState(1);
  const [spoken, setSpoken] = useState(reads as string);
  const [hidden, setHidden] = useState<Readonly<Record<string, string>>>({});
  const [person, setPerson] = useState<Readonly<Record<string, string>>>({});
  const [full, setFull] = useState<readonly string[]>([]);
  const [first = 'en'] = document.languages;
  const language = document.languages.includes(spoken) ? spoken : first;
  // Of an anonymous survey a field that may say anything is not taken: it could say who answers.
  const fields = (document.hidden ?? []).filter(({ values }) => !settings.anonymous || values !== undefined);
  const trying: Trying = {
    survey: prepare(document),
    context: {
      language,
      seed: `trial ${round}`,
      hidden: onlyOf(fields, hidden),
      person: settings.anonymous ? {} : person,
      full,
      today,
    },
    theme: settings.theme,
    anonymous: settings.anonymous,
  };
  const shown = shownOf(trying, trial);
  const traits = settings.anonymous ? [] : traitsOf(document);
  const quotas = document.quotas ?? [];

  /** An answer may bring up another question on the same page. */
  const look = (fields: Fields): void => {
    const next = handed(trying, trial, fields, 'stay');
    const asked = (of: Trial): string =>
      shownOf(trying, of)
        .step?.questions.map(({ key }) => key)
        .join(' ') ?? '';
    if (asked(next) !== asked(trial)) setTrial(next);
  };
  return (
    <div className={styles['sides']}>
      <div className={styles['tried']}>
        <AnswerFrame
          title={t('surveys.try.frame')}
          html={shown.html}
          onHand={(fields, to, files) => setTrial(handed(trying, trial, fields, to, files))}
          onChange={look}
          onLanguage={setSpoken}
        />
      </div>
      <div>
        <Card title={t('surveys.try.title')} note={t('surveys.try.note')}>
          <div className={styles['form']}>
            <Button
              variant="default"
              onClick={() => {
                setTrial(BEGUN);
                setRound(round + 1);
              }}
            >
              {t('surveys.try.again')}
            </Button>
            {document.languages.length < 2 ? null : (
              <NativeSelect
                label={t('surveys.try.language')}
                value={language}
                data={document.languages.map((tag) => ({ value: tag, label: format.languageName(tag) }))}
                onChange={({ currentTarget }) => setSpoken(currentTarget.value)}
              />
            )}
            {fields.map(({ id, values }) =>
              values === undefined ? (
                <TextInput
                  key={id}
                  dir="auto"
                  label={t('surveys.try.hidden', { name: id })}
                  value={hidden[id] ?? ''}
                  onChange={({ currentTarget: { value } }) => setHidden({ ...hidden, [id]: value })}
                />
              ) : (
                <NativeSelect
                  key={id}
                  label={t('surveys.try.hidden', { name: id })}
                  value={hidden[id] ?? ''}
                  data={[{ value: '', label: t('surveys.try.none') }, ...values]}
                  onChange={({ currentTarget: { value } }) => setHidden({ ...hidden, [id]: value })}
                />
              ),
            )}
            {traits.map((name) => (
              <TextInput
                key={name}
                dir="auto"
                label={t('surveys.try.person', { name })}
                value={person[name] ?? ''}
                onChange={({ currentTarget: { value } }) => setPerson(withTrait(person, name, value))}
              />
            ))}
            {quotas.length === 0 ? null : (
              <Checkbox.Group label={t('surveys.try.full')} value={[...full]} onChange={(chosen) => setFull(chosen)}>
                <div className={styles['boxes']}>
                  {quotas.map(({ id, name }) => (
                    <Checkbox key={id} value={id} label={<bdi>{name}</bdi>} />
                  ))}
                </div>
              </Checkbox.Group>
            )}
          </div>
        </Card>
        <Gathered
          {...{ document, settings }}
          found={shown.found}
          ended={shown.step === undefined}
          now={shown.step?.key}
        />
      </div>
    </div>
  );
}

function onlyOf(
  fields: readonly { readonly id: string }[],
  hidden: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(hidden).filter(([name]) => fields.some(({ id }) => id === name)));
}

/** A trait that is empty is not known. */
function withTrait(person: Readonly<Record<string, string>>, name: string, value: string): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...person, [name]: value }).filter(([, one]) => one !== ''));
}
