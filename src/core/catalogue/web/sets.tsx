import { Button, Stack } from '@mantine/core';
import { api, useWrite } from '../../../platform/web/client/index.ts';
import { Card, ErrorNote, useWords } from '../../../platform/web/ui/index.ts';
import type { CatalogueBody } from '../contract.ts';
import { CATALOGUE_SETS } from '../vocabulary.ts';

/** Puts a whole set in the draft's place. */
export function Sets({ onChoose }: { readonly onChoose: (body: CatalogueBody) => void }) {
  const { t } = useWords();
  const load = useWrite(api.catalogue.set, { onDone: onChoose });
  return (
    <Card title={t('catalogue.sets')} note={t('catalogue.sets.note')}>
      <ErrorNote error={load.error} />
      <Stack gap={6} align="start">
        {CATALOGUE_SETS.map((set) => (
          <Button key={set} size="xs" variant="default" onClick={() => load.mutate({ set })}>
            {t(`catalogue.sets.${set}`)}
          </Button>
        ))}
      </Stack>
    </Card>
  );
}
