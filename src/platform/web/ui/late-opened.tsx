import { Menu, Popover } from '@mantine/core';
import { useTabInside } from './focus-back.ts';
import { useOpened, type OpenedProps } from './late-opening.ts';

/** Something one fills in. Loaded when it is first opened. */
export function Under({ button, children }: OpenedProps) {
  const { opened, setOpened, opening } = useOpened();
  useTabInside(opened);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>{button(opening)}</Popover.Target>
      <Popover.Dropdown maw="min(560px, 94vw)">{children(() => setOpened(false))}</Popover.Dropdown>
    </Popover>
  );
}

/** Items to choose from. */
export function Listed({ button, children }: OpenedProps) {
  const { opened, setOpened, opening } = useOpened();
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start" width={240} shadow="md" returnFocus={false}>
      <Menu.Target>{button(opening)}</Menu.Target>
      <Menu.Dropdown>{children(() => setOpened(false))}</Menu.Dropdown>
    </Menu>
  );
}
