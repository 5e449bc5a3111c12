export { api, call, download, save, upload } from './api.ts';
export { ProblemError } from './problem.ts';
export { usePages, useRead, useRefresh, useWrite, type Pages } from './read.ts';
export { useReader, useWorkspace, type Reader } from './session.tsx';
export type {
  FilterField,
  FilterProvider,
  HappeningWords,
  PaletteEntry,
  PaletteProvider,
  WebCapability,
  WebPage,
  Wing,
  KnownDays,
} from './capability.ts';
