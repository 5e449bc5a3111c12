import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { api, usePages, useWorkspace, useWrite } from '../../../platform/web/client/index.ts';
import { apart, Card, Confirm, DataTable, ErrorNote, Go, Tag, useWords } from '../../../platform/web/ui/index.ts';
import { useNames } from '../../metrics/web/parts.ts';
import type { SavedView } from '../contract.ts';
import { NameDialog } from './name-dialog.tsx';

/** What was saved: one's own, and what is shared with the workspace. Nothing while there is none. */
export function SavedViews() {
  const { t, format } = useWords();
  const names = useNames();
  const { zone } = useWorkspace();
  const views = usePages(['explore', 'list'], (cursor, signal) =>
    api.explore.list({ limit: 20, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
  );
  if (views.items.length === 0) return <ErrorNote error={views.error} />;
  const question = ({ state }: SavedView): string => {
    const metric = names.metric(state.metric);
    return state.by === undefined ? metric : t('explore.groups.title', { metric, property: names.property(state.by) });
  };
  return (
    <Card title={t('explore.saved.title')} note={t('explore.saved.note')}>
      <ErrorNote error={views.error} />
      <DataTable
        label={t('explore.saved.title')}
        rows={views.items}
        rowKey={(v) => v.id}
        more={{ hasMore: views.hasMore, isLoading: views.isLoadingMore, onMore: views.more }}
        columns={[
          {
            key: 'name',
            title: t('explore.save.name'),
            cell: (v) => (
              <Go to={`/measure/explore/${v.id}`} dir="auto" style={{ overflowWrap: 'anywhere' }}>
                {v.name}
              </Go>
            ),
            value: (v) => v.name,
          },
          { key: 'question', title: t('explore.saved.question'), wide: true, cell: question, value: question },
          {
            key: 'maker',
            title: t('explore.saved.maker'),
            wide: true,
            cell: (v) => <span dir="auto">{v.maker ?? '–'}</span>,
            value: (v) => v.maker,
          },
          {
            key: 'seen',
            title: t('explore.saved.seen'),
            cell: (v) =>
              v.shared ? (
                <Tag>{t('explore.saved.shared')}</Tag>
              ) : (
                <Tag tone="neither">{t('explore.saved.private')}</Tag>
              ),
            value: (v) => String(v.shared),
          },
          {
            key: 'at',
            title: t('explore.saved.at'),
            wide: true,
            cell: (v) => format.dayOf(v.savedAt, zone),
            value: (v) => v.savedAt,
          },
          {
            key: 'more',
            title: t('explore.saved.more'),
            align: 'end',
            cell: (v) => (v.mine || v.removable ? <Actions view={v} /> : null),
          },
        ]}
      />
    </Card>
  );
}

function Actions({ view }: { readonly view: SavedView }) {
  const { t } = useWords();
  const [renaming, setRenaming] = useState(false);
  const change = useWrite(api.explore.change, { refresh: ['explore'] });
  const remove = useWrite(api.explore.remove, { refresh: ['explore'] });
  const { id: viewId, name, shared, mine, removable } = view;
  return (
    <Confirm
      title={t('explore.saved.deleteTitle')}
      sentence={t(shared ? 'explore.saved.deleteShared' : 'explore.saved.deleteOwn', { name: apart(name) })}
      yes={t('explore.saved.delete')}
      onYes={() => remove.mutateAsync({ viewId })}
    >
      {(ask) => (
        <>
          <Menu position="bottom-end" width={240} shadow="md">
            <Menu.Target>
              <Button size="compact-sm" variant="subtle" aria-label={t('explore.saved.actions', { name })}>
                {t('explore.saved.more')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {mine ? (
                <>
                  <Menu.Item onClick={() => setRenaming(true)}>{t('explore.saved.rename')}</Menu.Item>
                  <Menu.Item onClick={() => change.mutate({ viewId, shared: !shared })}>
                    {t(shared ? 'explore.saved.keep' : 'explore.saved.share')}
                  </Menu.Item>
                </>
              ) : null}
              {removable ? <Menu.Item onClick={ask}>{t('explore.saved.delete')}</Menu.Item> : null}
            </Menu.Dropdown>
          </Menu>
          <ErrorNote error={change.error} />
          {renaming ? <Rename view={view} onClose={() => setRenaming(false)} /> : null}
        </>
      )}
    </Confirm>
  );
}

function Rename({ view, onClose }: { readonly view: SavedView; readonly onClose: () => void }) {
  const { t } = useWords();
  const change = useWrite(api.explore.change, { refresh: ['explore'], onDone: onClose });
  return (
    <NameDialog
      title={t('explore.saved.rename')}
      name={view.name}
      isPending={change.isPending}
      error={change.error}
      onName={(name) => change.mutate({ viewId: view.id, name })}
      onClose={onClose}
    />
  );
}
