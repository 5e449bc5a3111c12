import { Button, MultiSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { api, useReader, useRead } from '../../../../platform/web/client/index.ts';
import { Card, ErrorNote, useWords } from '../../../../platform/web/ui/index.ts';
import styles from './codes.module.css';
import {
  codesOf,
  codesOfTouchpoints,
  HANGING,
  type Hanging,
  MOST_CODES,
  pictureOf,
  sheetsOf,
  type Wanted,
} from './wanted.ts';

/** QR codes: what they stand for, how they look, and a page to print. */
export function Codes({ surveyId }: { readonly surveyId: string }) {
  const { t } = useWords();
  const [as, setAs] = useState<Hanging>('place');
  const [lines, setLines] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [call, setCall] = useState('');
  const catalogue = useRead(['catalogue'], (signal) => api.catalogue.get(undefined, { signal }), {
    enabled: as === 'touchpoint',
  });
  const touchpoints = catalogue.data?.touchpoints ?? [];
  const typed = useDeferredValue(lines);
  const codes = as === 'touchpoint' ? codesOfTouchpoints(touchpoints, chosen) : codesOf(typed, as);
  return (
    <Card title={t('surveys.codes')} note={t('surveys.codes.note')}>
      <div className={styles['form']}>
        <SegmentedControl
          className={styles['kinds'] ?? ''}
          aria-label={t('surveys.codes.as')}
          value={as}
          onChange={(value) => {
            const next = HANGING.find((one) => one === value);
            if (next === undefined) return;
            setAs(next);
            setLines('');
          }}
          data={HANGING.map((value) => ({ value, label: t(`surveys.codes.as.${value}`) }))}
        />
        {as === 'touchpoint' ? (
          <MultiSelect
            searchable
            label={t('surveys.codes.touchpoints')}
            data={touchpoints.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={setChosen}
            maxValues={MOST_CODES}
          />
        ) : (
          <Textarea
            rows={6}
            resize="vertical"
            label={t(`surveys.codes.lines.${as}`)}
            description={t('surveys.codes.lines.note')}
            value={lines}
            onChange={(event) => setLines(event.currentTarget.value)}
          />
        )}
        <ErrorNote error={catalogue.error} />
        <TextInput
          label={t('surveys.codes.call')}
          description={t('surveys.codes.call.note')}
          maxLength={120}
          value={call}
          onChange={(event) => setCall(event.currentTarget.value)}
        />
      </div>
      {codes.length === 0 ? null : <Drawn surveyId={surveyId} as={as} call={call} codes={codes} />}
    </Card>
  );
}

interface DrawnProps {
  readonly surveyId: string;
  readonly as: Hanging;
  readonly call: string;
  readonly codes: readonly Wanted[];
}

function Drawn({ surveyId, as, call, codes }: DrawnProps) {
  const { t } = useWords();
  const place = { surveyId, workspace: useReader().workspace?.id ?? '' };
  return (
    <>
      <div className={styles['print']}>
        {sheetsOf(place, codes, as, call.trim()).map(({ href, count }) => (
          <Button key={href} component="a" href={href} target="_blank" rel="noreferrer">
            {t('surveys.codes.print', { count })}
          </Button>
        ))}
      </div>
      <ul className={styles['codes']}>
        {codes.map((code) => (
          <li key={JSON.stringify(code)}>
            <img src={pictureOf(place, code, 'svg')} alt={t('surveys.codes.of', { name: code.name })} loading="lazy" />
            <p dir="auto">{code.name}</p>
            <p className={styles['save']}>
              {(['svg', 'png'] as const).map((form) => (
                <a
                  key={form}
                  href={pictureOf(place, code, form)}
                  download
                  aria-label={t('surveys.codes.save', { name: code.name, form: form.toUpperCase() })}
                >
                  {form.toUpperCase()}
                </a>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
