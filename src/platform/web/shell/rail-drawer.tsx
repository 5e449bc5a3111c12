import { Drawer } from '@mantine/core';
import { useFocusBack } from '../ui/focus-back.ts';
import { useWords } from '../ui/i18n/language.tsx';
import { Rail } from './rail.tsx';

/** The rail on a phone. Loaded when it is first opened. */
export function RailDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  useFocusBack();
  return (
    <Drawer
      opened
      onClose={onClose}
      size={248}
      withCloseButton={false}
      title={null}
      aria-label={t('web.menu')}
      styles={{ body: { padding: 0 } }}
    >
      <Rail />
    </Drawer>
  );
}
