import { Drawer } from '@mantine/core';
import { useWords } from '../ui/i18n/language.tsx';
import { Rail } from './rail.tsx';

/** The rail on a phone. Loaded when it is first opened. */
export function RailDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <Drawer opened onClose={onClose} size={272} withCloseButton={false} title={null} aria-label={t('web.menu')}>
      <Rail />
    </Drawer>
  );
}
