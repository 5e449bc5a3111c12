import { useWorkspace } from '../../../platform/web/client/index.ts';
import { DataTable, useWords } from '../../../platform/web/ui/index.ts';
import type { CatalogueBody, RulePreview } from '../contract.ts';
import styles from './catalogue.module.css';

/** What a rule matches, and what the whole draft would change. */
export function PreviewResult({ preview, draft }: { readonly preview: RulePreview; readonly draft: CatalogueBody }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const nameOf = (id: string): string =>
    id === '' ? t('catalogue.nowhere') : (draft.touchpoints.find((p) => p.id === id)?.name ?? id);
  const { matches, facts, decides, changes } = preview;
  return (
    <div>
      <p role="status" className={styles['preview']}>
        {t('catalogue.preview.sentence', { matches, facts, decides, changes })}
      </p>
      {preview.sample.length === 0 ? null : (
        <DataTable
          label={t('catalogue.preview.sample')}
          rows={preview.sample}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'what',
              title: t('catalogue.preview.what'),
              cell: (row) => (
                <>
                  <bdi>{row.what}</bdi>
                  <div className={styles['quiet']} dir="auto">
                    {row.detail.slice(0, 120)}
                  </div>
                </>
              ),
            },
            { key: 'at', title: t('catalogue.preview.at'), wide: true, cell: (row) => format.moment(row.at, zone) },
            { key: 'before', title: t('catalogue.preview.before'), cell: (row) => nameOf(row.before) },
            { key: 'after', title: t('catalogue.preview.after'), cell: (row) => nameOf(row.after) },
          ]}
        />
      )}
    </div>
  );
}
