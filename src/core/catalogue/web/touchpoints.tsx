import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Card, useWords } from '../../../platform/web/ui/index.ts';
import type { CatalogueTouchpoint } from '../contract.ts';
import { newDraftId, replaced, withoutTouchpoint } from './draft.ts';
import type { PartProps } from './named-lists.tsx';
import styles from './catalogue.module.css';

/** Touchpoints under their stages. */
export function Touchpoints({ draft, mayWrite, onChange }: PartProps) {
  const { t } = useWords();
  const [open, setOpen] = useState<CatalogueTouchpoint>();
  const nameOf = (list: readonly { id: string; name: string }[], id: string | null): string =>
    list.find((item) => item.id === id)?.name ?? '';
  const rulesTo = (id: string): number => draft.rules.filter((r) => r.touchpointId === id).length;
  const [firstStage] = draft.stages;
  return (
    <Card
      title={t('catalogue.touchpoints')}
      note={t('catalogue.touchpoints.note')}
      help="touchpoint"
      onward={
        mayWrite && firstStage !== undefined ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              setOpen({ id: newDraftId(), name: '', stageId: firstStage.id, channelId: null, teamId: null })
            }
          >
            {t('catalogue.touchpoints.add')}
          </Button>
        ) : undefined
      }
    >
      {draft.stages.map((stage) => {
        const inStage = draft.touchpoints.filter((p) => p.stageId === stage.id);
        return (
          <section key={stage.id} className={styles['stage']}>
            <h3>
              <bdi>{stage.name}</bdi>
            </h3>
            {inStage.length === 0 ? <p className={styles['quiet']}>{t('catalogue.touchpoints.none')}</p> : null}
            <ul className={styles['list']}>
              {inStage.map((p) => (
                <li key={p.id} className={styles['row']}>
                  <div className={styles['grow']}>
                    <span dir="auto">{p.name}</span>
                    <div className={styles['quiet']}>
                      {[nameOf(draft.channels, p.channelId), nameOf(draft.teams, p.teamId)]
                        .filter((words) => words !== '')
                        .map((words) => (
                          <span key={words}>
                            <bdi>{words}</bdi> ·{' '}
                          </span>
                        ))}
                      {t('catalogue.touchpoints.rules', { count: rulesTo(p.id) })}
                    </div>
                  </div>
                  {mayWrite ? (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      onClick={() => setOpen(p)}
                      aria-label={t('catalogue.edit', { name: p.name })}
                    >
                      {t('catalogue.editShort')}
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open?.name === '' ? t('catalogue.touchpoints.add') : open?.name}
        closeButtonProps={{ 'aria-label': t('web.close') }}
      >
        {open === undefined ? null : (
          <Editor
            touchpoint={open}
            draft={draft}
            isNew={!draft.touchpoints.some((p) => p.id === open.id)}
            onDone={(p) => {
              onChange((d) => ({ ...d, touchpoints: replaced(d.touchpoints, p) }));
              setOpen(undefined);
            }}
            onRemove={() => {
              onChange((d) => withoutTouchpoint(d, open.id));
              setOpen(undefined);
            }}
          />
        )}
      </Modal>
    </Card>
  );
}

function Editor(props: {
  readonly touchpoint: CatalogueTouchpoint;
  readonly draft: PartProps['draft'];
  readonly isNew: boolean;
  readonly onDone: (touchpoint: CatalogueTouchpoint) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useWords();
  const { draft } = props;
  const [p, setP] = useState(props.touchpoint);
  const choices = (list: readonly { id: string; name: string }[]) => list.map((i) => ({ value: i.id, label: i.name }));
  const none = { value: '', label: t('catalogue.touchpoint.nobody') };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onDone({ ...p, name: p.name.trim() });
      }}
    >
      <Stack gap={10}>
        <TextInput
          label={t('catalogue.name')}
          required
          maxLength={80}
          value={p.name}
          onChange={(e) => setP({ ...p, name: e.currentTarget.value })}
        />
        <NativeSelect
          label={t('catalogue.touchpoint.stage')}
          value={p.stageId}
          data={choices(draft.stages)}
          onChange={(e) => setP({ ...p, stageId: e.currentTarget.value })}
        />
        <NativeSelect
          label={t('catalogue.touchpoint.channel')}
          value={p.channelId ?? ''}
          data={[none, ...choices(draft.channels)]}
          onChange={(e) => setP({ ...p, channelId: e.currentTarget.value === '' ? null : e.currentTarget.value })}
        />
        <NativeSelect
          label={t('catalogue.touchpoint.team')}
          value={p.teamId ?? ''}
          data={[none, ...choices(draft.teams)]}
          onChange={(e) => setP({ ...p, teamId: e.currentTarget.value === '' ? null : e.currentTarget.value })}
        />
      </Stack>
      <Group justify="space-between" mt="md" gap={8}>
        {props.isNew ? (
          <span />
        ) : (
          <Button variant="subtle" color="clay" onClick={props.onRemove}>
            {t('catalogue.touchpoint.remove')}
          </Button>
        )}
        <Button type="submit">{t('catalogue.apply')}</Button>
      </Group>
    </form>
  );
}
