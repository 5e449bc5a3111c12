import { Button, Group, NativeSelect, NumberInput, Stack } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { api, useWorkspace, useWrite } from '../../web/client/index.ts';
import { Card, Confirm, ErrorNote, useWords } from '../../web/ui/index.ts';
import type { KeptKind, RetentionPreview } from '../contract.ts';
import { MOST_DAYS } from '../vocabulary.ts';

/** Says another limit: first what it would remove, then, where it keeps less, whether that is meant. */
export function Edit({ kept, onClose }: { readonly kept: KeptKind; readonly onClose: () => void }) {
  const { t } = useWords();
  const { kind, floorDays } = kept;
  const said = (kept.coming ?? kept).days;
  const [how, setHow] = useState<'forever' | 'limited'>(said === null ? 'forever' : 'limited');
  const [days, setDays] = useState<number>(said ?? Math.max(floorDays, 730));
  const preview = useWrite(api.retention.preview);
  const set = useWrite(api.retention.set, { refresh: ['retention'], onDone: onClose });
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const look = (event: FormEvent): void => {
    event.preventDefault();
    set.reset();
    preview.mutate({ kind, ...(how === 'forever' ? {} : { days }) });
  };
  const changed = (change: () => void): void => {
    preview.reset();
    change();
  };
  const save = (told: RetentionPreview): Promise<KeptKind> =>
    set.mutateAsync({ kind, days: told.days, confirm: told.shortens });
  return (
    <Card title={t('retention.edit.title', { kind: t(`retention.kind.${kind}`) })}>
      <form onSubmit={look}>
        <Stack gap={16}>
          <Group align="end" gap={12}>
            <NativeSelect
              ref={first}
              label={t('retention.edit.how')}
              value={how}
              data={[
                { value: 'forever', label: t('retention.edit.forever') },
                { value: 'limited', label: t('retention.edit.limited') },
              ]}
              onChange={(e) => {
                const value = e.currentTarget.value === 'limited' ? 'limited' : 'forever';
                changed(() => setHow(value));
              }}
            />
            {how === 'forever' ? null : (
              <NumberInput
                label={t('retention.edit.days', { floor: floorDays })}
                required
                min={1}
                max={MOST_DAYS}
                allowDecimal={false}
                value={days}
                onChange={(value) => changed(() => setDays(Math.trunc(Number(value))))}
              />
            )}
            <Button type="submit" variant="default" loading={preview.isPending}>
              {t('retention.edit.look')}
            </Button>
            <Button variant="subtle" onClick={onClose}>
              {t('retention.edit.close')}
            </Button>
          </Group>
          <ErrorNote error={preview.error ?? set.error} />
          {preview.data === undefined ? null : <Told told={preview.data} onSave={save} isSaving={set.isPending} />}
        </Stack>
      </form>
    </Card>
  );
}

function Told(props: {
  readonly told: RetentionPreview;
  readonly onSave: (told: RetentionPreview) => Promise<unknown>;
  readonly isSaving: boolean;
}) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { told, onSave, isSaving } = props;
  const { kind, rows, before, oldest, shortens, from } = told;
  const counted = t(`retention.count.${kind}`, { count: rows });
  const day = (at: string): string => format.dayOf(at, zone);
  const what =
    before === null || !shortens
      ? t('retention.edit.same')
      : oldest === null
        ? t('retention.edit.removesNothing', { before: day(before) })
        : t('retention.edit.removes', { counted, before: day(before), oldest: day(oldest) });
  const sentence = shortens ? `${what} ${t('retention.edit.grace', { from: format.moment(from, zone) })}` : what;
  return (
    <>
      <p role="status">{sentence}</p>
      <Group>
        {shortens ? (
          <Confirm
            title={rows === 0 ? t('retention.edit.confirmNone') : t('retention.edit.confirm', { counted })}
            sentence={sentence}
            yes={t('retention.edit.shorten')}
            onYes={() => onSave(told)}
          >
            {(ask) => (
              <Button color="clay" onClick={ask}>
                {t('retention.edit.shorten')}
              </Button>
            )}
          </Confirm>
        ) : (
          <Button loading={isSaving} onClick={() => void onSave(told).catch(() => undefined)}>
            {t('retention.edit.save')}
          </Button>
        )}
      </Group>
    </>
  );
}
