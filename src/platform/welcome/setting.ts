import type { Setting } from '../workspaces/facade.ts';
import { type SaidOfItself, saidOfItself } from './contract.ts';

export const welcomeSetting: Setting<SaidOfItself> = {
  name: 'welcome',
  shape: saidOfItself,
  usual: { kind: null, has: [] },
};
