import { Button, Checkbox, TextInput } from '@mantine/core';
import { addDays, startOfDayMs } from '@touchstone/domain/calendar';
import { useState, type FormEvent } from 'react';
import { api, useRead, useWorkspace, useWrite } from '../../../platform/web/client/index.ts';
import { Card, Confirm, DataTable, DayField, ErrorNote, Loading, useWords } from '../../../platform/web/ui/index.ts';
import { Copied } from '../../../platform/web/ui/copied.tsx';
import type { ResultsAsked } from './results-page.tsx';
import styles from './results.module.css';

/** Links by which anybody reads these results. */
export function SharedLinks({ asked, anonymous }: { readonly asked: ResultsAsked; readonly anonymous: boolean }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { surveyId, words: _words, ...scope } = asked;
  const [texts, setTexts] = useState(false);
  const [until, setUntil] = useState('');
  const links = useRead(['responses', 'reports', surveyId], (signal) =>
    api.responses.reports({ surveyId }, { signal }),
  );
  const share = useWrite(api.responses.share, { refresh: ['responses'] });
  const unshare = useWrite(api.responses.unshare, { refresh: ['responses'] });
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    if (typeof name !== 'string' || name.trim() === '') return;
    share.mutate({
      surveyId,
      ...scope,
      name: name.trim(),
      texts,
      ...(until === '' ? {} : { expiresAt: new Date(startOfDayMs(addDays(until, 1), zone)).toISOString() }),
    });
  };
  return (
    <>
      <Card title={t('responses.share.title')} note={t('responses.share.note')}>
        <form className={styles['question']} onSubmit={send}>
          <TextInput name="name" label={t('responses.share.name')} required maxLength={120} />
          <DayField label={t('responses.share.until')} value={until} onChange={setUntil} />
          <Checkbox
            label={t('responses.share.texts')}
            description={anonymous ? undefined : t('responses.share.textsNote')}
            checked={texts}
            onChange={(event) => setTexts(event.currentTarget.checked)}
          />
          <div>
            <Button type="submit" loading={share.isPending}>
              {t('responses.share.make')}
            </Button>
          </div>
        </form>
        <ErrorNote error={share.error} />
        {share.data === undefined ? null : (
          <>
            <p>{t('responses.share.once')}</p>
            <Copied label={t('responses.share.link')} text={share.data.url} />
          </>
        )}
      </Card>
      <Card title={t('responses.share.links')}>
        <ErrorNote error={links.error ?? unshare.error} />
        <DataTable
          label={t('responses.share.links')}
          rows={links.data?.items ?? []}
          rowKey={({ id }) => id}
          stacked
          columns={[
            { key: 'name', title: t('responses.share.name'), cell: ({ name }) => <bdi>{name}</bdi> },
            { key: 'at', title: t('responses.share.madeAt'), cell: ({ createdAt }) => format.dayOf(createdAt, zone) },
            {
              key: 'until',
              title: t('responses.share.until'),
              cell: ({ expiresAt }) =>
                expiresAt === null ? t('responses.share.always') : format.dayOf(expiresAt, zone),
            },
            {
              key: 'texts',
              title: t('responses.share.shows'),
              cell: (link) => t(link.texts ? 'responses.share.showsTexts' : 'responses.share.showsFigures'),
            },
            {
              key: 'remove',
              title: t('responses.share.remove'),
              align: 'end',
              cell: ({ id, name }) => (
                <Confirm
                  title={t('responses.share.removeAsk')}
                  sentence={t('responses.share.removeWhat', { name })}
                  yes={t('responses.share.remove')}
                  onYes={() => unshare.mutateAsync({ surveyId, reportId: id })}
                >
                  {(ask) => (
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={ask}
                      aria-label={`${t('responses.share.remove')}: ${name}`}
                    >
                      {t('responses.share.remove')}
                    </Button>
                  )}
                </Confirm>
              ),
            },
          ]}
          empty={links.isPending ? <Loading as="rows" count={2} /> : <p>{t('responses.share.none')}</p>}
        />
      </Card>
    </>
  );
}
