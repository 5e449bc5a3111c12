import { Drawer, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import type { HappeningView } from '../../activity/contract.ts';
import { api } from '../client/api.ts';
import type { HappeningWords } from '../client/capability.ts';
import { useWrite } from '../client/read.ts';
import { useWorkspace } from '../client/session.tsx';
import { useFocusBack } from '../ui/focus-back.ts';
import { Go } from '../ui/go.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { useCapabilities } from './capabilities.ts';
import { goesOn, isNew } from './happenings.ts';
import styles from './panels.module.css';
import type { Activity } from './use-activity.ts';

/** What runs, what waits for somebody, and what ended of late. Loaded when it is first opened; opened, it is seen. */
export function ActivityDrawer({ activity, onClose }: { readonly activity: Activity; readonly onClose: () => void }) {
  const { t } = useWords();
  useFocusBack();
  const { items } = activity;
  // What was new when the reader opened the list stays marked while they read it.
  const [seenAt] = useState(activity.seenAt);
  useSeen(activity);
  const running = items.filter(goesOn);
  const waiting = items.filter(({ state }) => state === 'attention' || state === 'failed');
  const lately = items.filter(({ state }) => state === 'done');
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(440px, 100vw)"
      title={t('web.activity.title')}
      closeButtonProps={{ 'aria-label': t('web.close') }}
    >
      <ErrorNote error={activity.error} />
      {items.length === 0 ? <p className={styles['nothing']}>{t('web.activity.none')}</p> : null}
      <Part
        title={t('web.activity.now')}
        note={t('web.activity.nowNote')}
        items={running}
        seenAt={seenAt}
        onGo={onClose}
      />
      <Part title={t('web.activity.waits')} items={waiting} seenAt={seenAt} onGo={onClose} />
      <Part title={t('web.activity.lately')} items={lately} seenAt={seenAt} onGo={onClose} />
    </Drawer>
  );
}

/** Tells the server that the reader has seen what is newest. */
function useSeen({ items, unseen }: Activity): void {
  const { mutate, isPending } = useWrite(api.activity.seen);
  const newest = items
    .filter((item) => !goesOn(item))
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  useEffect(() => {
    if (unseen > 0 && newest !== undefined && !isPending) mutate({ at: newest });
    // Asked once for each newest, whatever else is drawn anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [newest, unseen === 0]);
}

function Part(props: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly items: readonly HappeningView[];
  readonly seenAt: string | null;
  readonly onGo: () => void;
}) {
  const words = useHappeningWords();
  if (props.items.length === 0) return null;
  return (
    <section className={styles['happenings']}>
      <h2>{props.title}</h2>
      {props.note === undefined ? null : <p>{props.note}</p>}
      <ul>
        {props.items.map((item) => (
          <li key={item.id} data-new={isNew(item, props.seenAt) ? '' : undefined}>
            <Happening item={item} words={words} onGo={props.onGo} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Happening(props: {
  readonly item: HappeningView;
  readonly words: readonly HappeningWords[];
  readonly onGo: () => void;
}) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { item } = props;
  const said = props.words.map((say) => say(item, t)).find((found) => found !== undefined);
  const title = said?.title ?? item.name ?? item.what;
  const link = said === undefined ? title : <Go to={said.to} onClick={props.onGo}>{title}</Go>; // prettier-ignore
  return (
    <>
      <div className={styles['happening']}>
        <span dir="auto">{link}</span>
        <span className={styles['when']}>{format.moment(item.at, zone)}</span>
      </div>
      {said?.note === undefined ? null : <p data-state={item.state}>{said.note}</p>}
      {item.state === 'running' ? <Course item={item} label={title} /> : null}
    </>
  );
}

function Course({ item, label }: { readonly item: HappeningView; readonly label: string }) {
  const { t, format } = useWords();
  const { share, secondsLeft } = item;
  const told = [
    ...(share === null ? [] : [format.percent(share, 0)]),
    ...(secondsLeft === null ? [] : [t('web.progress.left', { time: format.duration(secondsLeft) })]),
  ];
  return (
    <>
      <Progress
        size="sm"
        mt={6}
        value={share === null ? 100 : share * 100}
        animated={share === null}
        striped={share === null}
        aria-label={label}
      />
      <p className="num">{told.join(' · ')}</p>
    </>
  );
}

/** Words of every capability that has some. */
function useHappeningWords(): readonly HappeningWords[] {
  const capabilities = useCapabilities();
  const words = useQuery({
    queryKey: ['happening-words'],
    queryFn: () => Promise.all(capabilities.flatMap((c) => (c.happenings === undefined ? [] : [c.happenings()]))),
    staleTime: Infinity,
  });
  return words.data ?? [];
}
