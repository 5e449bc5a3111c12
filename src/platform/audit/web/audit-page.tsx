import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, usePages, useWorkspace } from '../../web/client/index.ts';
import { apart, Card, DataTable, EmptyState, ErrorNote, FilterBar, Page as UiPage, Tag, useAddress, useWords, type Column } from '../../web/ui/index.ts'; // prettier-ignore
import { Export } from '../../web/ui/export.tsx';
import type { AuditEntry } from '../contract.ts';
import { ENTRY_KINDS, OBJECT_KINDS, type EntryKind } from '../vocabulary.ts';
import styles from './audit.module.css';
import { type NamedField, namedFields, valueKey } from './field-words.ts';

const isKind = (text: string | undefined): text is EntryKind => ENTRY_KINDS.some((kind) => kind === text);

const NOTHING_SET = { what: undefined, who: undefined, object: undefined, operation: undefined };

/** The log, narrowed by what stands in the address. */
export function Page() {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const [address, change] = useAddress();
  const { who = '', object = '', operation = '', what } = address;
  const filter = {
    ...(isKind(what) ? { kind: what } : {}),
    ...(who === '' ? {} : { by: who }),
    ...(object === '' ? {} : { objectId: object }),
    ...(operation === '' ? {} : { operation }),
  };
  const entries = usePages(['audit', filter], (cursor, signal) =>
    api.audit.list({ ...filter, limit: 50, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
  );

  const narrowings = [
    { key: 'who', label: t('audit.filter.by'), value: who },
    { key: 'object', label: t('audit.filter.object'), value: object },
    { key: 'operation', label: t('audit.filter.operation'), value: operation },
  ] as const;
  const set = [
    ...(isKind(what) ? [{ key: 'what', label: t('audit.kind'), value: t(`audit.kind.${what}`) }] : []),
    ...narrowings.filter(({ value }) => value !== ''),
  ].map(({ key, label, value }) => ({
    key,
    label: `${label}: ${value}`,
    onRemove: () => change({ [key]: undefined }),
  }));

  const columns: readonly Column<AuditEntry>[] = [
    { key: 'at', title: t('audit.at'), cell: (e) => format.moment(e.at, zone) },
    {
      key: 'by',
      title: t('audit.by'),
      cell: (e) => <bdi>{e.by.kind === 'key' ? t('audit.key', { name: e.by.name }) : e.by.name}</bdi>,
    },
    { key: 'kind', title: t('audit.kind'), cell: (e) => <Tag>{t(`audit.kind.${e.kind}`)}</Tag> },
    { key: 'object', title: t('audit.object'), cell: (e) => <ObjectOf entry={e} /> },
    { key: 'operation', title: t('audit.operation'), wide: true, cell: (e) => <code dir="ltr">{e.operation}</code> },
    { key: 'fields', title: t('audit.fields'), wide: true, cell: (e) => <Fields entry={e} /> },
    { key: 'address', title: t('audit.address'), wide: true, cell: (e) => <code dir="ltr">{e.address}</code> },
    { key: 'times', title: t('audit.times'), align: 'end', wide: true, cell: (e) => format.number(e.times) },
  ];

  return (
    <UiPage
      name={t('audit.nav')}
      sentence={t('audit.sentence')}
      note={t('audit.note')}
      help="audit_log"
      actions={<Export path="/audit/entries" input={filter} />}
    >
      <ErrorNote error={entries.error} />
      <FilterBar label={t('audit.nav')} set={set} onClear={() => change(NOTHING_SET)}>
        <NativeSelect
          label={t('audit.kind')}
          value={isKind(what) ? what : ''}
          data={[
            { value: '', label: t('audit.kind.all') },
            ...ENTRY_KINDS.map((kind) => ({ value: kind, label: t(`audit.kind.${kind}`) })),
          ]}
          onChange={(e) => change({ what: e.currentTarget.value || undefined })}
        />
        {narrowings.map(({ key, label, value }) => (
          // Anew where what it holds was taken away below.
          <Narrow key={`${key} ${value}`} label={label} value={value} onChange={(said) => change({ [key]: said })} />
        ))}
      </FilterBar>
      <Card title={t('audit.nav')}>
        <DataTable
          label={t('audit.nav')}
          stacked
          rows={entries.items}
          columns={columns}
          rowKey={(e) => e.id}
          more={{ hasMore: entries.hasMore, isLoading: entries.isLoadingMore, onMore: entries.more }}
          empty={entries.isPending ? null : <EmptyState title={t('audit.empty')} sentence={t('audit.emptySentence')} />}
        />
      </Card>
    </UiPage>
  );
}

/** A field that narrows when it is left or Enter is pressed: each entry shown is a look that is written. */
function Narrow(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
}) {
  const [text, setText] = useState(props.value);
  const settle = (): void => {
    if (text.trim() !== props.value) props.onChange(text.trim() || undefined);
  };
  return (
    <TextInput
      label={props.label}
      dir="auto"
      maxLength={200}
      value={text}
      onChange={(e) => setText(e.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(e) => (e.key === 'Enter' ? settle() : undefined)}
    />
  );
}

/** On what, in words where this page has some, and its id. */
function ObjectOf({ entry: { object } }: { readonly entry: AuditEntry }) {
  const { t } = useWords();
  const kind = OBJECT_KINDS.find((known) => known === object.kind);
  return (
    <>
      {kind === undefined ? <bdi>{object.kind}</bdi> : t(`audit.on.${kind}`)}
      {object.id === '' ? null : (
        <>
          {' '}
          <code dir="ltr" className={styles['id']}>
            {object.id}
          </code>
        </>
      )}
    </>
  );
}

/** What changed to what; else the names of what was sent. Words keep to their own direction. */
function Fields({ entry }: { readonly entry: AuditEntry }) {
  const { t, format } = useWords();
  const nameOf = ({ name, word }: NamedField): string => (word === undefined ? apart(name) : t(`audit.field.${word}`));
  const valueOf = (value: string | null): string => {
    if (value === null) return '–';
    const key = valueKey(value);
    return key === undefined ? apart(value) : t(key);
  };
  const told = entry.changes.map((c) => c.field);
  const others = namedFields(entry.fields.filter((field) => !told.includes(field))).map(nameOf);
  const changes = entry.changes.flatMap(({ field, before, after }) =>
    namedFields([field]).map((named) =>
      t('audit.changed', { field: nameOf(named), before: valueOf(before), after: valueOf(after) }),
    ),
  );
  return format.list([...changes, ...others]);
}
