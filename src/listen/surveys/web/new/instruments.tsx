import { Button, Checkbox } from '@mantine/core';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '@touchstone/domain/languages';
import { useState } from 'react';
import { api, useRead, useWrite } from '../../../../platform/web/client/index.ts';
import { Card, ErrorNote, Loading, useWords } from '../../../../platform/web/ui/index.ts';
import type { ReadyInstrument } from '../../contract.ts';
import styles from './new.module.css';
import type { WayProps } from './ways.ts';

/** From a survey that is ready to be asked: what it measures, when to ask it, whose it is. */
export function Way({ onMade }: WayProps) {
  const { t, language: own } = useWords();
  const [languages, setLanguages] = useState<readonly Language[]>(own === 'en' ? ['en'] : [own, 'en']);
  const ready = useRead(['surveys', 'instruments', own], (signal) =>
    api.surveys.instruments({ language: own }, { signal }),
  );
  const make = useWrite(api.surveys.createReady, { refresh: ['surveys'], onDone: ({ id }) => onMade(id) });
  const toggle = (language: Language, on: boolean): void =>
    setLanguages((now) => (on ? [...now, language] : now.filter((one) => one !== language)));
  return (
    <>
      <Checkbox.Group
        label={t('surveys.ready.languages')}
        description={t('surveys.ready.languages.note')}
        value={[...languages]}
      >
        <div className={styles['languages']}>
          {[own, ...LANGUAGES.filter((one) => one !== own)].map((one) => (
            <Checkbox
              key={one}
              value={one}
              label={LANGUAGE_NAMES[one]}
              lang={one}
              onChange={(event) => toggle(one, event.currentTarget.checked)}
            />
          ))}
        </div>
      </Checkbox.Group>
      <ErrorNote error={ready.error ?? make.error} />
      {ready.isPending ? <Loading as="rows" count={4} /> : null}
      <ul className={styles['list']} aria-label={t('surveys.ready.list')}>
        {(ready.data?.items ?? []).map((one) => (
          <li key={one.id}>
            <Card>
              <Ready
                of={one}
                isMaking={make.isPending && make.variables.instrument === one.id}
                isOff={languages.length === 0 || make.isPending}
                onMake={() => make.mutate({ instrument: one.id, languages: [...languages] })}
              />
            </Card>
          </li>
        ))}
      </ul>
    </>
  );
}

function Ready(props: {
  readonly of: ReadyInstrument;
  readonly isMaking: boolean;
  readonly isOff: boolean;
  readonly onMake: () => void;
}) {
  const { t, format } = useWords();
  const { id, name, measures, when, structure, sources, trademark, questions, seconds, anonymous } = props.of;
  const time = format.duration(Math.max(30, Math.ceil(seconds.longest / 30) * 30));
  return (
    <article className={styles['one']} aria-labelledby={`ready-${id}`}>
      <h2 id={`ready-${id}`}>{name}</h2>
      <p>{measures}</p>
      <div className={styles['about']}>
        <p className={styles['soft']}>
          <strong>{t('surveys.ready.when')}:</strong> {when}
        </p>
        <p className={styles['soft']}>
          {t('surveys.ready.size', { count: questions, time })}
          {anonymous ? ` · ${t('surveys.ready.anonymous')}` : ''}
        </p>
        {trademark === null ? null : <p className={styles['soft']}>{trademark}</p>}
        <details className={styles['whose']}>
          <summary>{t('surveys.ready.whose')}</summary>
          <p>{structure}</p>
          <ul className={styles['sources']} lang="en" dir="ltr">
            {sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </details>
      </div>
      <div>
        <Button
          variant="default"
          size="compact-md"
          loading={props.isMaking}
          disabled={props.isOff}
          aria-describedby={`ready-${id}`}
          onClick={props.onMake}
        >
          {t('surveys.ready.make')}
        </Button>
      </div>
    </article>
  );
}
