import type { WebCapability } from './client/capability.ts';
import type messages from './messages.en.json';

/** The shell's own words; its pages are those of the capabilities. */
export const web: WebCapability<typeof messages> = { key: 'web', pages: [] };
