import { Button, Loader } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useReader } from '../client/session.tsx';
import { ProblemError } from '../client/problem.ts';
import { Go } from '../ui/go.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemWords } from '../ui/problem-words.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { Threshold } from '../ui/threshold.tsx';

/** Nothing for the blink of an eye, then a quiet sign of work. */
export function WaitingPage() {
  const { t } = useWords();
  return (
    <div
      role="status"
      aria-label={t('web.loading')}
      style={{ display: 'grid', placeItems: 'center', minHeight: '40vh' }}
    >
      <Loader type="dots" />
    </div>
  );
}

export function MissingPage() {
  const { t } = useWords();
  return (
    <Threshold title={t('web.missing.title')} sentence={t('web.missing.sentence')}>
      <Go to="/">{t('web.toHome')}</Go>
    </Threshold>
  );
}

export function ForbiddenPage() {
  const { t } = useWords();
  return (
    <Page name={t('web.forbidden.title')} sentence={t('web.forbidden.title')} note={t('web.forbidden.sentence')}>
      <Go to="/">{t('web.toHome')}</Go>
    </Page>
  );
}

export function UnreachablePage() {
  const { t } = useWords();
  const { refresh } = useReader();
  return (
    <Threshold title={t('web.unreachable.title')} sentence={t('web.problem.unreachable')}>
      <Button onClick={() => void refresh()}>{t('web.again')}</Button>
    </Threshold>
  );
}

/** A page that threw, or could not be fetched. What was being done elsewhere is not lost. */
export function BrokenPage({ error }: ErrorComponentProps) {
  return (
    <Threshold title={useTitle(error)} sentence={<ProblemWords error={error} />}>
      <Again />
    </Threshold>
  );
}

/** The same of a page in the shell, which stays. */
export function BrokenInside({ error }: ErrorComponentProps) {
  const title = useTitle(error);
  return (
    <Page name={title} sentence={title} note={<ProblemWords error={error} />}>
      <Again />
    </Page>
  );
}

function useTitle(error: unknown): string {
  const { t } = useWords();
  const away = error instanceof ProblemError && error.type === 'unreachable';
  return t(away ? 'web.unreachable.title' : 'web.broken.title');
}

function Again() {
  const { t } = useWords();
  return <Button onClick={() => location.reload()}>{t('web.again')}</Button>;
}
