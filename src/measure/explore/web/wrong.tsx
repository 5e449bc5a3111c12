import { Alert } from '@mantine/core';
import type { ProblemError } from '../../../platform/web/client/index.ts';
import { ErrorNote, useWords } from '../../../platform/web/ui/index.ts';

const OWN = ['by', 'filter', 'interval'] as const;

/** A problem whose field stands in the question bar, said in the reader's words; any other as it is. */
export function Wrong(props: {
  readonly error: ProblemError | null;
  /** Nothing of what was asked about has the property it was broken down by. */
  readonly isUnknown: boolean;
  readonly onAgain: () => void;
}) {
  const { t } = useWords();
  const { error, isUnknown, onAgain } = props;
  const own = isUnknown ? 'by' : OWN.find((field) => field === error?.field);
  if (own === undefined) return <ErrorNote error={error} onAgain={onAgain} />;
  return (
    <Alert color="clay" variant="light" role="alert" mb={14}>
      {t(`explore.wrong.${own}`)}
    </Alert>
  );
}
