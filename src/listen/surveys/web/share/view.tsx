import { Button } from '@mantine/core';
import { Card, useWords } from '../../../../platform/web/ui/index.ts';
import { Copied } from '../../../../platform/web/ui/copied.tsx';
import type { ViewProps } from '../editor/view.ts';
import { Codes } from './codes.tsx';
import { LinkForm } from './link-form.tsx';
import styles from './share.module.css';

/** How respondents come to the survey. */
export function View(props: ViewProps) {
  const { t } = useWords();
  const { address, version, mayWrite } = props;
  return (
    <div className={styles['share']}>
      <Card title={t('surveys.share.address')} note={t('surveys.share.address.note')}>
        {version === null ? <p className={styles['wait']}>{t('surveys.share.unpublished')}</p> : null}
        <Copied quiet label={t('surveys.share.copy')} text={address} />
        {version === null ? null : (
          <Button
            component="a"
            href={address}
            target="_blank"
            rel="noreferrer"
            variant="default"
            size="compact-sm"
            mt={8}
          >
            {t('surveys.share.open')}
          </Button>
        )}
      </Card>
      {mayWrite ? <LinkForm {...props} /> : null}
      {mayWrite ? <Codes surveyId={props.surveyId} /> : null}
    </div>
  );
}
