import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { useRef, useState, type ReactNode } from 'react';
import { Card, useWords, type Concept } from '../../../platform/web/ui/index.ts';
import type { CatalogueBody } from '../contract.ts';
import { type Change, moved, newDraftId, withoutNamed } from './draft.ts';
import { Movers } from './movers.tsx';
import styles from './catalogue.module.css';

export interface PartProps {
  readonly draft: CatalogueBody;
  readonly mayWrite: boolean;
  readonly onChange: (change: Change) => void;
}

/** Stages, in the order that pages and figures show them. */
export function Stages({ draft, mayWrite, onChange }: PartProps) {
  const { t } = useWords();
  const set = (stages: CatalogueBody['stages']): void => onChange((d) => ({ ...d, stages }));
  return (
    <NamedList
      title={t('catalogue.stages')}
      note={t('catalogue.stages.note')}
      help="stage"
      newLabel={t('catalogue.stages.new')}
      items={draft.stages}
      mayWrite={mayWrite}
      onSet={set}
      ordered
      blocked={(id) =>
        draft.touchpoints.some((p) => p.stageId === id)
          ? t('catalogue.stages.used')
          : draft.stages.length === 1
            ? t('catalogue.stages.last')
            : null
      }
      onRemove={(id) => set(draft.stages.filter((s) => s.id !== id))}
    />
  );
}

export function Channels({ draft, mayWrite, onChange }: PartProps) {
  const { t } = useWords();
  return (
    <NamedList
      title={t('catalogue.channels')}
      help="channel"
      newLabel={t('catalogue.channels.new')}
      items={draft.channels}
      mayWrite={mayWrite}
      onSet={(channels) => onChange((d) => ({ ...d, channels }))}
      onRemove={(id) => onChange((d) => withoutNamed(d, 'channels', id))}
    />
  );
}

export function Teams({ draft, mayWrite, onChange }: PartProps) {
  const { t } = useWords();
  return (
    <NamedList
      title={t('catalogue.teams')}
      note={t('catalogue.teams.note')}
      newLabel={t('catalogue.teams.new')}
      items={draft.teams}
      mayWrite={mayWrite}
      onSet={(teams) => onChange((d) => ({ ...d, teams }))}
      onRemove={(id) => onChange((d) => withoutNamed(d, 'teams', id))}
    />
  );
}

interface Item {
  readonly id: string;
  readonly name: string;
}

function NamedList(props: {
  readonly title: string;
  readonly note?: string;
  readonly help?: Concept;
  readonly newLabel: string;
  readonly items: readonly Item[];
  readonly mayWrite: boolean;
  readonly ordered?: boolean;
  /** Why an item cannot be removed, or null. */
  readonly blocked?: (id: string) => string | null;
  readonly onSet: (items: Item[]) => void;
  readonly onRemove: (id: string) => void;
}): ReactNode {
  const { t } = useWords();
  const { items, mayWrite, onSet } = props;
  return (
    <Card title={props.title} note={props.note} {...(props.help === undefined ? {} : { help: props.help })}>
      <ol className={styles['list']}>
        {items.map((item, i) => {
          const why = props.blocked?.(item.id) ?? null;
          return (
            <li key={item.id} className={styles['row']}>
              {mayWrite ? (
                <>
                  <TextInput
                    size="xs"
                    className={styles['grow'] ?? ''}
                    aria-label={`${t('catalogue.name')}: ${item.name}`}
                    value={item.name}
                    maxLength={80}
                    onChange={(e) => {
                      const name = e.currentTarget.value;
                      onSet(items.map((other) => (other.id === item.id ? { ...other, name } : other)));
                    }}
                  />
                  {props.ordered === true ? (
                    <Movers
                      name={item.name}
                      place={i}
                      count={items.length}
                      onMove={(by) => onSet(moved(items, i, by))}
                    />
                  ) : null}
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('catalogue.remove', { name: item.name })}
                    title={why ?? t('catalogue.remove', { name: item.name })}
                    disabled={why !== null}
                    onClick={() => props.onRemove(item.id)}
                  >
                    ×
                  </ActionIcon>
                </>
              ) : (
                <span dir="auto">{item.name}</span>
              )}
            </li>
          );
        })}
      </ol>
      {mayWrite ? (
        <Adder label={props.newLabel} onAdd={(name) => onSet([...items, { id: newDraftId(), name }])} />
      ) : null}
    </Card>
  );
}

function Adder({ label, onAdd }: { readonly label: string; readonly onAdd: (name: string) => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        onAdd(name.trim());
        setName('');
        field.current?.focus();
      }}
    >
      <Group gap={6} mt={8} wrap="nowrap">
        <TextInput
          ref={field}
          size="xs"
          className={styles['grow'] ?? ''}
          aria-label={label}
          placeholder={label}
          value={name}
          maxLength={80}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default">
          {t('catalogue.add')}
        </Button>
      </Group>
    </form>
  );
}
