import { Checkbox, Radio } from '@mantine/core';
import { useWords } from '../../web/ui/index.ts';
import { COMPANY_KINDS, HAVINGS, type CompanyKind, type Having } from '../vocabulary.ts';
import styles from './welcome.module.css';

/** Of which kind the company is. */
export function Kind(props: { readonly chosen: CompanyKind | null; readonly onChoose: (kind: CompanyKind) => void }) {
  const { t } = useWords();
  return (
    <Radio.Group
      aria-label={t('welcome.kind')}
      value={props.chosen}
      onChange={(value) => {
        const kind = COMPANY_KINDS.find((known) => known === value);
        if (kind !== undefined) props.onChoose(kind);
      }}
    >
      <div className={styles['tiles']}>
        {COMPANY_KINDS.map((kind) => (
          <Radio.Card key={kind} value={kind} className={styles['tile'] ?? ''}>
            <Radio.Indicator />
            <Said title={t(`welcome.kind.${kind}`)} what={t(`welcome.kind.${kind}.what`)} />
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

/** What it has to begin with. */
export function Has(props: { readonly chosen: readonly Having[]; readonly onChoose: (has: Having[]) => void }) {
  const { t } = useWords();
  return (
    <Checkbox.Group
      aria-label={t('welcome.has')}
      value={[...props.chosen]}
      onChange={(values) => props.onChoose(HAVINGS.filter((having) => values.includes(having)))}
    >
      <div className={styles['tiles']}>
        {HAVINGS.map((having) => (
          <Checkbox.Card key={having} value={having} className={styles['tile'] ?? ''}>
            <Checkbox.Indicator />
            <Said title={t(`welcome.has.${having}`)} what={t(`welcome.has.${having}.what`)} />
          </Checkbox.Card>
        ))}
      </div>
    </Checkbox.Group>
  );
}

function Said({ title, what }: { readonly title: string; readonly what: string }) {
  return (
    <span>
      <strong>{title}</strong>
      <span className={styles['what']}>{what}</span>
    </span>
  );
}
