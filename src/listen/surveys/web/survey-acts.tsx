import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { api, useWrite } from '../../../platform/web/client/index.ts';
import { ConfirmDialog, type Question } from '../../../platform/web/ui/confirm-dialog.tsx';
import { apart, useGo, useWords } from '../../../platform/web/ui/index.ts';
import type { SurveyListed } from '../contract.ts';
import { MOST_NAME_LETTERS } from '../vocabulary.ts';

const REFRESH = { refresh: ['surveys'] };

/** What can be done with a survey from outside: copied, closed, deleted. */
export function SurveyActs({ survey }: { readonly survey: Pick<SurveyListed, 'id' | 'name' | 'state' | 'begun'> }) {
  const { t } = useWords();
  const go = useGo();
  const { id: surveyId, name, state, begun } = survey;
  const [asked, setAsked] = useState<Question>();
  const copy = useWrite(api.surveys.copy, { ...REFRESH, onDone: ({ id }) => go({ to: `/listen/surveys/${id}` }) });
  const close = useWrite(api.surveys.close, REFRESH);
  const remove = useWrite(api.surveys.remove, REFRESH);
  return (
    <>
      <Menu position="bottom-end" width={220} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('surveys.list.acts', { name })}>
            <span aria-hidden="true">⋯</span>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() =>
              copy.mutate({ surveyId, name: t('surveys.act.copyName', { name }).slice(0, MOST_NAME_LETTERS) })
            }
          >
            {t('surveys.act.copy')}
          </Menu.Item>
          {state === 'open' ? (
            <Menu.Item
              onClick={() =>
                setAsked({
                  title: t('surveys.act.close.ask'),
                  sentence: t('surveys.act.close.what', { name: apart(name) }),
                  yes: t('surveys.act.close'),
                  onYes: () => close.mutateAsync({ surveyId }),
                })
              }
            >
              {t('surveys.act.close')}
            </Menu.Item>
          ) : null}
          {begun > 0 ? null : (
            <Menu.Item
              onClick={() =>
                setAsked({
                  title: t('surveys.act.delete.ask'),
                  sentence: t('surveys.act.delete.what', { name: apart(name) }),
                  yes: t('surveys.act.delete'),
                  onYes: () => remove.mutateAsync({ surveyId }),
                })
              }
            >
              {t('surveys.act.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === undefined ? null : <ConfirmDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
