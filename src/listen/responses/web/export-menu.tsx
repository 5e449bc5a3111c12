import { useReader } from '../../../platform/web/client/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';

export interface ExportMenuProps {
  readonly surveyId: string;
  /** As results are narrowed. `words`: the language of what was asked and chosen. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly filter?: string | undefined;
  readonly where?: string | undefined;
  readonly words?: string | undefined;
}

/** Every response behind the results, as a file of any format; nothing for who may not read single responses. */
export function ExportMenu({ surveyId, from, to, filter, where, words }: ExportMenuProps) {
  if (!useReader().may('responses:read')) return null;
  return <Export path={`/surveys/${surveyId}/responses`} input={{ from, to, filter, where, words }} labelled />;
}
