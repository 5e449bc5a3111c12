import { Card, useWords } from '../../../../platform/web/ui/index.ts';
import { Copied } from '../../../../platform/web/ui/copied.tsx';
import type { ViewProps } from '../editor/view.ts';

/** How respondents come to the survey. */
export function View({ address, version }: ViewProps) {
  const { t } = useWords();
  return (
    <Card title={t('surveys.share.address')} note={t('surveys.share.address.note')}>
      {version === null ? <p>{t('surveys.share.unpublished')}</p> : null}
      <Copied quiet label={t('surveys.share.address')} text={address} />
    </Card>
  );
}
