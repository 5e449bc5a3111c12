import { Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { addDays, daysBetween } from '@touchstone/domain/calendar';
import { useState, type FormEvent } from 'react';
import { api, useRead, useReader, useWrite } from '../../../platform/web/client/index.ts';
import { ErrorNote, useAddress, useWords } from '../../../platform/web/ui/index.ts';
import type { MetricInfo } from '../../metrics/contract.ts';
import type { SavedView, ViewState } from '../contract.ts';
import { MOST_LETTERS } from '../vocabulary.ts';
import { type Choice, isSame } from './state.ts';

/** The saved view that the address names, where there is one the reader may see. */
function useSaved(choice: Choice): SavedView | undefined {
  const viewId = choice.saved ?? '';
  const read = useRead(['explore', 'view', viewId], (signal) => api.explore.get({ viewId }, { signal }), {
    enabled: viewId !== '',
  });
  return read.data?.id === viewId ? read.data : undefined;
}

/** What the metric is, and which saved view this is. */
export function SavedNote(props: { readonly choice: Choice; readonly state: ViewState; readonly metric: MetricInfo }) {
  const { t } = useWords();
  const saved = useSaved(props.choice);
  const definition = t(`metrics.${props.metric.key}.definition`);
  if (saved === undefined) return definition;
  const name = `\u2068${saved.name}\u2069`;
  return (
    <>
      {t(isSame(saved.opens, props.state) ? 'explore.saved.is' : 'explore.saved.changed', { name })} {definition}
    </>
  );
}

/** Saves the question: what was changed in a view of one's own, or a new one under a name. */
export function SaveButton({ choice, state }: { readonly choice: Choice; readonly state: ViewState }) {
  const { t } = useWords();
  const { may } = useReader();
  const [opened, setOpened] = useState(false);
  const saved = useSaved(choice);
  const change = useWrite(api.explore.change, { refresh: ['explore'] });
  if (!may('views:write')) return null;
  const changed = saved?.mine === true && !isSame(saved.opens, state);
  return (
    <>
      <ErrorNote error={change.error} />
      {changed ? (
        <Button
          loading={change.isPending}
          onClick={() => change.mutate({ viewId: saved.id, state, ...(isPeriod(state) ? {} : { moving: false }) })}
        >
          {t('explore.save.changes')}
        </Button>
      ) : null}
      <Button variant={changed ? 'default' : 'filled'} onClick={() => setOpened(true)}>
        {t(saved === undefined ? 'explore.save' : 'explore.save.as')}
      </Button>
      {opened ? <SaveDialog state={state} onClose={() => setOpened(false)} /> : null}
    </>
  );
}

function isPeriod({ from, to }: ViewState): boolean {
  return from !== undefined && to !== undefined;
}

function SaveDialog({ state, onClose }: { readonly state: ViewState; readonly onClose: () => void }) {
  const { t, format } = useWords();
  const [, address] = useAddress();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [moving, setMoving] = useState(false);
  const create = useWrite(api.explore.create, {
    refresh: ['explore'],
    onDone: ({ id }) => {
      onClose();
      address({ saved: id });
    },
  });
  const { from, to } = state;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') create.mutate({ name: name.trim(), state, shared, moving });
  };
  return (
    <Modal opened onClose={onClose} title={t('explore.save.title')} closeButtonProps={{ 'aria-label': t('web.close') }}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <TextInput
            data-autofocus
            label={t('explore.save.name')}
            required
            maxLength={MOST_LETTERS}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <Switch
            label={t('explore.save.shared')}
            checked={shared}
            onChange={(e) => setShared(e.currentTarget.checked)}
          />
          {from === undefined || to === undefined ? null : (
            <Switch
              label={t('explore.save.moving')}
              description={
                moving
                  ? t('explore.save.movingNote', { count: daysBetween(from, to) })
                  : t('explore.save.fixedNote', { range: format.dayRange(from, addDays(to, -1)) })
              }
              checked={moving}
              onChange={(e) => setMoving(e.currentTarget.checked)}
            />
          )}
          <ErrorNote error={create.error} />
          <Group justify="end" gap={8}>
            <Button variant="subtle" onClick={onClose}>
              {t('web.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              {t('explore.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
