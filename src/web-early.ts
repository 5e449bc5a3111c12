import { homeEarly } from './measure/metrics/web/early.ts';

/** Pages that are asked for before the app's code is there. Kept small: all of it stands before everything else. */
export const earlyPages = [homeEarly] as const;
