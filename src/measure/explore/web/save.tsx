import { Button, Switch } from '@mantine/core';
import { addDays, daysBetween } from '@touchstone/domain/calendar';
import { useState } from 'react';
import { api, useRead, useReader, useWrite } from '../../../platform/web/client/index.ts';
import { apart, ErrorNote, useAddress, useWords } from '../../../platform/web/ui/index.ts';
import type { MetricInfo } from '../../metrics/contract.ts';
import type { SavedView, ViewState } from '../contract.ts';
import { NameDialog } from './name-dialog.tsx';
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
  const name = apart(saved.name);
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
  return (
    <NameDialog
      title={t('explore.save.title')}
      name=""
      isPending={create.isPending}
      error={create.error}
      onName={(name) => create.mutate({ name, state, shared, moving })}
      onClose={onClose}
    >
      <Switch label={t('explore.save.shared')} checked={shared} onChange={(e) => setShared(e.currentTarget.checked)} />
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
    </NameDialog>
  );
}
