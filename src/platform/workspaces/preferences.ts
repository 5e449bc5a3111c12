import { preferences, type Preferences } from './contract.ts';
import type { Setting } from './settings.ts';

/** How a user likes to read and work; null until they said so. What an older or newer version kept otherwise is nothing. */
export const preferencesSetting: Setting<Preferences | null> = {
  name: 'preferences',
  shape: preferences.nullable().catch(null),
  usual: null,
};
