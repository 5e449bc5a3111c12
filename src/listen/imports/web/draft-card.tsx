import { Button, NativeSelect } from '@mantine/core';
import { IMPORT_KINDS } from '@touchstone/domain/tabular';
import { Card, ErrorNote, Progress, useWords } from '../../../platform/web/ui/index.ts';
import type { Preview } from '../contract.ts';
import type { Draft, Kind, Mapping } from './drafts.ts';
import { fieldLabel } from './field-labels.ts';
import styles from './imports.module.css';
import { MappingTable } from './mapping-table.tsx';
import { PreviewTable } from './preview-table.tsx';
import { ScaleFields } from './scale-fields.tsx';

const DELIMITER_NAMES = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  '^': 'caret',
  '~': 'tilde',
  '\u0001': 'soh',
  '\u001f': 'us',
} as const;

export interface DraftCardProps {
  readonly draft: Draft;
  readonly onPart: (part: string) => void;
  readonly onKind: (kind: Kind) => void;
  readonly onMapping: (mapping: Mapping) => void;
  readonly onRemove: () => void;
}

/** One file before it is loaded: what it is taken for, and how it will look. */
export function DraftCard({ draft, onPart, onKind, onMapping, onRemove }: DraftCardProps) {
  const { t } = useWords();
  const { file, preview, error } = draft;
  return (
    <Card
      title={<bdi>{file.name}</bdi>}
      {...(preview === undefined ? {} : { note: <Written preview={preview} />, help: 'row_key' })}
      onward={
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={t('imports.draft.removeOne', { file: file.name })}
          onClick={onRemove}
        >
          {t('imports.draft.remove')}
        </Button>
      }
    >
      <ErrorNote error={error} />
      {preview === undefined && error === null ? (
        <Progress
          label={draft.sent < 1 ? t('imports.draft.sending') : t('imports.draft.reading')}
          share={draft.sent < 1 ? draft.sent : undefined}
        />
      ) : null}
      {preview === undefined ? null : (
        <>
          <Sheets preview={preview} onPart={onPart} />
          <NativeSelect
            label={t('imports.draft.kind')}
            value={preview.kind ?? ''}
            w={280}
            mb={12}
            onChange={(event) => {
              const kind = IMPORT_KINDS.find((k) => k === event.currentTarget.value);
              if (kind !== undefined) onKind(kind);
            }}
            data={[
              ...(preview.kind === null ? [{ value: '', label: t('imports.draft.unknown') }] : []),
              ...IMPORT_KINDS.map((kind) => ({ value: kind, label: t(`imports.kind.${kind}`) })),
            ]}
          />
          <Remarks preview={preview} />
          {preview.kind === null || preview.mapping === null ? null : (
            <>
              {preview.kind === 'feedback' ? <ScaleFields mapping={preview.mapping} onChange={onMapping} /> : null}
              <MappingTable
                fileName={file.name}
                kind={preview.kind}
                columns={preview.columns}
                mapping={preview.mapping}
                onChange={onMapping}
              />
              <PreviewTable fileName={file.name} rows={preview.rows} mapping={preview.mapping} />
            </>
          )}
        </>
      )}
    </Card>
  );
}

function Written({ preview: { format, bytes } }: { readonly preview: Preview }) {
  const { t, format: words } = useWords();
  const encoding = format.encoding.toUpperCase();
  const size = words.bytes(bytes);
  if (format.origin?.packed.includes('xlsx') === true) {
    return <>{t('imports.draft.formatSheet', { sheet: format.origin.part ?? '', size })}</>;
  }
  if (format.origin?.packed.includes('parquet') === true) return <>{t('imports.draft.formatParquet', { size })}</>;
  if (format.kind === 'ndjson') return <>{t('imports.draft.formatJson', { encoding, size })}</>;
  const delimiter = t(`imports.delimiter.${DELIMITER_NAMES[format.delimiter]}`);
  return <>{t('imports.draft.format', { encoding, delimiter, size })}</>;
}

/** The sheets of a workbook, where there are several: which of them is read. */
function Sheets({ preview, onPart }: { readonly preview: Preview; readonly onPart: (part: string) => void }) {
  const { t } = useWords();
  const { origin } = preview.format;
  if (origin?.part === undefined || origin.packed.at(-1) !== 'xlsx' || origin.others.length === 0) return null;
  return (
    <NativeSelect
      label={t('imports.draft.sheet')}
      value={origin.part}
      w={280}
      mb={12}
      onChange={(event) => onPart(event.currentTarget.value)}
      data={[origin.part, ...origin.others]}
    />
  );
}

/** What a person should know before starting. */
function Remarks({ preview }: { readonly preview: Preview }) {
  const { t, format } = useWords();
  const { kind, mapping, missing, repeatedKeys, saved } = preview;
  if (kind === null || mapping === null) return null;
  const name = (field: string): string => {
    const label = fieldLabel(field);
    return label === undefined ? field : t(label);
  };
  const leftOut = preview.format.origin?.leftOut ?? [];
  const wanted = missing.map((any) => any.map(name).join(t('imports.draft.or')));
  return (
    <ul className={styles['remarks']}>
      {wanted.length === 0 ? null : (
        <li className={styles['problem']}>{t('imports.draft.missing', { fields: format.list(wanted) })}</li>
      )}
      {leftOut.length === 0 ? null : <li>{t('imports.draft.leftOut', { columns: format.list(leftOut) })}</li>}
      {preview.format.encodingCertain ? null : <li>{t('imports.draft.uncertain')}</li>}
      {repeatedKeys === 0 ? null : (
        <li className={styles['problem']}>{t('imports.draft.repeated', { count: repeatedKeys })}</li>
      )}
      {mapping.key.length > 0 ? null : <li>{t('imports.draft.noKey')}</li>}
      <li>{t(saved ? 'imports.draft.saved' : 'imports.draft.guessed')}</li>
    </ul>
  );
}
