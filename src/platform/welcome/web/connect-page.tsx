import { Chip, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { api, useRead, useReader, useWorkspace } from '../../web/client/index.ts';
import { Card, ErrorNote, Go, Page as Opened, useWords } from '../../web/ui/index.ts';
import { Copied } from '../../web/ui/copied.tsx';
import { Live } from './live.tsx';
import { addressOf, EXAMPLES, snippetOf, WAYS } from './snippets.ts';
import styles from './welcome.module.css';
import { useWelcomeWords } from './words.ts';

/** Lines to copy that send the first event, and a look at whether it arrives. */
export function Page() {
  useWelcomeWords();
  const { t } = useWords();
  const { may } = useReader();
  return (
    <Opened
      name={t('welcome.connect.nav')}
      sentence={t('welcome.connect.sentence')}
      note={t('welcome.connect.note')}
      actions={<Go to="/workspace/keys">{t('workspaces.keys.nav')}</Go>}
    >
      <Lines />
      {may('events:read') ? <Live /> : null}
    </Opened>
  );
}

function Lines() {
  const { t } = useWords();
  const { may } = useReader();
  const { currency } = useWorkspace();
  const keys = useRead(['workspaces', 'keys'], (signal) => api.workspaces.keys.list(undefined, { signal }));
  const known = useRead(['welcome'], (signal) => api.welcome.get(undefined, { signal }), {
    enabled: may('workspace:write'),
  });
  const [way, setWay] = useState<(typeof WAYS)[number]>('curl');
  const [example, setExample] = useState<(typeof EXAMPLES)[number]>('order');
  const [chosen, setChosen] = useState<string>();
  const writeKeys = (keys.data?.items ?? []).filter((key) => key.kind === 'write' && key.revokedAt === null);
  const key = writeKeys.find(({ id }) => id === chosen) ?? writeKeys[0];
  const url = addressOf(known.data?.url ?? '', location.origin);
  return (
    <Card title={t('welcome.connect.lines')} help="write_key">
      <ErrorNote error={keys.error ?? known.error} />
      {key === undefined ? (
        keys.data === undefined ? null : (
          <p>
            {t('welcome.connect.noKey')} <Go to="/workspace/keys">{t('workspaces.keys.nav')}</Go>
          </p>
        )
      ) : (
        <>
          <Chip.Group value={way} onChange={(value) => setWay(WAYS.find((known) => known === value) ?? way)}>
            <Group gap={8} role="radiogroup" aria-label={t('welcome.connect.from')}>
              {WAYS.map((one) => (
                <Chip key={one} value={one} size="sm" variant="outline" classNames={{ label: styles['chip'] ?? '' }}>
                  {t(`welcome.way.${one}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Group gap={12} align="end" className={styles['choices'] ?? ''}>
            <NativeSelect
              label={t('welcome.connect.example')}
              data={EXAMPLES.map((value) => ({ value, label: t(`welcome.connect.example.${value}`) }))}
              value={example}
              onChange={(e) => setExample(EXAMPLES.find((one) => one === e.currentTarget.value) ?? example)}
            />
            {writeKeys.length < 2 ? null : (
              <NativeSelect
                label={t('welcome.connect.key')}
                data={writeKeys.map(({ id, name }) => ({ value: id, label: name }))}
                value={key.id}
                onChange={(e) => setChosen(e.currentTarget.value)}
              />
            )}
          </Group>
          <Copied
            quiet
            label={t(`welcome.way.${way}.note`)}
            text={snippetOf(way, { url, writeKey: key.shown, currency, example })}
          />
          <p className={styles['counts']}>{t('welcome.connect.counts')}</p>
        </>
      )}
    </Card>
  );
}
